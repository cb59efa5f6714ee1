import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test, waitUntilReady } from './fixtures.ts';
import { answer, giveHands, type Hands, namesIn, question, usesOnce } from './hands-person.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, chatWith, composer, lastAnswer, send, showSettings, startChatting } from './person.ts';

const before = 'Buy bread\nCall Ann\n';
const after = 'Buy bread\nCall Ben\n';
const change = 'Change notes.txt in Invoices';

interface Opened extends Hands {
  readonly page: Page;
  readonly notes: string;
  readonly notesNow: () => string;
}

/** A chat with an agent that writes `after` into a file that says `before`, whenever it is asked. */
const handsTest = test.extend<{ opened: Opened }>({
  opened: async ({ startNode, openPage, models, home }, use) => {
    const node = await startNode({ environment: environmentOf(models) });
    const page = await openPage(node);
    await startChatting(page);
    const hands = await giveHands(page, node, home);
    const notes = path.join(hands.folder, 'notes.txt');
    fs.writeFileSync(notes, before);
    models.script(usesOnce('write_file', () => ({ path: notes, content: after })));
    await use({ ...hands, page, notes, notesNow: () => fs.readFileSync(notes, 'utf8') });
  },
});

handsTest('once: the difference is shown, written when it is allowed, and taken back', async ({ opened }) => {
  const { page, notesNow } = opened;
  await send(page, 'Write it down');
  const card = question(page, change);
  await expect(card.getByRole('region', { name: 'Changes in notes.txt' })).toContainText('+Call Ben');
  await expect(card.getByRole('region', { name: 'Changes in notes.txt' })).toContainText('−Call Ann');
  expect(notesNow()).toBe(before);
  await answer(card, 'Allow once');
  await answered(page);
  expect(notesNow()).toBe(after);
  await expect(lastAnswer(page)).toContainText('You allowed this once');

  await lastAnswer(page)
    .getByRole('button', { name: `Undo: ${change}` })
    .click();
  await expect(lastAnswer(page)).toContainText('1 change was taken back.');
  expect(notesNow()).toBe(before);

  await send(page, 'Write it down once more');
  await expect(question(page, change), 'once is once').toBeVisible();
});

handsTest('denied: nothing is done, and the answer goes on', async ({ opened }) => {
  const { page, notesNow } = opened;
  await send(page, 'Write it down');
  await answer(question(page, change), 'Don’t allow');
  await answered(page);
  await expect(lastAnswer(page)).toContainText('You did not allow this');
  await expect(lastAnswer(page)).toContainText('That is all.');
  expect(notesNow()).toBe(before);
});

handsTest('in this chat: not asked again here, but in the next chat', async ({ opened }) => {
  const { page, agent, notes, notesNow } = opened;
  await send(page, 'Write it down');
  await answer(question(page, change), 'Allow in this chat');
  await answered(page);
  fs.writeFileSync(notes, before);
  await send(page, 'And again, please');
  await expect(lastAnswer(page)).toContainText('Allowed by a permission you gave for this chat');
  await answered(page);
  expect(notesNow()).toBe(after);

  fs.writeFileSync(notes, before);
  await chatWith(page, agent);
  await send(page, 'Write it in another chat');
  await expect(question(page, change)).toBeVisible();
  expect(notesNow()).toBe(before);
});

handsTest('always: not asked anywhere, until it is taken back in the settings', async ({ opened }) => {
  const { page, agent, notes, notesNow } = opened;
  await send(page, 'Write it down');
  await answer(question(page, change), /^Always allow changes in Invoices by Sorter/);
  await answered(page);
  fs.writeFileSync(notes, before);
  await chatWith(page, agent);
  await send(page, 'Write it in another chat');
  await expect(lastAnswer(page)).toContainText('Allowed by a permission you gave');
  await answered(page);
  expect(notesNow()).toBe(after);

  const permissions = await showSettings(page, 'Permissions');
  await expect(permissions).toContainText('Sorter may make any change in');
  await permissions.getByRole('button', { name: /^Take back: Sorter may make any change/ }).click();
  await expect(permissions).toContainText('Agents ask you before they do anything');
  const activity = await showSettings(page, 'Activity');
  await expect(activity.getByRole('listitem').filter({ hasText: change })).toHaveCount(2);

  fs.writeFileSync(notes, before);
  await chatWith(page, agent);
  await send(page, 'Write it in a third chat');
  await expect(question(page, change)).toBeVisible();
  expect(notesNow()).toBe(before);
});

handsTest('a chat that waits is found from elsewhere, and by the keyboard alone', async ({ opened }) => {
  const { page, notesNow } = opened;
  await send(page, 'Write it down');
  await expect(question(page, change)).toBeVisible();
  await expect(composer(page), 'whoever may be writing stays there').toBeFocused();
  await showSettings(page, 'General');
  await expect(page.getByRole('button', { name: /Write it down.* needs you/ })).toBeVisible();
  const line = page.getByRole('status').filter({ hasText: 'Sorter waits for you.' });
  await line.getByRole('button', { name: 'Show the question' }).press('Enter');

  const once = question(page, change).getByRole('button', { name: 'Allow once' });
  const refuse = question(page, change).getByRole('button', { name: 'Don’t allow' });
  await expect(once).toBeEnabled();
  await refuse.focus();
  await page.keyboard.press('Tab');
  await expect(once).toBeFocused();
  expect(notesNow()).toBe(before);
  await page.keyboard.press('Enter');
  await answered(page);
  expect(notesNow()).toBe(after);
  await expect(line).toBeHidden();
});

handsTest('stopped while it waits: it cannot be answered any more, and nothing was done', async ({ opened }) => {
  const { page, notesNow } = opened;
  await send(page, 'Write it down');
  await expect(question(page, change)).toBeVisible();
  await page.getByRole('button', { name: 'Pause agents' }).first().click();
  await expect(question(page, change)).toBeHidden();
  await expect(lastAnswer(page)).toContainText('It was stopped before you answered; nothing was done');
  expect(notesNow()).toBe(before);
});

test('kill -9 while it waits: the answer says where it stopped, and is asked anew', async ({
  startNode,
  openPage,
  models,
  home,
  faults,
}) => {
  faults.expect(/ERR_CONNECTION_|WebSocket connection to/);
  const first = await startNode({ environment: environmentOf(models) });
  const page = await openPage(first);
  await startChatting(page);
  const { folder } = await giveHands(page, first, home);
  models.script(usesOnce('write_file', () => ({ path: path.join(folder, 'new.txt'), content: 'one\n' })));
  await send(page, 'Write it down');
  const card = question(page, 'Write the new file new.txt in Invoices');
  await expect(card).toBeVisible();

  await first.kill();
  const port = Number(new URL(first.address).port);
  await startNode({ environment: environmentOf(models), dataFolder: first.dataFolder, port });
  await expect(card).toBeHidden();
  await expect(lastAnswer(page)).toContainText('It was stopped before you answered; nothing was done');
  await expect(lastAnswer(page)).toContainText('Nunba was closed while this was being written.');
  expect(namesIn(folder)).toEqual([]);

  await lastAnswer(page).getByRole('button', { name: 'Retry' }).first().click();
  await answer(card, 'Allow once');
  await answered(page);
  expect(namesIn(folder)).toEqual(['new.txt']);
});

test('an agent sorts a folder of 200 files: every move is shown, approved and undone', async ({
  startNode,
  openPage,
  models,
  home,
}) => {
  test.setTimeout(180_000);
  const node = await startNode({ environment: environmentOf(models) });
  const page = await openPage(node);
  await startChatting(page);
  const { folder } = await giveHands(page, node, home);
  const kinds = ['pdf', 'jpg', 'txt', 'csv'] as const;
  const names = Array.from({ length: 200 }, (_, place) => `file-${place}.${kinds[place % 4]}`);
  for (const name of names) fs.writeFileSync(path.join(folder, name), name);
  const untouched = namesIn(folder);
  models.script(({ toolResults }) => {
    const kind = kinds[toolResults.length];
    if (kind === undefined) return says('All 200 files are sorted.');
    const moves = names
      .filter((name) => name.endsWith(kind))
      .map((name) => ({ from: path.join(folder, name), to: path.join(folder, kind, name) }));
    return calls('move_files', { moves }, `call_${kind}`);
  });

  await send(page, 'Sort my files by kind');
  for (const [place, kind] of kinds.entries()) {
    const card = question(page, 'Move 50 files and make 1 folder in Invoices');
    await card.getByRole('button', { name: 'Show all 51 changes' }).click();
    await expect(card.getByRole('listitem')).toHaveCount(51);
    await expect(card.getByRole('listitem').last()).toContainText(new RegExp(`${kind}/file-\\d+\\.${kind}$`));
    expect(namesIn(folder).filter((name) => name.includes('/'))).toHaveLength(50 * place);
    await card.getByRole('button', { name: 'Allow once' }).click();
    await expect(card.getByText(`.${kind}`).first()).toBeHidden();
  }
  await expect(lastAnswer(page)).toContainText('All 200 files are sorted.');
  await answered(page);
  expect(namesIn(folder)).toEqual(names.map((name) => `${name.split('.')[1]}/${name}`).sort());

  await page.reload();
  await waitUntilReady(page);
  for (let left = 4; left > 0; left -= 1) {
    const undo = lastAnswer(page).getByRole('button', { name: /^Undo: Move 50 files/ });
    await expect(undo).toHaveCount(left);
    await undo.last().click();
  }
  await expect(lastAnswer(page).getByText('51 changes were taken back.')).toHaveCount(4);
  expect(namesIn(folder)).toEqual(untouched);
});
