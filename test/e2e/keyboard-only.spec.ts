import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, composer, lastAnswer } from './person.ts';

test.use({ hasTouch: false });

test('from the first run to settings, with the keyboard alone', async ({ startNode, openPage, models }) => {
  const page = await openPage(await startNode({ environment: environmentOf(models) }));
  const type = async (text: string): Promise<void> => {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };

  await test.step('first run to an answer', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Start chatting' }));
    await page.keyboard.press('Enter');
    await expect(composer(page)).toBeFocused();
    await type('Hello by keyboard');
    await expect(lastAnswer(page)).toContainText('You wrote: Hello by keyboard');
    await answered(page);
  });

  await test.step('stop', async () => {
    await expect(composer(page)).toBeFocused();
    await type('play:long tokens:3000 rate:20');
    await expect(lastAnswer(page)).toContainText('word2 ');
    await page.keyboard.press('Escape');
    await expect(lastAnswer(page)).toContainText('You stopped this answer.');
    const carryOn = lastAnswer(page).getByRole('button', { name: 'Continue' });
    await tabTo(page, carryOn, 'Shift+Tab');
  });

  await test.step('new chat', async () => {
    await page.keyboard.press('Control+n');
    await expect(composer(page)).toBeFocused();
    await type('A chat about otters');
    await expect(lastAnswer(page)).toContainText('You wrote: A chat about otters');
    await answered(page);
  });

  await test.step('search and jump', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Hello by');
    await expect(page.getByRole('option').filter({ hasText: 'You ·' })).toBeVisible();
    const mine = page.getByRole('option', { selected: true }).filter({ hasText: 'You ·' });
    await expect(async () => {
      if (!(await mine.isVisible())) await page.keyboard.press('ArrowDown');
      await expect(mine).toBeVisible({ timeout: 200 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Hello by keyboard' })).toBeVisible();
  });

  await test.step('edit a message', async () => {
    const edit = page.getByRole('article', { name: 'You wrote' }).first().getByRole('button', { name: 'Edit' });
    await tabTo(page, edit);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Edited message' })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await type('Hello again by keyboard');
    await expect(lastAnswer(page)).toContainText('You wrote: Hello again by keyboard');
    await answered(page);
  });

  await test.step('menus', async () => {
    await page.keyboard.press('Control+n');
    await expect(composer(page)).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Agent: Nunba' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: /^Nunba/ })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitemradio', { name: /^Coder/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Message Coder' })).toBeVisible();
  });

  await test.step('a setting', async () => {
    await page.keyboard.press('Control+,');
    const dark = page.getByRole('radio', { name: 'Dark' });
    await tabTo(page, page.getByRole('radio', { name: 'System' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(dark).toBeChecked();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await tabTo(page, page.getByRole('switch', { name: 'Show timings' }));
    await page.keyboard.press('Space');
    await expect(page.getByRole('switch', { name: 'Show timings' })).toBeChecked();
  });

  await test.step('back to the chat', async () => {
    await page.keyboard.press('Control+n');
    await expect(composer(page)).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Attach files' }));
    await page.keyboard.press('/');
    await expect(composer(page)).toBeFocused();
  });
});

test('an address is connected with the keyboard alone', async ({ startNode, openPage, models }) => {
  const page = await openPage(await startNode());
  await tabTo(page, page.locator('summary').filter({ hasText: 'Paste an address or a key' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Address', exact: true }));
  await page.keyboard.type(`${models.url}/v1`);
  await page.keyboard.press('Enter');
  const add = page.getByRole('button', { name: 'Add and start chatting' });
  await expect(add).toBeVisible();
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('Hello by address');
  await page.keyboard.press('Enter');
  await expect(lastAnswer(page)).toContainText('You wrote: Hello by address');
});

test('a dialog keeps the focus and gives it back', async ({ chatPage: page }) => {
  await page.keyboard.press('Control+,');
  await tabTo(page, page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Agents' }));
  await page.keyboard.press('Enter');
  const open = page.getByRole('button', { name: 'New agent' });
  await tabTo(page, open);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New agent' });
  await expect(dialog).toBeVisible();
  for (let pressed = 0; pressed < 15; pressed += 1) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});
