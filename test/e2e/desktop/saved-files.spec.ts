import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { SaveDialogOptions } from 'electron';
import { ask, showSettings } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { standInOnly, test } from './fixture.ts';

/** Saves a file as the page does: by a link to what it has made. */
async function saveFromPage(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([content]));
      link.download = fileName;
      link.click();
    },
    [name, text] as const,
  );
}

test('a file of the page is saved where the person says, and nowhere when they change their mind', async ({
  desktop,
}) => {
  // Electron's own save dialog is the system's; only the stand-in asks by the module's function.
  standInOnly(desktop);
  const page = await desktop.page();
  await saveFromPage(page, 'unwanted.md', 'unwanted');
  await expect.poll(() => desktop.seen((seen) => seen.dialogs.length)).toBe(1);

  const file = path.join(desktop.home, 'kept', 'chat.md');
  await desktop.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await saveFromPage(page, 'chat.md', 'What was said');
  await expect.poll(() => fs.existsSync(file) && fs.readFileSync(file, 'utf8')).toBe('What was said');
  expect(fs.existsSync(path.join(desktop.home, 'Downloads'))).toBe(false);
});

test('a file that cannot be written where the person wants it is told in the window', async ({ desktop }) => {
  standInOnly(desktop);
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  // A file stands where the folder would have to be.
  fs.writeFileSync(path.join(desktop.home, 'full'), '');
  await saveInto(desktop, path.join(desktop.home, 'full'));
  await saveFromPage(page, 'chat.md', 'What was said');
  await expect(page.getByText('“chat.md” was not saved: writing it broke off.')).toBeVisible();
});

/** Answers every save dialog with a file of `folder` that has the name it offers. */
async function saveInto(desktop: Desktop, folder: string): Promise<void> {
  await desktop.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as SaveDialogOptions;
      return { canceled: false, filePath: `${chosen}/${defaultPath.split('/').at(-1)}` };
    };
  }, folder);
}

/** What stands in the file of that kind in a folder; empty while there is none. */
function savedText(folder: string, extension: string): string {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const found = names.find((name) => name.endsWith(extension));
  return found === undefined ? '' : fs.readFileSync(path.join(folder, found), 'utf8');
}

test('a chat and all chats are exported to the file that the person chooses', async ({ chatDesktop }) => {
  const { desktop, page } = chatDesktop;
  standInOnly(desktop);
  const folder = path.join(desktop.home, 'exports');
  await saveInto(desktop, folder);
  await ask(page, 'Export me please', 'You wrote: Export me please');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Markdown, to read' }).click();
  await expect.poll(() => savedText(folder, '.md')).toContain('You wrote: Export me please');

  await showSettings(page, 'Storage');
  await page.getByRole('button', { name: 'All chats as JSON' }).click();
  await expect.poll(() => savedText(folder, '.json')).not.toBe('');
  expect(JSON.parse(savedText(folder, '.json'))).toMatchObject({ format: 'nunba-chats', version: 1 });
});

interface Begun {
  readonly url: string;
  readonly isPrevented: boolean;
}
type BegunGlobal = typeof globalThis & { begun: Begun[] };

test('a download of anything but a file that the page has made is cancelled without a question', async ({
  desktop,
}) => {
  const page = await desktop.page();
  await desktop.app.evaluate(({ session }) => {
    const begun: Begun[] = [];
    (globalThis as BegunGlobal).begun = begun;
    session.defaultSession.on('will-download', (event, item) => {
      begun.push({ url: item.getURL(), isPrevented: event.defaultPrevented });
    });
  });
  const begun = () => desktop.app.evaluate(() => (globalThis as BegunGlobal).begun);
  for (const [index, address] of ['data:text/plain,elsewhere', '/'].entries()) {
    await page.evaluate((href) => {
      const link = document.createElement('a');
      link.href = href;
      link.download = 'elsewhere.md';
      link.click();
    }, address);
    await expect.poll(async () => (await begun()).length).toBe(index + 1);
  }
  expect(await begun()).toEqual([
    { url: 'data:text/plain,elsewhere', isPrevented: true },
    { url: 'app://nunba/', isPrevented: true },
  ]);
  if (desktop.kind === 'stand-in') expect(await desktop.seen((seen) => seen.dialogs)).toEqual([]);
});
