import { expect } from '@playwright/test';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { answered, ask, chatWith, lastAnswer, send } from './person.ts';

test('a job is kept as a recipe, runs again with fewer questions to the model, and comes by itself', async ({
  chatPage,
  models,
}) => {
  await ask(chatPage, 'The zebra lives in the attic', 'You wrote: The zebra');
  await ask(chatPage, 'The boat lies in the harbour', 'You wrote: The boat');
  await chatWith(chatPage, 'Researcher');
  models.script((prompt) => {
    if (prompt.tools.length === 0) return says('Written anew by the model.');
    const step = prompt.toolResults.length;
    const words = ['zebra', 'attic'][step];
    return words === undefined
      ? says('It lives in the attic.')
      : calls('search_chats', { query: words }, `call_${step}`);
  });
  const before = models.prompts().length;
  await send(chatPage, 'Look for "zebra" and then for "attic" in my chats');
  await expect(lastAnswer(chatPage)).toContainText('It lives in the attic.');
  await answered(chatPage);
  expect(models.prompts().length - before).toBe(3);

  await lastAnswer(chatPage).getByRole('button', { name: 'Keep as recipe' }).click();
  const dialog = chatPage.getByRole('dialog', { name: 'Keep as a recipe' });
  await dialog.getByLabel('Name', { exact: true }).first().fill('Look for two words');
  await dialog.getByRole('button', { name: 'Keep this recipe' }).click();
  await expect(chatPage.getByText('1 question to a model (3 the first time)')).toBeVisible();

  const kept = models.prompts().length;
  await chatPage.getByRole('button', { name: 'Run Look for two words' }).click();
  await chatPage.getByRole('dialog').getByLabel('query', { exact: true }).fill('boat');
  await chatPage.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lastAnswer(chatPage)).toContainText('Written anew by the model.');
  await expect(lastAnswer(chatPage)).toContainText('3 of 3 steps · 1 question to a model (3 the first time)');
  expect(models.prompts().length - kept).toBe(1);
  expect(JSON.stringify(models.prompts().at(-1)?.body)).toContain('lies in the harbour');
  await answered(chatPage);

  await chatPage.goto(`${new URL(chatPage.url()).origin}/#settings/recipes`);
  await chatPage.getByRole('button', { name: 'More for Look for two words' }).click();
  await chatPage.getByRole('menuitem', { name: 'Run on a schedule' }).click();
  const plan = chatPage.getByRole('dialog');
  await plan.getByLabel('How often').selectOption('weekdays');
  await expect(plan.getByText(/^Next: .+ · .+ · .+/)).toBeVisible();
  await plan.getByRole('button', { name: 'Save the schedule' }).click();
  await expect(chatPage.getByText(/Monday to Friday, 8:00 AM/)).toBeVisible();
  await chatPage.getByRole('button', { name: 'Pause Look for two words' }).click();
  await expect(chatPage.getByText(/paused/)).toBeVisible();
  await chatPage.reload();
  await expect(chatPage.getByText(/paused/)).toBeVisible();
});
