import fs from 'node:fs';
import { expect, test } from 'vitest';
import { fileHands, noteEffects } from '../../builders/file-hands.ts';
import { treeOf } from '../../builders/file-tree.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

test('files are removed after they were kept, and come back', async () => {
  const { at, planDeed, names, keeper } = fileHands();
  writeFiles(at('picked'), { 'a.txt': 'a', 'inner/b.txt': 'b', 'c.txt': 'c' });
  const before = treeOf(at('picked'));
  const notes = noteEffects();
  const { changes, run } = await planDeed('remove_files', { paths: ['a.txt', 'inner/b.txt'] });
  expect(changes).toEqual([
    { kind: 'remove', path: at('picked/a.txt'), sizeBytes: 1 },
    { kind: 'remove', path: at('picked/inner/b.txt'), sizeBytes: 1 },
  ]);
  expect(await run(notes)).toEqual({ end: 'done', done: ['removed a.txt', 'removed inner/b.txt'] });
  expect([names('picked'), names('picked/inner')]).toEqual([['c.txt', 'inner'], []]);
  for (const effect of notes.done.toReversed()) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(treeOf(at('picked'))).toEqual(before);
});

test('folders, links, keys and doubles are refused', async () => {
  const { at, planDeed } = fileHands();
  writeFiles(at('picked'), { 'a.txt': 'a', 'inner/b.txt': 'b', 'server.pem': 'k' });
  fs.symlinkSync('a.txt', at('picked/link'));
  const refused = (...paths: readonly string[]) => expect(planDeed('remove_files', { paths })).rejects;
  await refused('inner').toThrow('is a folder');
  await refused('link').toThrow('is a link');
  await refused('server.pem').toThrow('out of reach');
  await refused('a.txt', './a.txt').toThrow('named twice');
  await refused('none').toThrow('There is no file');
  await refused('.').toThrow('stays as it is');
});

test('a file that was changed since it was shown stays', async () => {
  const { at, planDeed, text } = fileHands();
  writeFiles(at('picked'), { 'a.txt': 'old', 'b.txt': 'old' });
  const { run } = await planDeed('remove_files', { paths: ['a.txt', 'b.txt'] });
  writeFiles(at('picked'), { 'b.txt': 'new' });
  expect(await run()).toMatchObject({ end: 'partly', done: ['removed a.txt'], notDone: ['removed b.txt'] });
  expect(text('picked/b.txt')).toBe('new');
});
