import fs from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { chooseFiles } from './attach-files.ts';
import { test } from './fixtures.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, ask, composer, lastAnswer, prompts, showSettings } from './person.ts';
import { watchPages } from './watch-page.ts';

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Search messages/ }).fill(words);
}

test('search leads to the message, also on a branch that is not shown', async ({ chatPage }) => {
  await ask(chatPage, 'Where do walruses sleep?', 'You wrote: Where do walruses');
  await prompts(chatPage).first().hover();
  await prompts(chatPage).first().getByRole('button', { name: 'Edit' }).click();
  await chatPage.getByRole('textbox', { name: 'Edited message' }).fill('Where do seals sleep?');
  await chatPage.keyboard.press('Enter');
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Where do seals');
  await answered(chatPage);
  await expect(lastAnswer(chatPage)).not.toContainText('walruses');
  await chatPage.keyboard.press('Control+n');
  await ask(chatPage, 'Something else', 'You wrote: Something else');

  await search(chatPage, 'walrus');
  const results = chatPage.getByRole('listbox', { name: 'Results' });
  await expect(results.getByRole('option').filter({ hasText: 'You ·' })).toContainText('walruses');
  await results.getByRole('option').filter({ hasText: 'You ·' }).click();

  await expect(prompts(chatPage).first()).toContainText('Where do walruses sleep?');
  await expect(prompts(chatPage).first()).toContainText('1 of 2');
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Where do walruses');
});

test('search says what it does not find, and finds agents', async ({ chatPage }) => {
  await ask(chatPage, 'Hello', 'You wrote: Hello');
  await search(chatPage, 'xylophone');
  await expect(chatPage.getByText('Nothing has “xylophone” in it. Try fewer or other words.')).toBeVisible();
  await chatPage.getByRole('combobox').fill('plann');
  await expect(chatPage.getByRole('option').first()).toContainText('Planner');
  await chatPage.keyboard.press('Enter');
  await expect(chatPage.getByRole('textbox', { name: 'Message Planner' })).toBeVisible();
});

test('one chat is exported for reading and for importing', async ({ chatPage }) => {
  await ask(chatPage, 'Export me please', 'You wrote: Export me please');
  const markdown = await exported(chatPage, 'Markdown, to read');
  expect(markdown.name).toMatch(/\.md$/);
  expect(markdown.text).toContain('Export me please');
  const json = await exported(chatPage, 'JSON, can be imported again');
  expect(json.name).toMatch(/\.json$/);
  expect(JSON.parse(json.text)).toMatchObject({ format: 'nunba-chats', version: 1 });
});

test('all chats are exported and imported into a new node, branches included', async ({
  chatPage,
  startNode,
  models,
  browser,
}) => {
  await ask(chatPage, 'One old question', 'You wrote: One old question');
  await lastAnswer(chatPage).getByRole('button', { name: 'Retry' }).click();
  await expect(lastAnswer(chatPage)).toContainText('2 of 2');
  await answered(chatPage);
  await chatPage.keyboard.press('Control+n');
  await ask(chatPage, 'Another chat', 'You wrote: Another chat');
  await showSettings(chatPage, 'Storage');
  const downloading = chatPage.waitForEvent('download');
  await chatPage.getByRole('button', { name: 'All chats as JSON' }).click();
  const buffer = await fs.readFile(await (await downloading).path());

  const other = await startNode({ environment: environmentOf(models) });
  const context = await browser.newContext();
  const faults = watchPages(context);
  const page = await context.newPage();
  await page.goto(other.pageUrl);
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await expect(composer(page)).toBeVisible();
  await showSettings(page, 'Storage');
  const file = { name: 'chats.json', mimeType: 'application/json', buffer };
  await chooseFiles(page, 'Choose a file', file);
  await expect(page.getByText('2 conversations with 5 messages were imported.')).toBeVisible();
  await page.getByRole('button', { name: 'One old question', exact: true }).click();
  await expect(lastAnswer(page)).toContainText('2 of 2');
  await lastAnswer(page).getByRole('button', { name: 'Previous version' }).click();
  await expect(lastAnswer(page)).toContainText('1 of 2');
  expect(faults.unexpected()).toEqual([]);
  await context.close();
});

interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

async function exported(page: Page, kind: string): Promise<ExportedFile> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: kind }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: await fs.readFile(await download.path(), 'utf8') };
}
