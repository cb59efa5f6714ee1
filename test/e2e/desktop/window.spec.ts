import { expect } from '@playwright/test';
import { composer } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';

/** What the window's page evaluates `code` to: Playwright does not come back to a page that has crashed. */
const inPage = (desktop: Desktop, code: string): Promise<unknown> =>
  desktop.app.evaluate(({ BrowserWindow }, script) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.webContents.executeJavaScript(script);
  }, code);

const choose = (desktop: Desktop, id: string): Promise<void> =>
  desktop.app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);

test.describe('the window', () => {
  test('stands where it stood and as large as it was drawn', async ({ desktop }) => {
    await desktop.page();
    const place = { x: 60, y: 80, width: 900, height: 640 };
    await desktop.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
    }, place);
    await choose(desktop, 'zoom-in');
    await desktop.relaunch();
    const seen = () =>
      desktop.app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return { place: window?.getBounds(), zoom: window?.webContents.getZoomLevel() };
      });
    await expect.poll(seen).toEqual({ place, zoom: 0.5 });
    await choose(desktop, 'zoom-reset');
    await expect.poll(async () => (await seen()).zoom).toBe(0);
  });

  test('comes back where it can be seen when its screen is gone', async ({ desktop }) => {
    await desktop.page();
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40_000, y: 40_000, width: 700, height: 500 });
    });
    await desktop.relaunch();
    const isSeen = await desktop.app.evaluate(({ BrowserWindow, screen }) => {
      const place = BrowserWindow.getAllWindows()[0]?.getBounds();
      const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
      return !!place && place.x >= x && place.y >= y && place.x < x + width && place.y < y + height;
    });
    expect(isSeen).toBe(true);
  });

  test('wears the chosen theme from the first moment, before its node has answered', async ({ desktop }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    await choose(desktop, 'settings');
    await page.getByLabel('Dark').click();
    const theme = () => desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    await expect.poll(theme).toBe('dark');
    await desktop.quit();
    await desktop.launch();
    const first = await desktop.app.evaluate(async ({ app, BrowserWindow, nativeTheme }) => {
      // The app answers before it has its window.
      if (!BrowserWindow.getAllWindows()[0]) {
        await new Promise((resolve) => app.once('browser-window-created', resolve));
      }
      return [nativeTheme.themeSource, BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase()];
    });
    expect(first).toEqual(['dark', '#15171a']);
    expect(await (await desktop.page()).evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  });

  test('comes back after its page has crashed, says so, and keeps what was being written', async ({ desktop }) => {
    const page = await desktop.page();
    desktop.expectFault(/crash/i);
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).fill('half a thought');
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain('half a thought');
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect
      .poll(() => inPage(desktop, 'document.querySelector("textarea")?.value').catch(() => null), { timeout: 30_000 })
      .toBe('half a thought');
    expect(desktop.output).toContain("The page's process is gone");
  });

  test('asks the person when its page crashes again at once', async ({ desktop }) => {
    await desktop.page();
    desktop.expectFault(/crash/i);
    const child = desktop.app.process();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await desktop.app.evaluate(({ BrowserWindow, dialog }) => {
      // The second button quits.
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.once('did-finish-load', () => contents.forcefullyCrashRenderer());
      contents?.forcefullyCrashRenderer();
    });
    expect(await ended).toBe(0);
    expect(desktop.output.split("The page's process is gone")).toHaveLength(3);
  });

  test('does what the menu says', async ({ desktop }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    await choose(desktop, 'settings');
    await expect(page.getByRole('region', { name: 'Settings: General' })).toBeVisible();
    await choose(desktop, 'about');
    await expect(page.getByRole('region', { name: 'Settings: About' })).toBeVisible();
    await choose(desktop, 'new-chat');
    await expect(composer(page)).toBeVisible();
    await choose(desktop, 'shortcuts');
    await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
  });

  test('is opened again for a command of the menu, which reaches its page', async ({ desktop }) => {
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    await composer(page).waitFor();
    await page.reload();
    // Asked while the page is loading: nothing listens yet.
    await choose(desktop, 'about');
    await expect(page.getByRole('region', { name: 'Settings: About' })).toBeVisible({ timeout: 20_000 });
  });
});
