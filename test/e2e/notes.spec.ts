import { expect } from '@playwright/test';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { lookerAt, resize, usualSize } from './look.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, lastAnswer, send, startChatting } from './person.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test('an agent computes and keeps a checklist, and the person ticks, changes and finds it', async ({
      startNode,
      openPage,
      models,
      picture,
    }) => {
      test.setTimeout(120_000);
      const node = await startNode({ environment: environmentOf(models) });
      const page = await openPage(node);
      await startChatting(page);
      await resize(page, usualSize);
      const look = lookerAt(page, theme, picture);
      models.script(({ toolResults }) => {
        if (toolResults.length === 0) return calls('calculate', { expression: '3 * (129 + 19%)' });
        if (toolResults.length === 1) {
          return calls('notes', { action: 'write', title: 'Trip', text: '# To do\n- [ ] Buy tickets\n- [ ] Pack' });
        }
        return says(`It is written down. ${toolResults[0]?.includes('460.53') ? 'Together 460.53.' : 'No sum.'}`);
      });
      await send(page, 'Three tickets at 129 with 19% tax, and keep a list');
      await answered(page);
      await expect(lastAnswer(page)).toContainText('Together 460.53.');

      await page.getByRole('navigation').getByRole('button', { name: 'Notes' }).click();
      await expect(page.getByRole('heading', { name: 'Notes' })).toBeVisible();
      await look('notes');
      await page.getByRole('button', { name: /^Trip/ }).click();
      await page.getByRole('checkbox', { name: 'Pack' }).click();
      await expect(page.getByText('1 of 2 done')).toBeVisible();
      await expect(page.getByLabel('Text')).toHaveValue('# To do\n- [ ] Buy tickets\n- [x] Pack');
      await page.getByText('1 earlier version').click();
      await look('note');

      await page.getByRole('button', { name: 'All notes' }).click();
      await page.getByRole('searchbox').fill('tickets');
      await expect(page.getByRole('button', { name: /^Trip/ })).toBeVisible();
      await page.getByRole('searchbox').fill('zebra');
      await expect(page.getByText('No note holds these words')).toBeVisible();
    });
  });
}
