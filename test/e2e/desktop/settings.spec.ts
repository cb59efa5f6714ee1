import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { settingsVersion } from '../../../electron/settings/settings-schema.ts';
import { composer } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';

const samples = path.join(import.meta.dirname, '../../services/electron/settings/samples');
const sample = (name: string): string => fs.readFileSync(path.join(samples, name), 'utf8');

/** The folder of the settings, which a first start tells. */
async function settingsFolder(desktop: Desktop): Promise<string> {
  await desktop.launch();
  await desktop.page();
  const folder = await desktop.app.evaluate(({ app }) => app.getPath('userData'));
  await desktop.quit();
  return folder;
}

const kept = (folder: string): { readonly version: number; readonly closeToTray: boolean; readonly theme: string } =>
  JSON.parse(fs.readFileSync(path.join(folder, 'settings.json'), 'utf8'));

test.describe('the settings of the desktop app', () => {
  for (const [name, theme, closeToTray] of [
    ['v1.json', 'dark', true],
    ['v2.json', 'light', false],
    ['v3.json', 'dark', true],
    ['v4.json', 'dark', true],
  ] as const) {
    test(`${name} is taken over, whoever wrote it`, async ({ newDesktop }) => {
      const desktop = newDesktop();
      const folder = await settingsFolder(desktop);
      fs.writeFileSync(path.join(folder, 'settings.json'), sample(name));
      await desktop.launch();
      const first = await desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
      expect(first).toBe(theme);
      await desktop.page();
      expect(kept(folder)).toMatchObject({ version: settingsVersion, closeToTray });
      expect(fs.readdirSync(folder).filter((file) => /damaged|newer/.test(file))).toEqual([]);
    });
  }

  for (const [name, text, aside] of [
    ['a damaged file', '{"version":3,"closeToTray":tr', /^settings\.damaged-.*\.json$/],
    ['a file of a newer Nunba', '{"version":99,"closeToTray":true}', /^settings\.newer-.*\.json$/],
  ] as const) {
    test(`${name} is put aside as it is, and the app begins anew`, async ({ newDesktop }) => {
      const desktop = newDesktop();
      const folder = await settingsFolder(desktop);
      fs.writeFileSync(path.join(folder, 'settings.json'), text);
      await desktop.launch();
      await desktop.page();
      const found = fs.readdirSync(folder).filter((file) => aside.test(file));
      expect(found).toHaveLength(1);
      expect(fs.readFileSync(path.join(folder, found[0] ?? ''), 'utf8')).toBe(text);
      await desktop.quit();
      expect(kept(folder)).toMatchObject({ version: settingsVersion, closeToTray: false });
    });
  }

  test('what the person switches on is kept, and starts at login only then', async ({ desktop }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    await desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings')?.click());
    const atLogin = page.getByRole('switch', { name: 'Start when you log in' });
    await expect(atLogin).toBeVisible();
    const beyondWindow = await page.evaluate(() => document.documentElement.scrollHeight - globalThis.innerHeight);
    expect(beyondWindow, 'pixels that the window itself scrolls').toBe(0);
    const entry = path.join(desktop.home, '.config/autostart/nunba.desktop');
    await expect(atLogin).toHaveAttribute('aria-checked', 'false');
    expect(fs.existsSync(entry)).toBe(false);
    await atLogin.click();
    await expect(atLogin).toHaveAttribute('aria-checked', 'true');
    if (process.platform === 'linux') await expect.poll(() => fs.existsSync(entry)).toBe(true);
    const again = await desktop.relaunch();
    await desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings')?.click());
    const stillOn = again.getByRole('switch', { name: 'Start when you log in' });
    await expect(stillOn).toHaveAttribute('aria-checked', 'true');
    await stillOn.click();
    await expect.poll(() => fs.existsSync(entry)).toBe(false);
  });
});
