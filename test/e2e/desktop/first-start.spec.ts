import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect } from '@playwright/test';
import { ask, composer } from '../person.ts';
import { test } from './fixture.ts';

const screenshots = path.join(import.meta.dirname, '../../../test-output/screenshots');

test.describe('the desktop shell', () => {
  test('shows its window on a first start, whose questions the node answers over a port, and stops with it', async ({
    desktop,
  }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await ask(page, 'Where are my chats kept?', desktop.dataFolder);
    await page.screenshot({ path: path.join(screenshots, `desktop-${desktop.kind}.png`), animations: 'disabled' });

    const isShown = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    expect(isShown).toBe(true);
    const node = desktop.nodePid();
    const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await ended).toBe(0);
    expect(() => process.kill(node, 0)).toThrow();
    expect(fs.existsSync(path.join(desktop.dataFolder, 'run/endpoint.json'))).toBe(false);
  });

  test('carries a chat from the page through main, preload, port and node to a model and back', async ({
    chatDesktop: { desktop, page },
    models,
  }) => {
    await ask(page, 'What do you hear?', /\S/);
    expect(models.prompts()).toHaveLength(1);
    const again = await desktop.relaunch();
    const chats = again.getByRole('navigation', { name: 'Agents and conversations' });
    await expect(chats.getByText('What do you hear?')).toBeVisible();
  });

  test('finds its node again after a reload and after the node has crashed', async ({ desktop }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Ask the Guide' }).click();
    await composer(page).waitFor();

    const crashed = desktop.nodePid();
    process.kill(crashed, 'SIGKILL');
    await expect.poll(() => desktop.nodePid(), { timeout: 30_000 }).not.toBe(crashed);
    await expect(async () => {
      await ask(page, 'Where are my chats kept?', desktop.dataFolder);
    }).toPass({ timeout: 60_000 });
  });
});
