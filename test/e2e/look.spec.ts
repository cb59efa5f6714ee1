import { expect } from '@playwright/test';
import { attach, textFile } from './attach-files.ts';
import { test } from './fixtures.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, ask, chatWith, composer, lastAnswer, send, showSettings, startChatting } from './person.ts';

const themes = ['light', 'dark'] as const;
for (const theme of themes) {
  test.describe(`${theme}`, () => {
    test.use({ colorScheme: theme });

    test('the welcome, with nothing and with a model', async ({ startNode, openPage, models, picture }) => {
      test.setTimeout(180_000);
      const page = await openPage(await startNode());
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      await expect(page.getByText(/Last looked|looks again/).first()).toBeVisible();
      await look('welcome');
      await page.getByRole('heading', { name: /Paste an address or a key/ }).click();
      await page.getByRole('textbox', { name: 'Address', exact: true }).fill(models.url);
      await page.keyboard.press('Enter');
      await expect(page.getByText('it lacks /v1 at its end')).toBeVisible();
      await look('welcome-test');
    });

    test('the chat', async ({ startNode, openPage, models, picture }) => {
      test.setTimeout(180_000);
      const page = await openPage(await startNode({ environment: environmentOf(models) }));
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      await look('welcome-ready');
      await startChatting(page);
      await look('chat-empty');

      await ask(page, 'play:markdown Show me code, a table and a formula', 'A paragraph with bold');
      await expect(lastAnswer(page).locator('.katex, math').first()).toBeVisible();
      await expect(lastAnswer(page).locator('pre, code').filter({ hasText: 'const answer' }).first()).toBeVisible();
      await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
      await answered(page);
      await look('chat-answer');

      await chatWith(page, 'Researcher');
      await attach(page, textFile('notes.txt', 'A zebra lives here.'));
      await send(page, 'play:tools-well find:formula');
      await expect(lastAnswer(page)).toContainText('The tool answered:');
      await answered(page);
      await lastAnswer(page).locator('summary').click();
      await look('chat-tool');

      await chatWith(page, 'Planner');
      await ask(page, 'play:checklist A party', 'Here is the plan');
      await look('chat-plan');

      await chatWith(page, 'Nunba');
      await send(page, 'play:429');
      await expect(lastAnswer(page)).toContainText('takes no more requests just now');
      await look('chat-failure');

      await chatWith(page, 'Guide');
      await ask(page, 'Where are my chats kept?', 'Guide, from Nunba’s help');
      await look('guide');

      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search messages/ }).fill('a');
      await expect(page.getByRole('option').first()).toBeVisible();
      await look('search');
      await page.keyboard.press('Escape');
      await composer(page).blur();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await look('shortcuts');
    });

    test('the settings', async ({ chatPage: page, picture }) => {
      test.setTimeout(180_000);
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      for (const section of ['General', 'Models', 'Agents', 'Storage', 'API', 'About']) {
        const region = await showSettings(page, section);
        await expect(region.getByRole('heading').first()).toBeVisible();
        await look(`settings-${section.toLowerCase()}`);
      }
      await showSettings(page, 'Models');
      await page.getByRole('button', { name: 'Add a provider' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('dialog-provider');
      await page.keyboard.press('Escape');
      await showSettings(page, 'Agents');
      await page.getByRole('button', { name: 'New agent' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('dialog-agent');
      await page.keyboard.press('Escape');
      await showSettings(page, 'Storage');
      await page.getByRole('button', { name: 'Back up now' }).first().click();
      await page.getByRole('button', { name: 'Restore' }).first().click();
      await expect(page.getByRole('dialog').getByText('A copy of the present is made first')).toBeVisible();
      await look('dialog-restore');
    });
  });
}
