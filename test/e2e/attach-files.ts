import { expect, type Locator, type Page } from '@playwright/test';

/** A file as a person has it on disk. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function textFile(name: string, text: string): GivenFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** The files that go with the message that is being written. */
export function tray(page: Page): Locator {
  return page.getByRole('list', { name: 'Files that go with the message' });
}

/** Chooses files, whatever becomes of them. */
export async function chooseFiles(page: Page, button: string, ...files: GivenFile[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await choosing).setFiles(files);
}

/** Attaches a file that will be accepted, and waits until the node has it. */
export async function attach(page: Page, file: GivenFile): Promise<void> {
  await chooseFiles(page, 'Attach files', file);
  await expect(tray(page).getByRole('listitem').filter({ hasText: file.name })).toContainText(/\d (kB|MB)/);
}
