import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { answered, answers, ask, lastAnswer, prompts } from './person.ts';

/** Writes another version of a prompt of the person. */
async function edit(page: Page, place: number, text: string): Promise<void> {
  const prompt = prompts(page).nth(place);
  await prompt.hover();
  await prompt.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Edited message' }).fill(text);
  await page.keyboard.press('Enter');
}

test('an edited prompt becomes a branch; the one before stays reachable, also after a reload', async ({ chatPage }) => {
  await ask(chatPage, 'First question', 'You wrote: First question');
  await ask(chatPage, 'Second question', 'You wrote: Second question');
  await edit(chatPage, 0, 'First question, better');
  await expect(lastAnswer(chatPage)).toContainText('You wrote: First question, better');
  await answered(chatPage);
  await expect(chatPage.getByText('Second question')).toHaveCount(0);
  await expect(prompts(chatPage).first()).toContainText('2 of 2');

  await prompts(chatPage).first().getByRole('button', { name: 'Previous version' }).click();
  await expect(prompts(chatPage).first()).toContainText('1 of 2');
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Second question');
  await ask(chatPage, 'Third question', 'You wrote: Third question');

  await chatPage.reload();
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Third question');
  await expect(prompts(chatPage).first()).toContainText('1 of 2');
  await prompts(chatPage).first().getByRole('button', { name: 'Next version' }).click();
  await expect(lastAnswer(chatPage)).toContainText('You wrote: First question, better');
  await expect(chatPage.getByText('Third question')).toHaveCount(0);
});

test('an answer asked for again becomes a version; what followed the other stays with it', async ({
  chatPage,
  models,
}) => {
  await ask(chatPage, 'A question', 'You wrote: A question');
  await lastAnswer(chatPage).getByRole('button', { name: 'Retry' }).click();
  await expect(lastAnswer(chatPage)).toContainText('2 of 2');
  await answered(chatPage);
  await ask(chatPage, 'It goes on', 'You wrote: It goes on');
  await answers(chatPage).first().getByRole('button', { name: 'Previous version' }).click();
  await expect(answers(chatPage).first()).toContainText('1 of 2');
  await expect(chatPage.getByText('It goes on')).toHaveCount(0);
  await answers(chatPage).first().getByRole('button', { name: 'Next version' }).click();
  await expect(lastAnswer(chatPage)).toContainText('You wrote: It goes on');
  const last = models.prompts().at(-1);
  expect(JSON.stringify(last?.body)).toContain('A question');
});

test('a message that is deleted comes back with Undo, and stays away without', async ({ chatPage }) => {
  await ask(chatPage, 'Keep this', 'You wrote: Keep this');
  await ask(chatPage, 'Away with this', 'You wrote: Away with this');
  const second = prompts(chatPage).nth(1);
  await second.hover();
  await second.getByRole('button', { name: 'Delete' }).click();
  await expect(prompts(chatPage)).toHaveCount(1);
  await chatPage.getByRole('button', { name: 'Undo' }).click();
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Away with this');

  await second.hover();
  await second.getByRole('button', { name: 'Delete' }).click();
  await expect(prompts(chatPage)).toHaveCount(1);
  await chatPage.reload();
  await expect(lastAnswer(chatPage)).toContainText('You wrote: Keep this');
  await expect(prompts(chatPage)).toHaveCount(1);
});

test('a conversation is renamed, pinned, deleted and brought back', async ({ chatPage }) => {
  await ask(chatPage, 'About tea', 'You wrote: About tea');
  const sidebar = chatPage.getByRole('navigation', { name: 'Agents and conversations' });
  const row = (title: string) => sidebar.getByRole('button', { name: title, exact: true });
  await row('About tea').press('F2');
  await sidebar.getByRole('textbox', { name: 'New title' }).fill('About green tea');
  await chatPage.keyboard.press('Enter');
  await expect(chatPage.getByRole('heading', { name: 'About green tea' })).toBeVisible();

  await row('About green tea').hover();
  await sidebar.getByRole('button', { name: 'More for “About green tea”' }).click();
  await chatPage.getByRole('menuitem', { name: 'Pin' }).click();
  await expect(sidebar.getByRole('region', { name: 'Pinned' })).toContainText('About green tea');

  await row('About green tea').press('Delete');
  await expect(row('About green tea')).toHaveCount(0);
  await chatPage.getByRole('button', { name: 'Undo' }).click();
  await expect(sidebar.getByRole('region', { name: 'Pinned' })).toContainText('About green tea');
});
