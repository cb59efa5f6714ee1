import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { docxBytes } from '../builders/office-bytes.ts';
import { pdfBytes } from '../builders/pdf-bytes.ts';
import type { AskedPrompt, Reply } from '../doubles/model-server/reply.ts';
import { calls } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { expectAccessible, overflowing, resize, windowSizes } from './look.ts';
import { answered, composer, lastAnswer, send, showSettings } from './person.ts';

/** A folder with a lease in it, and with things that are not read. */
function makeNotes(home: string): string {
  const folder = path.join(home, 'Notes');
  fs.mkdirSync(path.join(folder, 'flat'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'flat', 'lease.txt'), 'LEASE\n\nThe rent is due on the third.\nNo dogs.\n');
  fs.writeFileSync(path.join(folder, 'diary.md'), 'Monday\n\nWe met at the station.\n');
  fs.writeFileSync(path.join(folder, 'scan.pdf'), pdfBytes([[]]));
  return folder;
}

async function createCollection(page: Page, folder: string): Promise<Locator> {
  const settings = await showSettings(page, 'Knowledge');
  await settings.getByRole('button', { name: 'New collection' }).click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByRole('textbox', { name: 'Folder or file' }).fill(folder);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect(settings).toContainText('Up to date; changes are followed at once.');
  return settings;
}

/** Searches once, then answers with a quotation that is right and one that is not. */
function quotingModel(seen: AskedPrompt[]): (prompt: AskedPrompt) => Reply {
  return (prompt) => {
    seen.push(prompt);
    if (prompt.toolResults.length === 0) return calls('search_knowledge', { query: 'rent due' });
    const text =
      'On the third:\n\n> The rent is due on the third. [flat/lease.txt:3]\n\n> Two dogs are fine. [flat/lease.txt:4]\n';
    return { kind: 'stream', pieces: [{ kind: 'text', text }], rate: null, ending: 'finish' };
  };
}

test('a folder that is attached to an agent is searched, and its answer cites file and line', async ({
  chatPage,
  home,
  models,
}) => {
  const settings = await createCollection(chatPage, makeNotes(home));
  await expect(settings).toContainText('2 files');
  await settings.getByText('Not read: 1').click();
  await expect(settings).toContainText('1 document without text, such as a scan (.pdf)');

  await showSettings(chatPage, 'Agents');
  await chatPage.getByRole('button', { name: 'New agent' }).first().click();
  const form = chatPage.getByRole('form', { name: 'Agent' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Tenant');
  await form.getByRole('textbox', { name: 'Instructions' }).fill('Answer about the flat.');
  await form.getByRole('checkbox', { name: 'Notes', exact: true }).check();
  await form.getByRole('button', { name: 'Create' }).click();
  await chatPage.getByRole('button', { name: 'More for Tenant' }).click();
  await chatPage.getByRole('menuitem', { name: 'Chat with it' }).click();

  await expect(chatPage.getByRole('button', { name: 'Files to answer from: Notes' })).toBeVisible();
  const seen: AskedPrompt[] = [];
  models.script(quotingModel(seen));
  await send(chatPage, 'When is the rent due?');
  const quotations = lastAnswer(chatPage).getByRole('region', { name: 'Quotations' });
  await expect(quotations).toContainText('1 of 2 quotations stand in their sources');
  await expect(quotations).toContainText('flat/lease.txt, line 3 · found there');
  await expect(quotations).toContainText('flat/lease.txt, line 4 · not found there');
  await answered(chatPage);
  expect(seen[0]?.tools).toEqual(expect.arrayContaining(['search_knowledge', 'read_knowledge']));
  expect(seen[0]?.system).toContain('“Notes”');
  expect(seen[1]?.toolResults.join()).toContain('3: The rent is due on the third.');

  await quotations.getByRole('button', { name: /The rent is due/ }).click();
  const place = chatPage.getByRole('dialog', { name: 'flat/lease.txt' });
  await expect(place.locator('[aria-current=location]')).toHaveText('The rent is due on the third.');
});

test('Word files are searched, and a question of words in a PDF is answered with its page, and the text of the page is shown', async ({
  chatPage,
  home,
  models,
  picture,
}) => {
  const folder = makeNotes(home);
  const pages = [['HOUSE RULES'], ['Bicycles stand in the yard.', 'The gate is shut at nine.']];
  fs.writeFileSync(path.join(folder, 'rules.pdf'), pdfBytes(pages));
  fs.writeFileSync(path.join(folder, 'letter.docx'), docxBytes(['Dear tenants,', 'the lift is being repaired.']));
  const settings = await createCollection(chatPage, folder);
  await expect(settings).toContainText('4 files');
  await settings.getByRole('searchbox', { name: 'Words' }).fill('lift');
  await expect(settings).toContainText('letter.docx, line 2');
  await settings.getByRole('searchbox', { name: 'Words' }).fill('gate shut');
  await settings.getByRole('button', { name: /rules\.pdf, page 2/ }).click();
  const place = chatPage.getByRole('dialog', { name: 'rules.pdf' });
  await expect(place).toContainText('The marked line stands on page 2.');
  await expect(place.locator('[aria-current=location]')).toHaveText('The gate is shut at nine.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await chatPage.emulateMedia({ colorScheme });
    for (const size of windowSizes.filter(({ name }) => name === '480' || name === '1280')) {
      await resize(chatPage, size);
      await picture(chatPage, `knowledge-document-${colorScheme}-${size.name}`);
    }
  }
  await chatPage.keyboard.press('Escape');

  await chatPage.keyboard.press('Control+n');
  await chatPage.getByRole('button', { name: 'Files to answer from: none' }).click();
  await chatPage.getByRole('checkbox', { name: 'Notes' }).click();
  await chatPage.keyboard.press('Escape');
  const seen: AskedPrompt[] = [];
  models.script((prompt) => {
    seen.push(prompt);
    if (prompt.toolResults.length === 0) return calls('search_knowledge', { query: 'gate shut' });
    const text = 'At nine:\n\n> The gate is shut at nine. [rules.pdf, page 2]\n';
    return { kind: 'stream', pieces: [{ kind: 'text', text }], rate: null, ending: 'finish' };
  });
  await send(chatPage, 'When is the gate shut?');
  const quotations = lastAnswer(chatPage).getByRole('region', { name: 'Quotations' });
  await expect(quotations).toContainText('rules.pdf, page 2 · found there');
  await answered(chatPage);
  expect(seen[1]?.toolResults.join()).toContain('"page":2');
  await quotations.getByRole('button', { name: /The gate is shut/ }).click();
  await expect(place.locator('[aria-current=location]')).toHaveText('The gate is shut at nine.');
});

test('a collection is attached to one chat and taken away again', async ({ chatPage, home, models }) => {
  await createCollection(chatPage, makeNotes(home));
  await chatPage.keyboard.press('Control+n');
  await chatPage.getByRole('button', { name: 'Files to answer from: none' }).click();
  await chatPage.getByRole('checkbox', { name: 'Notes' }).click();
  await chatPage.keyboard.press('Escape');
  const seen: AskedPrompt[] = [];
  models.script(quotingModel(seen));
  await send(chatPage, 'When is the rent due?');
  await expect(lastAnswer(chatPage)).toContainText('flat/lease.txt, line 3 · found there');
  await answered(chatPage);

  await chatPage.getByRole('button', { name: 'Files to answer from: Notes' }).click();
  await chatPage.getByRole('checkbox', { name: 'Notes' }).click();
  await expect(chatPage.getByRole('button', { name: 'Files to answer from: none' })).toBeVisible();
  await chatPage.keyboard.press('Escape');
  await expect(composer(chatPage)).toBeVisible();
  await send(chatPage, 'And again?');
  await expect.poll(() => seen.at(-1)?.lastText).toContain('And again?');
  expect(seen.findLast(({ toolResults }) => toolResults.length === 0)?.tools).not.toContain('search_knowledge');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the settings of knowledge can be searched, changed and looked at, ${theme}`, async ({
    chatPage,
    home,
    picture,
  }) => {
    await chatPage.emulateMedia({ colorScheme: theme });
    const settings = await createCollection(chatPage, makeNotes(home));
    await settings.getByRole('searchbox', { name: 'Words' }).fill('stati');
    await expect(settings).toContainText('diary.md, line 3');
    await settings.getByText('Not read: 1').click();
    await expectAccessible(chatPage, `knowledge, ${theme}`);
    for (const size of windowSizes.filter(({ name }) => name === '480' || name === '1280')) {
      await resize(chatPage, size);
      await picture(chatPage, `knowledge-${theme}-${size.name}`);
      expect.soft(await overflowing(chatPage), `${theme}, ${size.name} wide`).toEqual([]);
    }
    await settings.getByRole('button', { name: /diary\.md, line 3/ }).click();
    await expect(chatPage.getByRole('dialog', { name: 'diary.md' })).toContainText('We met at the station.');
    await picture(chatPage, `knowledge-${theme}-file`);
    await chatPage.keyboard.press('Escape');

    await settings.getByRole('button', { name: 'More for Notes' }).click();
    await chatPage.getByRole('menuitem', { name: 'Remove', exact: true }).click();
    await expect(settings).toContainText('No collection yet');
    await chatPage.getByRole('button', { name: 'Undo' }).click();
    await expect(settings).toContainText('Up to date');
    await expect(settings).toContainText('2 files');
  });
}
