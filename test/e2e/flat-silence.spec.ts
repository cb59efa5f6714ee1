import fs from 'node:fs';
import path from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { knownPrograms } from '../../node-core/agents/models/discover-programs.ts';
import { configDefaults } from '../../node-core/config/config-schema.ts';
import { browserArguments } from '../../node-core/platform/browser.ts';
import { chromiumFlags } from '../builders/chromium-flags.ts';
import { test, waitUntilReady } from './fixtures.ts';
import { readNetLog } from './net-log.ts';
import { answered, ask, showSettings } from './person.ts';

/** Those of the window that `serve --open` opens, without its place and its page. */
const windowFlags = browserArguments('', '').filter((flag) => !/^--(app|user-data-dir|class|window-size)=/.test(flag));

test('the page reaches its node and nothing else, also in ten idle minutes', async ({ startNode, models, home }) => {
  const node = await startNode();
  const file = path.join(home, 'net-log.json');
  const { executablePath } = test.info().project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    // The tests' own rule against every other host would hide what the window's flags let through.
    args: [
      ...chromiumFlags.filter((flag) => !flag.startsWith('--host-resolver-rules=')),
      ...windowFlags,
      `--log-net-log=${file}`,
      '--net-log-capture-mode=Everything',
    ],
  });
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(node.pageUrl);
  await waitUntilReady(page);

  await test.step('first run', async () => {
    // The welcome looks for programs every 2 s.
    await page.clock.runFor('00:10');
    await page.getByRole('heading', { name: /Paste an address or a key/ }).click();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${models.url}/v1`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add and start chatting' }).click();
  });
  await test.step('chat', async () => {
    await ask(page, 'play:markdown', 'A paragraph with bold');
    await answered(page);
  });
  await test.step('ten idle minutes', () => page.clock.runFor('10:00'));
  const shown = await test.step('the hosts that Settings, About lists', () => hostsShown(page));
  await browser.close();

  const log = readNetLog(fs.readFileSync(file, 'utf8'), 'http://127.0.0.1');
  const { host } = new URL(node.address);
  expect(log.urls.length).toBeGreaterThan(3);
  expect(new Set(log.urls.map((url) => new URL(url).host))).toEqual(new Set([host]));
  // What the browser asks its maker ends at the discard port of this computer.
  expect(new Set(log.connections.filter((address) => address !== '127.0.0.1:9'))).toEqual(new Set([host]));
  expect(log.resolved).toEqual([]);
  expect(log.names.filter((name) => !name.includes('127.0.0.1'))).toEqual([]);

  const model = new URL(models.url).host;
  // Those of downloads are asked when somebody clicks, and nobody did.
  const downloads = ['huggingface.co', new URL(configDefaults.engineRegistry ?? '').host];
  expect(shown).toEqual([model, ...knownPrograms.map(({ port }) => `127.0.0.1:${port}`), ...downloads]);
});

async function hostsShown(page: Page): Promise<string[]> {
  await showSettings(page, 'About');
  const list = page.getByRole('list').filter({ hasText: ': answers of its models' });
  await expect(list).toBeVisible();
  return list
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.firstElementChild?.textContent ?? ''));
}
