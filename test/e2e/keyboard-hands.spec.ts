import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { namesIn, question } from './hands-person.ts';
import { tabTo } from './keyboard.ts';
import { environmentOf } from './model-fixture.ts';
import { answered, composer, lastAnswer } from './person.ts';

test.use({ hasTouch: false });

const files = ['a.pdf', 'b.pdf', 'c.jpg'];
const move = 'Move 2 files and make 1 folder in Downloads';

/** Presses a key until something has the focus. */
async function pressUntil(page: Page, key: string, target: Locator): Promise<void> {
  await expect(async () => {
    if (!(await target.evaluate((element) => element === document.activeElement))) await page.keyboard.press(key);
    await expect(target).toBeFocused({ timeout: 100 });
  }).toPass();
}

/** Whoever works by keyboard goes on from where they are, and not from the top of the page. */
const expectFocusKept = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

async function press(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(page, target, key);
  // An answer that has just come up takes no press that was meant for something else.
  await expect(target).toBeEnabled();
  await page.keyboard.press('Enter');
}

async function showSection(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Locator> {
  await press(page, page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name }), key);
  return page.getByRole('region', { name: `Settings: ${name}`, exact: true });
}

test('a folder is picked and sorted, the changes are undone and the permission is taken back, with the keyboard alone', async ({
  startNode,
  openPage,
  models,
  home,
}) => {
  const folder = path.join(home, 'Downloads');
  fs.mkdirSync(folder, { recursive: true });
  for (const name of files) fs.writeFileSync(path.join(folder, name), name);
  models.script(({ toolResults }) => {
    const ending = ['pdf', 'jpg'][toolResults.length];
    if (ending === undefined) return says('All is sorted.');
    const moves = files
      .filter((name) => name.endsWith(ending))
      .map((name) => ({ from: path.join(folder, name), to: path.join(folder, ending, name) }));
    return calls('move_files', { moves }, `call_${ending}`);
  });
  const page = await openPage(await startNode({ environment: environmentOf(models) }));

  await test.step('the agent and the folder', async () => {
    await press(page, page.getByRole('button', { name: 'Start chatting' }));
    await press(page, page.getByRole('button', { name: 'Agent: Nunba' }));
    await pressUntil(page, 'ArrowDown', page.getByRole('menuitemradio', { name: /^Organiser/ }));
    await page.keyboard.press('Enter');
    await press(page, page.getByRole('button', { name: 'Folders', exact: true }));
    await press(page, page.getByRole('button', { name: 'Add a folder to this chat' }));
    const dialog = page.getByRole('dialog', { name: 'Pick a folder' });
    await pressUntil(page, 'ArrowDown', dialog.getByRole('button', { name: 'Downloads', exact: true }));
    await page.keyboard.press('Enter');
    await press(page, dialog.getByRole('button', { name: 'Let agents see “Downloads”' }));
    await expect(dialog).toBeHidden();
    await expect(composer(page)).toBeFocused();
  });

  await test.step('the questions', async () => {
    await page.keyboard.type('Sort my downloads');
    await page.keyboard.press('Enter');
    await press(page, question(page, move).getByRole('button', { name: 'Allow once' }), 'Shift+Tab');
    const second = question(page, 'Move c.jpg in Downloads');
    await expect(second, 'the next question takes the keyboard from the one before').toBeFocused();
    await press(page, second.getByRole('button', { name: /^Always allow changes in Downloads/ }));
    await expect(lastAnswer(page)).toContainText('All is sorted.');
    await answered(page);
    await expectFocusKept(page);
    expect(namesIn(folder)).toEqual(['jpg/c.jpg', 'pdf/a.pdf', 'pdf/b.pdf']);
  });

  await test.step('undo', async () => {
    await page.keyboard.press('Control+,');
    const activity = await showSection(page, 'Activity');
    await press(page, activity.getByRole('button', { name: `Undo: ${move}` }));
    await expect(activity).toContainText('3 changes were taken back.');
    await expectFocusKept(page);
    expect(namesIn(folder)).toEqual(['a.pdf', 'b.pdf', 'jpg/c.jpg']);
  });

  await test.step('the permission', async () => {
    const permissions = await showSection(page, 'Permissions', 'Shift+Tab');
    await press(page, permissions.getByRole('button', { name: /^Take back: Organiser may make any change/ }));
    await expect(permissions).toContainText('Agents ask you before they do anything');
    await expectFocusKept(page);
  });
});
