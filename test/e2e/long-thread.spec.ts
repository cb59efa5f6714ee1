import { expect, type Page } from '@playwright/test';
import { says } from '../doubles/model-server/reply.ts';
import { chooseFiles } from './attach-files.ts';
import { test } from './fixtures.ts';
import { longChat } from './long-chat.ts';
import { answered, composer, lastAnswer, prompts, send, showSettings } from './person.ts';

const messageCount = 10_000;
/** Most rows in the document, whatever is scrolled. */
const mostRows = 150;

const rows = (page: Page) => page.getByRole('region', { name: 'Messages' }).getByRole('listitem');

/** Places in the thread, from 1, of loaded messages that can be seen. */
function placesInView(page: Page): Promise<number[]> {
  return page
    .locator('li[aria-posinset]:has([data-message])')
    .evaluateAll((items) =>
      items
        .filter((item) => item.getBoundingClientRect().bottom > 60 && item.getBoundingClientRect().top < innerHeight)
        .map((item) => Number(item.getAttribute('aria-posinset'))),
    );
}

async function expectFewRows(page: Page): Promise<void> {
  const count = await page.locator('li[aria-posinset]').count();
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(mostRows);
}

test('the newest message stays in view while a long message is written and the window changes', async ({
  chatPage: page,
  models,
}) => {
  models.script(() => says(Array.from({ length: 60 }, (_, line) => `Line ${line}.\n\n`).join('')));
  await send(page, 'Tell me a lot');
  await answered(page);
  const actions = lastAnswer(page).getByRole('button', { name: 'Retry' });
  await expect(actions).toBeInViewport();
  await composer(page).fill('one\ntwo\nthree\nfour\nfive\nsix\nseven\neight');
  await expect(actions).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Newest message' })).toBeHidden();
  await page.setViewportSize({ width: 520, height: 640 });
  await expect(actions).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Newest message' })).toBeHidden();

  // Whoever scrolls within the few frames in which the end is still being held scrolls once more.
  await expect(async () => {
    await page.getByRole('region', { name: 'Messages' }).evaluate((thread) => thread.scrollTo({ top: 0 }));
    await expect(page.getByRole('button', { name: 'Newest message' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.setViewportSize({ width: 520, height: 560 });
  await expect(prompts(page).first()).toBeInViewport();
});

test('a conversation of 10,000 messages opens, scrolls and takes more', async ({ chatPage: page }) => {
  await showSettings(page, 'Storage');
  const buffer = longChat('A long story', messageCount);
  await chooseFiles(page, 'Choose a file', { name: 'long.json', mimeType: 'application/json', buffer });
  await expect(page.getByText('1 conversation with 10,000 messages was imported.')).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: 'A long story', exact: true }).click();
  const thread = page.getByRole('region', { name: 'Messages' });
  await expect(lastAnswer(page)).toContainText('Answer 5000.');
  await expect(lastAnswer(page)).toBeInViewport();
  await expectFewRows(page);

  await thread.focus();
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(prompts(page).first()).toContainText(/^Prompt 1$/, { timeout: 500 });
    await expect(prompts(page).first()).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(messageCount));
  await expectFewRows(page);

  // Half way, where nothing was measured yet.
  await thread.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await expect.poll(async () => (await placesInView(page)).length).toBeGreaterThan(1);
  expect(Math.min(...(await placesInView(page)))).toBeGreaterThan(messageCount * 0.4);
  expect(Math.max(...(await placesInView(page)))).toBeLessThan(messageCount * 0.6);
  await expectFewRows(page);

  await page.getByRole('button', { name: 'Newest message' }).click();
  await expect(lastAnswer(page)).toContainText('Answer 5000.');
  await expect(lastAnswer(page)).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Newest message' })).toBeHidden();

  await send(page, 'play:long tokens:400 rate:150');
  await expect(lastAnswer(page)).toContainText('word350 ');
  await expectFewRows(page);
  await answered(page);
  await expect(lastAnswer(page)).toContainText('word400');
  await expect(lastAnswer(page).getByRole('button', { name: 'Retry' })).toBeInViewport();

  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect(lastAnswer(page)).toContainText('word400');
  await expectFewRows(page);
});

test('search leads into the middle of 10,000 messages', async ({ chatPage: page }) => {
  await showSettings(page, 'Storage');
  const buffer = longChat('A long story', messageCount);
  await chooseFiles(page, 'Choose a file', { name: 'long.json', mimeType: 'application/json', buffer });
  await expect(page.getByText('1 conversation with 10,000 messages was imported.')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Search messages/ }).fill('Prompt 1234');
  await page.getByRole('option').filter({ hasText: 'You ·' }).first().click();
  await expect(page.getByText('Prompt 1234', { exact: true })).toBeInViewport();
  await expectFewRows(page);
});
