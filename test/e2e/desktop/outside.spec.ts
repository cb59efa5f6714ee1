import { expect, type Page } from '@playwright/test';
import type { MessageBoxOptions } from 'electron';
import { composer, showSettings } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';

/** What the main process of a test keeps. */
interface Kept {
  readonly asked: MessageBoxOptions[];
  readonly opened: string[];
  /** Answers the question that waits. */
  answer: ((answer: { response: number; checkboxChecked: boolean }) => void) | null;
}
type KeptGlobal = typeof globalThis & { kept: Kept };

/** Puts the person's answers and browser in place of the system's. */
async function watchOutside(desktop: Desktop): Promise<void> {
  await desktop.app.evaluate(({ dialog, shell }) => {
    const kept: Kept = { asked: [], opened: [], answer: null };
    (globalThis as KeptGlobal).kept = kept;
    dialog.showMessageBox = (...given: unknown[]) =>
      new Promise((resolve) => {
        kept.asked.push(given.at(-1) as MessageBoxOptions);
        kept.answer = resolve;
      });
    shell.openExternal = async (address) => void kept.opened.push(address);
  });
}

const kept = (desktop: Desktop) =>
  desktop.app.evaluate(() => {
    const { asked, opened } = (globalThis as KeptGlobal).kept;
    return { asked, opened };
  });
const answer = (desktop: Desktop, response: number, checkboxChecked = false) =>
  desktop.app.evaluate((_electron, given) => (globalThis as KeptGlobal).kept.answer?.(given), {
    response,
    checkboxChecked,
  });
const follow = (page: Page, address: string) => page.evaluate((url) => void globalThis.open(url), address);
const askedCount = (desktop: Desktop) => async () => (await kept(desktop)).asked.length;

test('a link leaves the app after a question, once at a time, and without one for a host that is trusted', async ({
  desktop,
}) => {
  const page = await desktop.page();
  await watchOutside(desktop);
  await follow(page, 'https://example.org/first');
  await expect.poll(askedCount(desktop)).toBe(1);
  expect((await kept(desktop)).asked[0]).toMatchObject({
    message: 'Open example.org in your browser?',
    defaultId: 1,
    cancelId: 1,
    checkboxLabel: 'Always open links to example.org',
  });
  await follow(page, 'https://example.net/meanwhile');
  // Electron asks the shell before the page goes on; the stand-in after.
  if (desktop.kind === 'stand-in') await expect.poll(() => desktop.seen((seen) => seen.windowsAsked)).toHaveLength(2);
  await answer(desktop, 1, true);
  await follow(page, 'https://example.org/second');
  await expect.poll(askedCount(desktop)).toBe(2);
  await answer(desktop, 0, true);
  await expect.poll(async () => (await kept(desktop)).opened).toEqual(['https://example.org/second']);
  await follow(page, 'https://example.org/third');
  await expect.poll(async () => (await kept(desktop)).opened.length).toBe(2);
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'https://a:b@example.org/', 'nunba://new?text=x'])
    await follow(page, address);
  await follow(page, 'mailto:anna@example.org');
  await expect.poll(askedCount(desktop)).toBe(3);
  expect((await kept(desktop)).asked[2]?.detail).toContain('Nothing is sent before you send it there.');
  expect((await kept(desktop)).opened).toHaveLength(2);

  const again = await desktop.relaunch();
  await watchOutside(desktop);
  await follow(again, 'https://example.org/fourth');
  await expect.poll(async () => (await kept(desktop)).opened).toEqual(['https://example.org/fourth']);

  await again.getByRole('button', { name: 'Later' }).click();
  await composer(again).waitFor();
  await showSettings(again, 'General');
  await again.getByRole('button', { name: 'Remove example.org' }).click();
  await expect(again.getByText(/^None\. Before a link opens in your browser/)).toBeVisible();
  await follow(again, 'https://example.org/fifth');
  await expect.poll(askedCount(desktop)).toBe(1);
  expect((await kept(desktop)).opened).toHaveLength(1);
});

test('a file that is dropped beside the composer leaves the page where it is, and one on the chat is attached', async ({
  desktop,
}) => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  const address = page.url();
  const drop = (selector: string) =>
    page.evaluate((where) => {
      const data = new DataTransfer();
      data.items.add(new File(['some notes'], 'notes.txt', { type: 'text/plain' }));
      const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector(where)?.dispatchEvent(event);
      return event.defaultPrevented;
    }, selector);
  expect(await drop('nav')).toBe(true);
  await expect(page.getByText('notes.txt')).toHaveCount(0);
  expect(await drop('#screen textarea')).toBe(true);
  await expect(page.getByText('notes.txt').first()).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(address).origin);
});

test('the menu asks for a file to import, and leads to export in the settings', async ({ desktop }) => {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  const press = (id: string) =>
    desktop.app.evaluate(({ Menu }, name) => Menu.getApplicationMenu()?.getMenuItemById(name)?.click(), id);
  const chooser = page.waitForEvent('filechooser');
  await press('import');
  expect((await chooser).isMultiple()).toBe(false);
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  await press('export');
  await expect(page.getByRole('button', { name: 'All chats as JSON' })).toBeFocused();
});
