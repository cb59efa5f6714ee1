import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { treeOf } from '../builders/file-tree.ts';
import { calls, says } from '../doubles/model-server/reply.ts';
import { test } from './fixtures.ts';
import { expectAccessible, overflowing, resize } from './look.ts';
import { answered, lastAnswer, send } from './person.ts';

const endings = ['jpg', 'pdf', 'txt', 'mp3'];
const names = Array.from({ length: 200 }, (_, index) => `file ${index}.${endings[index % 4]}`);

/** A folder of 200 files on the desk of the person. */
function messyFolder(home: string): string {
  const folder = path.join(home, 'Desk');
  fs.mkdirSync(folder, { recursive: true });
  for (const [index, name] of names.entries()) fs.writeFileSync(path.join(folder, name), `content ${index}`);
  return folder;
}

test('a person picks a folder, the agent sorts its 200 files after one look at all of them, and that is undone', async ({
  chatPage,
  home,
  models,
}) => {
  const folder = messyFolder(home);
  const before = treeOf(folder);
  await chatPage.getByRole('button', { name: 'Folders', exact: true }).click();
  await chatPage.getByRole('button', { name: 'Add a folder to this chat' }).click();
  const dialog = chatPage.getByRole('dialog', { name: 'Pick a folder' });
  await dialog.getByRole('textbox', { name: 'Or by its path' }).fill(path.dirname(folder));
  await chatPage.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Desk', exact: true }).press('Enter');
  await expect(dialog.getByRole('status')).toContainText('200 files and 0 folders');
  await dialog.getByRole('button', { name: 'Let agents see “Desk”' }).click();
  await expect(chatPage.getByRole('button', { name: '1 folder' })).toBeVisible();

  const moves = names.map((from) => ({ from, to: `${from.split('.')[1]}/${from}` }));
  models.script(({ toolResults }) => {
    if (toolResults.length === 0) return calls('list_files', {});
    return toolResults.length === 1 ? calls('move_files', { moves }, 'call_2') : says('They are sorted.');
  });
  await send(chatPage, 'Sort this folder by kind');
  await chatPage.getByRole('button', { name: 'Allow once' }).click();
  await expect(lastAnswer(chatPage)).toContainText('They are sorted.');
  await answered(chatPage);

  const after = treeOf(folder);
  expect(Object.keys(after).filter((name) => name.startsWith('jpg/'))).toHaveLength(50);
  expect(
    Object.values(after)
      .filter((content) => content !== 'folder')
      .sort(),
  ).toEqual(Object.values(before).sort());

  await lastAnswer(chatPage)
    .getByRole('button', { name: /^Undo:/ })
    .click();
  await expect(lastAnswer(chatPage)).toContainText('204 changes were taken back.');
  expect(treeOf(folder)).toEqual(before);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the dialog and the list of folders fit small and large windows, ${theme}`, async ({
    chatPage,
    home,
    picture,
  }) => {
    await chatPage.emulateMedia({ colorScheme: theme });
    const folder = messyFolder(home);
    fs.mkdirSync(
      path.join(folder, 'A folder whose name is so long that it does not fit into one line of a small window'),
    );
    await chatPage.getByRole('button', { name: 'Folders', exact: true }).click();
    await chatPage.getByRole('button', { name: 'Add a folder to this chat' }).click();
    const dialog = chatPage.getByRole('dialog', { name: 'Pick a folder' });
    await dialog.getByRole('textbox', { name: 'Or by its path' }).fill(folder);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('200 files and 1 folder');
    await expectAccessible(chatPage, `folder picker, ${theme}`);
    for (const width of [480, 1280]) {
      await resize(chatPage, { name: String(width), width, height: 860, zoom: 1 });
      await picture(chatPage, `folder-picker-${theme}-${width}`);
      expect(await overflowing(chatPage)).toEqual([]);
    }
    await dialog.getByRole('button', { name: 'Let agents see “Desk”' }).click();
    await chatPage.getByRole('button', { name: '1 folder' }).click();
    await expect(chatPage.getByText(folder)).toBeVisible();
    await expectAccessible(chatPage, `folders of a chat, ${theme}`);
    await picture(chatPage, `folders-chip-${theme}`);
  });
}
