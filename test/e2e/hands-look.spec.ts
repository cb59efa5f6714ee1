import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { answer, giveHands, question } from './hands-person.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, lastAnswer, send, showSettings, startChatting } from './person.ts';

const themes = ['light', 'dark'] as const;
for (const theme of themes) {
  test.describe(`${theme}`, () => {
    test.use({ colorScheme: theme });

    test('questions, what was done, permissions and activity', async ({
      startNode,
      openPage,
      models,
      home,
      picture,
    }) => {
      test.setTimeout(180_000);
      const node = await startNode({ environment: environmentOf(models) });
      const page = await openPage(node);
      await startChatting(page);
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      const { folder } = await giveHands(page, node, home);
      const notes = path.join(folder, 'notes.txt');
      fs.writeFileSync(notes, 'Buy bread\nCall Ann\n');
      models.script(({ toolResults }) => {
        if (toolResults.length === 0)
          return calls('write_file', { path: notes, content: `${'word '.repeat(60)}\nCall Ben\n` });
        if (toolResults.length === 1) return calls('fetch_page', { url: 'https://example.org/a/page?of=the&web=1' });
        return says('That is all.');
      });

      await send(page, 'Write it down, then read a page');
      await expect(question(page, 'Change notes.txt in Invoices')).toBeVisible();
      await look('hands-question');
      await answer(question(page, 'Change notes.txt in Invoices'), /^Always allow/);
      await expect(question(page, 'Ask example.org for a page')).toBeVisible();
      await look('hands-second-question');
      await answer(question(page, 'Ask example.org for a page'), 'Don’t allow');
      await answered(page);
      for (const summary of await lastAnswer(page).locator('details > summary').all()) await summary.click();
      await look('hands-done');
      await showSettings(page, 'Permissions');
      await look('settings-permissions');
      const activity = await showSettings(page, 'Activity');
      await activity.getByText('What exactly').first().click();
      await look('settings-activity');
    });
  });
}
