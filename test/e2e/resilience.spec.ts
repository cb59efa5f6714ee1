import { expect } from '@playwright/test';
import { test, waitUntilReady } from './fixtures.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, ask, composer, lastAnswer, prompts, send, startChatting } from './person.ts';

/** What Chromium says of a node that is not there. */
const nodeIsGone = /ERR_CONNECTION_|WebSocket connection to/;

test('a reload in the middle of an answer loses nothing, and the answer goes on', async ({ chatPage, models }) => {
  await send(chatPage, 'play:long tokens:80 rate:20');
  await expect(lastAnswer(chatPage)).toContainText('word5 ');
  await chatPage.reload();
  await expect(lastAnswer(chatPage)).toContainText('word5 ');
  await expect(lastAnswer(chatPage)).toHaveAttribute('aria-busy', 'true');
  await answered(chatPage);
  await expect(lastAnswer(chatPage)).toContainText('word79 word80');
  expect(models.prompts()).toHaveLength(1);
});

test('an answer goes on while another chat is shown', async ({ chatPage }) => {
  await send(chatPage, 'play:long tokens:60 rate:30');
  await expect(lastAnswer(chatPage)).toContainText('word2 ');
  await chatPage.keyboard.press('Control+n');
  await ask(chatPage, 'Meanwhile', 'You wrote: Meanwhile');
  await chatPage
    .getByRole('button', { name: /play:long/ })
    .first()
    .click();
  await expect(lastAnswer(chatPage)).toContainText('word59 word60');
  await answered(chatPage);
});

test('kill -9 of the node in the middle of an answer: what arrived is there, and is continued', async ({
  startNode,
  openPage,
  models,
  faults,
}) => {
  faults.expect(nodeIsGone);
  const first = await startNode({ environment: environmentOf(models) });
  const page = await openPage(first);
  await startChatting(page);
  await ask(page, 'Before the crash', 'You wrote: Before the crash');
  await send(page, 'play:long-once tokens:4000 rate:25');
  await expect(lastAnswer(page)).toContainText('word30 ');
  await composer(page).fill('A draft that nobody sent');
  const connectionLine = page.getByText('The connection to Nunba is gone and is being made again.');
  await expect(connectionLine).toBeHidden();

  await first.kill();
  await expect(connectionLine).toBeVisible();
  const port = Number(new URL(first.address).port);
  const again = await startNode({ environment: environmentOf(models), dataFolder: first.dataFolder, port });
  expect(again.address).toBe(first.address);

  await expect(connectionLine).toBeHidden();
  await expect(composer(page)).toHaveValue('A draft that nobody sent');
  await expect(lastAnswer(page)).toContainText('Nunba was closed while this was being written.');
  // Kept every 500 ms at least: of 30 words at 25 a second those of the first half second are certain.
  await expect(lastAnswer(page)).toContainText('word1 word2 word3 word4 word5 word6 word7 word8 word9 word10');
  await expect(prompts(page)).toHaveCount(2);

  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  await expect(lastAnswer(page)).toContainText('and this is the answer.');
  await expect(lastAnswer(page)).toContainText('word1 word2 word3');
  await answered(page);
  await expect(page.getByText('Nunba was closed while this was being written.')).toBeHidden();

  await page.reload();
  await waitUntilReady(page);
  await expect(lastAnswer(page)).toContainText('and this is the answer.');
  await expect(composer(page)).toHaveValue('A draft that nobody sent');
});

test('a message written while the node is away is not lost', async ({ startNode, openPage, models, faults }) => {
  faults.expect(nodeIsGone);
  const first = await startNode({ environment: environmentOf(models) });
  const page = await openPage(first);
  await startChatting(page);
  await ask(page, 'Hello', 'You wrote: Hello');
  await first.kill();
  await expect(page.getByText('The connection to Nunba is gone and is being made again.')).toBeVisible();
  await send(page, 'Written while nobody was there');
  const port = Number(new URL(first.address).port);
  await startNode({ environment: environmentOf(models), dataFolder: first.dataFolder, port });
  await expect(page.getByText('The connection to Nunba is gone and is being made again.')).toBeHidden();

  // Either it was sent once the node was back, or it waits where it was written: it is there once.
  await expect(page.getByText('Written while nobody was there', { exact: true }).first()).toBeVisible();
  if ((await composer(page).inputValue()) !== '') await composer(page).press('Enter');
  await expect(lastAnswer(page)).toContainText('You wrote: Written while nobody was there');
  await expect(prompts(page)).toHaveCount(2);
});
