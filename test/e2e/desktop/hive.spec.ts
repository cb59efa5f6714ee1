import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { withoutInvite } from '../hive/hive-fixture.ts';
import { environmentOf } from '../model-fixture.ts';
import { ask, countClicks, startChatting } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { clickNotification, expectSaid, hide, launchWithTray, notified, row, test } from './hive-desktop.ts';
import { isVisible, menuOf, press, tooltipOf } from './tray-of.ts';

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });
const join = (page: Page) => page.getByRole('button', { name: 'Join', exact: true }).click();
const inHive = { state: 'healthy', sentence: 'In hive Lakeside, all well' } as const;
const alone = { state: 'flat', sentence: 'Working alone, all well' } as const;
const ended = { state: 'attention', sentence: 'This computer is no member of the hive any more' } as const;
const reviewed = 'Join hive Lakeside?';

test.describe('the app in a hive of real processes', () => {
  test.setTimeout(240_000);

  test('a link that the system opens joins nothing; one click joins, and page and tray say the same to the end', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const regional = await hive.startRegional(central);
    const desktop = newDesktop({ environment: environmentOf(models) });
    const expectNobodyCame = async (): Promise<void> => {
      for (const issuer of [central, regional]) expect(await hive.listed(issuer, 'requests')).toEqual([]);
      expect(await hive.listed(regional, 'members')).toEqual([]);
      expect(await hive.listed(central, 'members')).toHaveLength(1);
    };
    const link = await hive.invite(regional);
    const page = await launchWithTray(desktop, [link]);
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await expect(heading(page, reviewed)).toBeFocused();
    await expectSaid(desktop, page, alone);
    await expectNobodyCame();
    await page.reload();
    await expectSaid(desktop, page, alone);
    expect((await desktop.startAnother([link])).exitCode).toBe(0);
    await expect(heading(page, reviewed)).toBeVisible();
    await expectSaid(desktop, page, alone);
    await expectNobodyCame();

    const clicks = await countClicks(page);
    // While its issuer holds still, joining stays under way and can be looked at.
    regional.child.kill('SIGSTOP');
    await join(page);
    await expectSaid(desktop, page, { state: 'joining', sentence: 'Joining a hive' });
    regional.child.kill('SIGCONT');
    await expectSaid(desktop, page, { ...inHive, timeout: 60_000 });
    expect(await clicks()).toBe(1);
    const { membership } = JSON.parse(await hive.command(desktop, 'trust', '--json'));
    const until = new Date(membership.expiresAt).toISOString().slice(0, 10);
    expect(await menuOf(desktop)).toContain(`Hive Lakeside, certificate until ${until}`);
    expect(await hive.listed(regional, 'members')).toHaveLength(1);
  });

  test('a steward who agrees while the window is hidden is told once, and a click shows what that means', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const regional = await hive.startRegional(central);
    const desktop = newDesktop({ environment: environmentOf(models) });
    const page = await launchWithTray(desktop, [withoutInvite(await hive.invite(regional))]);
    const key = await askSteward(page, () => hive.listed(regional, 'requests'));
    await expectSaid(desktop, page, { state: 'joining', sentence: 'A steward of the hive has to agree' });
    await hide(desktop);
    await hive.command(regional, 'requests', 'approve', key);
    await expectSaid(desktop, page, { ...inHive, timeout: 90_000 });
    const titles = async () => (await notified(desktop)).map(({ title }) => title);
    await expect.poll(titles).toEqual(['This computer is in hive Lakeside now']);
    await clickNotification(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(true);
    await expect(heading(page, 'Trust')).toBeVisible();
    await expect(page.getByText('This computer · Local')).toBeVisible();

    await hide(desktop);
    // What the state says next has been looked at for a notification as well.
    await press(desktop, 'pause');
    await expect.poll(() => tooltipOf(desktop)).toMatch(/^Nunba: Agents are paused/);
    expect(await titles()).toHaveLength(1);
  });

  test('a steward who does not agree while the window is hidden is told in their own words', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const desktop = newDesktop({ environment: environmentOf(models) });
    const page = await launchWithTray(desktop, [withoutInvite(await hive.invite(central))]);
    const key = await askSteward(page, () => hive.listed(central, 'requests'));
    await hide(desktop);
    await hive.command(central, 'requests', 'reject', key, '--reason', 'We do not know you');
    await expect.poll(() => notified(desktop), { timeout: 90_000 }).toHaveLength(1);
    const [told] = await notified(desktop);
    expect(told?.title).toBe('The hive was not joined');
    expect(told?.body).toContain('“We do not know you”');
    await clickNotification(desktop);
    await expect(heading(page, 'This computer did not join Lakeside')).toBeVisible();
  });

  test('revoked while it runs hidden: page, tray and a notification say so, and the tray leads to where it is left', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const desktop = newDesktop({ environment: environmentOf(models) });
    await hive.command(desktop, 'join', await hive.invite(central), '--yes');
    const page = await launchWithTray(desktop);
    await startChatting(page);
    await expectSaid(desktop, page, inHive);
    await hide(desktop);
    const [member] = await hive.listed(central, 'members');
    await hive.command(central, 'revoke', member?.publicKey ?? '', '--reason', 'lost laptop');
    await expectSaid(desktop, page, { ...ended, timeout: 90_000 });
    await expect.poll(() => notified(desktop)).toHaveLength(1);
    const [told] = await notified(desktop);
    expect(told).toMatchObject({ title: ended.sentence, body: expect.stringContaining('lost laptop') });

    await press(desktop, 'open-trust');
    await expect.poll(() => isVisible(desktop)).toBe(true);
    await expect(heading(page, 'Trust')).toBeVisible();
    await page.getByRole('button', { name: /^Leave the hive/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the hive' }).click();
    await expectSaid(desktop, page, alone);
    expect(await menuOf(desktop)).not.toContain('Open Trust');
  });

  test('central that is stopped is missed by page and tray in the same words, and a check from the tray finds it again', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const desktop = newDesktop({ environment: environmentOf(models) });
    await hive.command(desktop, 'join', await hive.invite(central), '--yes');
    const page = await launchWithTray(desktop);
    await startChatting(page);
    await expectSaid(desktop, page, inHive);
    await central.stop();
    const sentence = `No word from ${new URL(central.url).host}`;
    await expectSaid(desktop, page, { state: 'degraded', sentence, timeout: 110_000 });
    await central.again();
    await press(desktop, 'check');
    await expectSaid(desktop, page, inHive);
  });
});

test.describe('the page Health of the app', () => {
  test.setTimeout(240_000);

  test('shows nothing as well while the runtime is down, and all of it when it is back', async ({ chatDesktop }) => {
    const { desktop, page } = chatDesktop;
    await row(page, 'Health').click();
    const passed = (code: string) => page.locator(`[data-check=${code}][data-verdict=passed]`);
    await expect(passed('runtime')).toBeVisible();
    await expect(passed('disk')).toBeVisible();
    const whileDown = await watchWhileDown(page);
    const killed = desktop.nodePid();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => desktop.nodePidOrNull(), { timeout: 30_000 }).not.toBe(killed);
    await expect(passed('runtime')).toBeVisible({ timeout: 30_000 });
    await expect(passed('disk')).toBeVisible({ timeout: 30_000 });
    const seen = await whileDown();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ passed: codes }) => codes.length > 0)).toEqual([]);
  });

  test('saves diagnostics where the person says, without what may not be handed on', async ({
    hive,
    models,
    newDesktop,
  }) => {
    const central = await hive.startCentral();
    const link = await hive.invite(central);
    const desktop = newDesktop({ environment: environmentOf(models) });
    await desktop.launch();
    const page = await desktop.page();
    await startChatting(page);
    await ask(page, 'The sparrow sleeps', 'this is the answer');
    // Applied for and not used up: the node still keeps the invite.
    await central.stop();
    await desktop.startAnother([link]);
    await join(page);
    await expect(page.getByText(/Nothing listens at the issuer’s address/).first()).toBeVisible();
    await row(page, 'Health').click();
    expectNothingPrivate(await savedDiagnostics(desktop, page, 'applying.txt'), link);

    await central.again();
    await page.locator('header').getByRole('button', { name: 'Check now' }).click();
    await row(page, 'Trust').click();
    await page.getByRole('button', { name: 'Show joining' }).first().click();
    await page.getByRole('button', { name: 'Try now' }).click();
    await expect(page.getByText(inHive.sentence)).toBeVisible({ timeout: 60_000 });
    await row(page, 'Health').click();
    const text = await savedDiagnostics(desktop, page, 'joined.txt');
    expectNothingPrivate(text, link);
    expect(text).toContain('Lakeside');
  });
});

/** Asks to join from the review that the link has opened. Gives the key by which the steward knows this computer. */
async function askSteward(
  page: Page,
  requests: () => Promise<readonly { readonly publicKey: string }[]>,
): Promise<string> {
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await expect(heading(page, reviewed)).toBeVisible();
  await join(page);
  await expect(page.getByText('Waiting for a steward to agree')).toBeVisible();
  const [request] = await requests();
  return request?.publicKey ?? '';
}

interface Shown {
  readonly state: string;
  readonly passed: readonly string[];
}
type ShownWindow = Window & { shown: Shown[] };

/** Keeps, from now on, which checks stand as well whenever the page says that the runtime is not there. */
async function watchWhileDown(page: Page): Promise<() => Promise<readonly Shown[]>> {
  await page.evaluate(() => {
    const shown: Shown[] = [];
    Object.assign(window, { shown });
    const look = (): void => {
      const state = document.querySelector('nav [data-state]')?.parentElement?.innerText ?? '';
      const isDown =
        /runtime|Nunba is starting/.test(state) || document.body.innerText.includes('not connected just now');
      const codes = [...document.querySelectorAll<HTMLElement>('[data-check][data-verdict=passed]')];
      if (isDown) shown.push({ state, passed: codes.map(({ dataset }) => dataset.check ?? '') });
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate(() => (window as unknown as ShownWindow).shown);
}

/** Saves the diagnostics by the page's button as the person who answers the dialog, and reads them. */
async function savedDiagnostics(desktop: Desktop, page: Page, name: string): Promise<string> {
  const file = path.join(desktop.home, name);
  await desktop.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.getByRole('button', { name: 'Save diagnostics' }).click();
  // A screen reader is told the same for a moment.
  await expect(page.getByText(`The diagnostics were saved as ${file}.`).first()).toBeVisible();
  return fs.readFileSync(file, 'utf8');
}

function expectNothingPrivate(text: string, link: string): void {
  expect(text).toContain('Status of the runtime');
  const invite = new URL(link).searchParams.get('invite') ?? '';
  const secret = invite.split('.').at(-1) ?? '';
  expect(secret).toMatch(/^[\w-]{16,}$/);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('sparrow');
}
