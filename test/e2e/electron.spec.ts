import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { test as base, chromium, expect, type Page } from '@playwright/test';
import { waitUntilReady } from './fixtures.ts';
import { type RunningProgram, runProgram, temporaryHome } from './run-program.ts';

const root = path.join(import.meta.dirname, '../..');
const standIn = path.join(root, 'test/doubles/electron/register.ts');
const builtShell = path.join(root, 'dist/electron/main.js');

interface Shell extends RunningProgram {
  readonly window: Page;
  readonly dataFolder: string;
}

/** The built shell, on the stand-in for Electron. */
const test = base.extend<{ shell: Shell }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  shell: async ({}, use) => {
    const home = temporaryHome();
    const dataFolder = path.join(home.folder, 'data');
    const environment = { NUNBA_DATA_DIR: dataFolder, NUNBA_PORT: '0' };
    const program = runProgram(['--import', standIn, builtShell], home.folder, environment);
    try {
      const [, address = ''] = await program.says(/DevTools at (http:\S+)/);
      const browser = await chromium.connectOverCDP(address);
      const [context] = browser.contexts();
      const window = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (!window) throw new Error('no window');
      await use({ ...program, window, dataFolder });
      await browser.close();
    } finally {
      await program.stop();
      home.remove();
    }
  },
});

test.describe('the desktop shell on the stand-in', () => {
  test('shows the page, whose questions the node answers over a port, and stops with its window', async ({ shell }) => {
    const { window } = shell;
    await waitUntilReady(window);
    expect(new URL(window.url()).hostname).toBe('nunba.app.stand-in');
    await window.getByRole('button', { name: 'Later' }).click();
    await window.getByRole('textbox', { name: 'Message Guide' }).fill('Where are my chats kept?');
    await window.keyboard.press('Enter');
    await expect(window.getByText(shell.dataFolder).first()).toBeVisible();
    await window.screenshot({ path: path.join(root, 'test-output/screenshots/electron-stand-in.png') });

    await window.close();
    expect(await shell.ended).toBe(0);
  });

  test('keeps the window on the page and sends web links to the browser of the person', async ({ shell }) => {
    const { window } = shell;
    await waitUntilReady(window);
    const address = window.url();

    await window.evaluate(() => void globalThis.open('https://example.org/help'));
    await shell.says(/opened https:\/\/example\.org\/help/);
    await window.evaluate(() => void globalThis.open('file:///etc/passwd'));
    await window.evaluate(() => {
      globalThis.location.href = 'https://example.org/elsewhere';
    });
    await shell.says(/opened https:\/\/example\.org\/elsewhere/);
    expect(window.url()).toBe(address);
    expect(shell.output()).not.toContain('passwd');
  });

  test('finds its node again after a reload and after the node has crashed', async ({ shell }) => {
    const { window } = shell;
    const composer = window.getByRole('textbox', { name: 'Message Guide' });
    await window.getByRole('button', { name: 'Later' }).click();
    await composer.waitFor();
    await window.reload();
    await window.getByRole('button', { name: 'Ask the Guide' }).click();
    await composer.waitFor();

    const crashed = nodeProcessOf(shell.dataFolder);
    process.kill(crashed, 'SIGKILL');
    await expect.poll(() => nodeProcessOf(shell.dataFolder)).not.toBe(crashed);
    await expect(async () => {
      await composer.fill('Where are my chats kept?');
      await composer.press('Enter');
      await expect(window.getByText(shell.dataFolder).first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  });
});

/** The process id of the node that owns the folder. */
function nodeProcessOf(dataFolder: string): number {
  const endpoint: { pid: number } = JSON.parse(fs.readFileSync(path.join(dataFolder, 'run/endpoint.json'), 'utf8'));
  return endpoint.pid;
}
