import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
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
