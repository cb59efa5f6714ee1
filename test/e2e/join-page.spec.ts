import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type HiveListening, listenHive } from '../../node-core/http/hive/hive-listener.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';

/** The page that a link to an issuer opens, on a real listener with nobody behind it. */
let listening: HiveListening;
test.beforeAll(async () => {
  listening = await listenHive({
    node: {
      version: '1.2.3',
      clock: systemClock,
      publicUrls: [],
      trustedProxies: [],
      renewalGraceMs: 0,
      judge: { judge: async () => ({ kind: 'refused', reason: 'not-signed', sentence: '' }), now: () => 0 },
      joinFolder: path.join(import.meta.dirname, '../../resources/join'),
      desk: () => null,
      challengeAnswer: () => null,
      reportBug: () => 'INCIDENT',
    },
    host: '127.0.0.1',
    port: 0,
    tls: null,
  });
});
test.afterAll(() => listening.close());

const invitation = (at: string): string =>
  String(
    new URLSearchParams({ at, anchor: 'a'.repeat(64), tier: 'local', invite: `x7.${'S'.repeat(32)}`, name: 'Home' }),
  );

for (const colorScheme of ['light', 'dark'] as const) {
  test(`shows the link, its code and what to do, in the ${colorScheme} theme and on a phone`, async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const link = invitation(listening.address);
    await page.goto(`${listening.address}/join#${link}`);
    await expect(page.getByRole('heading', { name: 'Join “Home”' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open in Nunba' })).toHaveAttribute('href', `nunba://join?${link}`);
    await expect(page.getByLabel('The link', { exact: true })).toHaveValue(`nunba://join?${link}`);
    await expect(page.getByRole('img', { name: 'The link as a QR code' }).locator('path')).toHaveAttribute(
      'd',
      /^M4 4h1v1/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(asked.map((url) => url.replace(/#.*$/, '')).sort()).toEqual(
      ['', '/join.css', '/join.js', '/uqr.js'].map((file) => `${listening.address}/join${file}`),
    );
  });
}

test('a link that leads elsewhere, or is not whole, gets no button', async ({ page }) => {
  const { address } = listening;
  await page.goto(`${address}/join#${invitation('https://elsewhere.example.org')}`);
  await expect(page.getByRole('heading', { name: 'This link leads elsewhere' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open in Nunba' })).toBeHidden();
  for (const broken of ['', '#at=x', `#${invitation(address).replace('tier=local', 'tier=central')}`]) {
    await page.goto('about:blank');
    await page.goto(`${address}/join${broken}`);
    await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open in Nunba' })).toBeHidden();
  }
});
