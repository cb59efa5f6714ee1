import fs from 'node:fs';
import { expect, test } from 'vitest';
import { markOf } from '../../../node-core/agents/files/disk/file-state.ts';
import { fileHands } from '../../builders/file-hands.ts';
import { treeOf } from '../../builders/file-tree.ts';
import { openTestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

/** Moves files and a folder, each noted in a real journal, and hands out what takes them back. */
async function moved() {
  const files = fileHands();
  const { at, keeper, planDeed } = files;
  writeFiles(at('picked'), { 'same.txt': 's', 'edited.txt': 'old', 'copied.txt': 'copy', 'folder/x': 'x' });
  writeFiles(at('picked'), { 'swapped.txt': 'mine', 'gone.txt': 'g', 'taken.txt': 't', 'made/anew.txt': 'a' });
  fs.utimesSync(at('picked/copied.txt'), 1_000_000, 1_000_000);
  const open = await openTestHands({ keeper });
  const names = ['same.txt', 'edited.txt', 'copied.txt', 'folder', 'swapped.txt', 'gone.txt', 'taken.txt'];
  const moves = [...names, 'made/anew.txt'].map((from) => ({ from, to: `new/${from.replace('made/', '')}` }));
  const { deed, run } = await planDeed('move_files', { moves });
  await open.hands.gate.journal.perform(
    {
      ...{ callId: 'c1', conversationId: testId(1), messageId: testId(2), agentId: 'nunba', toolName: 'move_files' },
      ...{ arguments: {}, deed, approval: { kind: 'given', scope: 'once', by: 'person' } },
    },
    async (notes) => ({ outcome: { kind: 'done', value: await run(notes) } }),
  );
  const undo = async () => open.hands.handlers.calls['hands.undo']({ callId: 'c1' });
  return { ...files, undo };
}

test('what was changed since comes back as it is now; what is another by now, gone or in the way is left and named', async () => {
  const { at, undo, text } = await moved();
  fs.appendFileSync(at('picked/new/edited.txt'), ' and new');
  // As a folder that is synchronised leaves it: another file of the same size and time.
  fs.copyFileSync(at('picked/new/copied.txt'), at('copy'));
  fs.utimesSync(at('copy'), 1_000_000, 1_000_000);
  fs.renameSync(at('copy'), at('picked/new/copied.txt'));
  fs.writeFileSync(at('picked/new/folder/y'), 'y');
  fs.writeFileSync(at('other'), 'somebody else’s');
  fs.renameSync(at('other'), at('picked/new/swapped.txt'));
  fs.rmSync(at('picked/new/gone.txt'));
  fs.writeFileSync(at('picked/taken.txt'), 'in the way');
  fs.rmdirSync(at('picked/made'));

  const left = (name: string, reason: string) => ({ path: at(`picked/${name}`), reason });
  expect(await undo()).toEqual({
    undoneCount: 4,
    newer: [at('picked/edited.txt')],
    left: [
      left('made/anew.txt', 'the folder that it came from is not there any more'),
      left('taken.txt', 'something else stands at its old place'),
      left('new/gone.txt', 'it is not there any more'),
      left('new/swapped.txt', 'another file has taken its place since'),
      left('new', 'it was changed since'),
    ],
  });
  expect(treeOf(at('picked'))).toMatchObject({ 'folder/x': expect.anything(), 'folder/y': expect.anything() });
  expect([text('picked/edited.txt'), text('picked/new/swapped.txt'), text('picked/new/taken.txt')]).toEqual([
    'old and new',
    'somebody else’s',
    't',
  ]);
  expect([text('picked/same.txt'), text('picked/copied.txt'), text('picked/taken.txt')]).toEqual([
    's',
    'copy',
    'in the way',
  ]);
});

test('a new file at the old place is not taken for the one that was moved and is gone', async () => {
  const { at, undo } = await moved();
  fs.rmSync(at('picked/new/same.txt'));
  fs.writeFileSync(at('picked/same.txt'), 'another');
  expect((await undo()).left).toContainEqual({ path: at('picked/new/same.txt'), reason: 'it is not there any more' });
});

test('what was left is taken back once nothing is in its way', async () => {
  const { at, undo, text, names } = await moved();
  fs.writeFileSync(at('picked/taken.txt'), 'in the way');
  expect((await undo()).left).toHaveLength(2);
  fs.rmSync(at('picked/taken.txt'));
  expect(await undo()).toEqual({ undoneCount: 2, newer: [], left: [] });
  expect([text('picked/taken.txt'), names('picked').includes('new')]).toEqual(['t', false]);
});

test('a folder and an edited file are known again after a restart that gave their disk another number', async () => {
  const { at, keeper, text } = fileHands();
  writeFiles(at('picked'), { 'new.txt': 'old', 'newer/x': 'x' });
  const move = (from: string, to: string) => {
    const { id, content } = markOf(fs.lstatSync(at(`picked/${to}`), { bigint: true }));
    const what = { id: id.replace(/^\d+/, '987654'), content };
    return { kind: 'move' as const, from: at(`picked/${from}`), to: at(`picked/${to}`), what };
  };
  const moves = [move('a.txt', 'new.txt'), move('folder', 'newer')];
  fs.appendFileSync(at('picked/new.txt'), '!');
  const ends = [];
  for (const each of moves) ends.push((await keeper.undo(each)).kind);
  expect(ends).toEqual(['undone-newer', 'undone']);
  expect([text('picked/a.txt'), text('picked/folder/x')]).toEqual(['old!', 'x']);
});
