import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { answered, ask, composer, lastAnswer, prompts, send } from './person.ts';

test.describe('an answer on its way', () => {
  test('is stopped with Escape, and the provider sees the connection close', async ({ chatPage, models }) => {
    const asked = models.nextPrompt();
    await send(chatPage, 'play:long tokens:3000 rate:20');
    await expect(lastAnswer(chatPage)).toContainText('word3 ');
    await expect(lastAnswer(chatPage)).toHaveAttribute('aria-busy', 'true');
    await chatPage.keyboard.press('Escape');

    expect(await (await asked).over, 'the provider saw the connection close').toBe(true);
    await expect(lastAnswer(chatPage)).toContainText('You stopped this answer.');
    await expect(lastAnswer(chatPage)).toContainText('word3 ');
  });

  test('is stopped with the button, continued in the same message, and answered anew', async ({ chatPage, models }) => {
    const asked = models.nextPrompt();
    await send(chatPage, 'play:stall-once please');
    await expect(lastAnswer(chatPage)).toContainText('This answer stops coming');
    await chatPage.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(await (await asked).over).toBe(true);
    await expect(lastAnswer(chatPage)).toContainText('You stopped this answer.');

    await lastAnswer(chatPage).getByRole('button', { name: 'Continue' }).click();
    await expect(lastAnswer(chatPage)).toContainText('This answer stops coming');
    await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
    await expect(chatPage.getByText('You stopped this answer.')).toBeHidden();

    await lastAnswer(chatPage).getByRole('button', { name: 'Retry' }).click();
    await expect(lastAnswer(chatPage)).toContainText('2 of 2');
    await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
    await expect(lastAnswer(chatPage)).not.toContainText('This answer stops coming');
    expect(models.prompts()).toHaveLength(3);
  });

  test('that breaks off is kept, says so and is continued', async ({ chatPage }) => {
    await send(chatPage, 'play:cut-once please');
    await expect(lastAnswer(chatPage)).toContainText('This answer breaks off in the');
    await expect(lastAnswer(chatPage)).toContainText(/The answer broke off: .* What arrived is kept/);
    await lastAnswer(chatPage).getByRole('button', { name: 'Continue' }).click();
    await expect(lastAnswer(chatPage)).toContainText('This answer breaks off in the');
    await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
    await expect(chatPage.getByText('The answer broke off')).toBeHidden();
  });

  test('that is refused for now says when to try again, and a retry works', async ({ chatPage }) => {
    await send(chatPage, 'play:429-once retry-after:11');
    await expect(lastAnswer(chatPage)).toContainText(/takes no more requests just now\. Try again in 11 s\./);
    await lastAnswer(chatPage).getByRole('button', { name: 'Retry' }).click();
    await expect(lastAnswer(chatPage)).toContainText('and this is the answer.');
    await answered(chatPage);
  });

  for (const { play, sentence } of [
    { play: '401', sentence: /wants a key\. Enter one under Settings, Models\./ },
    { play: '500', sentence: /could not answer: The server had an error/ },
    { play: 'bad-sse', sentence: /answered with something that cannot be read/ },
    { play: 'html', sentence: /answered with something that is not a model’s answer/ },
    { play: 'hang-up', sentence: /closed the connection before it answered/ },
    { play: 'empty', sentence: /ended its answer without a word/ },
    { play: 'context-full', sentence: /The conversation has become too long for test-model/ },
  ]) {
    test(`that fails (${play}) becomes one sentence`, async ({ chatPage }) => {
      await send(chatPage, `play:${play}`);
      await expect(lastAnswer(chatPage)).toContainText(sentence);
      await answered(chatPage);
      await expect(lastAnswer(chatPage).getByRole('button', { name: 'Retry' })).toBeVisible();
    });
  }
});

test.describe('what a chat is set to', () => {
  test('sends the parameters that the person set, and keeps them', async ({ chatPage, models }) => {
    await ask(chatPage, 'Hello before', 'You wrote: Hello before');
    await chatPage.getByRole('button', { name: 'Parameters' }).click();
    await chatPage.getByRole('textbox', { name: 'Temperature' }).fill('0.3');
    await chatPage.getByRole('textbox', { name: 'Longest answer' }).fill('77');
    await chatPage.keyboard.press('Enter');
    await chatPage.keyboard.press('Escape');
    await expect(chatPage.getByRole('button', { name: 'Parameters (changed)' })).toBeVisible();
    await ask(chatPage, 'Hello after', 'You wrote: Hello after');

    const [before, after] = models.prompts().map(({ body }) => body);
    expect(before).not.toMatchObject({ temperature: 0.3 });
    expect(after).toMatchObject({ temperature: 0.3, max_tokens: 77 });

    await chatPage.reload();
    await expect(chatPage.getByRole('button', { name: 'Parameters (changed)' })).toBeVisible();
  });

  test('asks the chosen model, and says which one answered', async ({ chatPage, models }) => {
    await chatPage.getByRole('button', { name: 'Model: test-model' }).click();
    await chatPage.getByRole('menuitemradio', { name: /test-model-vision/ }).click();
    await expect(chatPage.getByText(/test-model-vision on this computer answers: you chose it/)).toBeVisible();
    await ask(chatPage, 'Hello to the other', 'You wrote: Hello to the other');
    await expect(lastAnswer(chatPage)).toContainText('test-model-vision on this computer');
    expect(models.prompts().at(-1)?.body).toMatchObject({ model: 'test-model-vision' });
  });

  test('lets another agent answer, in its own words', async ({ chatPage, models }) => {
    await ask(chatPage, 'Hello Nunba', 'You wrote: Hello Nunba');
    await chatPage.getByRole('button', { name: 'Agent: Nunba' }).click();
    await chatPage.getByRole('menuitemradio', { name: /^Coder/ }).click();
    await expect(chatPage.getByRole('textbox', { name: 'Message Coder' })).toBeVisible();
    await ask(chatPage, 'Hello Coder', 'You wrote: Hello Coder');
    await expect(chatPage.getByRole('article', { name: 'Coder answered' })).toBeVisible();
    await expect(chatPage.getByRole('article', { name: 'Nunba answered' })).toBeVisible();
    expect(JSON.stringify(models.prompts().at(-1)?.body)).toContain('You are Coder');
  });

  test('shows times and rate on demand', async ({ chatPage }) => {
    await ask(chatPage, 'play:long tokens:20 rate:50', 'word20');
    await lastAnswer(chatPage).getByRole('button', { name: 'Show how long it took' }).click();
    await expect(lastAnswer(chatPage)).toContainText(/first word [\d.]+ s/);
    await expect(lastAnswer(chatPage)).toContainText(/\d+ tokens\/s/);
  });
});

test('a draft that nobody sent outlives a change of chat and a reload', async ({ chatPage }) => {
  await ask(chatPage, 'Hello', 'You wrote: Hello');
  await composer(chatPage).fill('Not sent yet');
  await chatPage.keyboard.press('Control+n');
  await expect(composer(chatPage)).toHaveValue('');
  await chatPage.goBack();
  await expect(composer(chatPage)).toHaveValue('Not sent yet');
  await chatPage.reload();
  await expect(composer(chatPage)).toHaveValue('Not sent yet');
  await expect(prompts(chatPage)).toHaveCount(1);
});
