import fs from 'node:fs';
import { expect, test } from 'vitest';
import { diskError, failingFiles } from '../../builders/failing-files.ts';
import { fileHands, noteEffects } from '../../builders/file-hands.ts';
import { treeOf } from '../../builders/file-tree.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

test('200 files are sorted in batches, each shown before, and taken back byte by byte', async () => {
  const { at, planDeed, keeper } = fileHands();
  const endings = ['jpg', 'pdf', 'txt', 'mp3'];
  const files = Array.from({ length: 200 }, (_, index) => `file ${index}.${endings[index % 4]}`);
  writeFiles(
    at('picked'),
    Object.fromEntries(files.map((name, index) => [name, `content ${index} ${'x'.repeat(index)}`])),
  );
  const before = treeOf(at('picked'));
  const notes = noteEffects();

  for (let start = 0; start < 200; start += 50) {
    const moves = files.slice(start, start + 50).map((from) => ({ from, to: `${from.split('.')[1]}/${from}` }));
    const { changes, run } = await planDeed('move_files', { moves });
    expect(changes.filter(({ kind }) => kind === 'move')).toHaveLength(50);
    expect(changes.filter(({ kind }) => kind === 'make-folder')).toHaveLength(start === 0 ? 4 : 0);
    expect(await run(notes)).toMatchObject({ end: 'done' });
  }
  const sorted = treeOf(at('picked'));
  expect(Object.keys(sorted).filter((name) => name.startsWith('jpg/'))).toHaveLength(50);
  expect(Object.values(sorted).sort()).toEqual(
    [...Object.values(before), 'folder', 'folder', 'folder', 'folder'].sort(),
  );
  expect(notes.done).toHaveLength(204);

  for (const effect of notes.done.toReversed()) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(treeOf(at('picked'))).toEqual(before);
});

test('files are swapped, and a chain moves up', async () => {
  const { at, act, text, names } = fileHands();
  writeFiles(at('picked'), { a: 'a', b: 'b', c: 'c', d: 'd' });
  await act('move_files', {
    moves: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'c', to: 'd' },
      { from: 'd', to: 'inner/e' },
    ],
  });
  expect([text('picked/a'), text('picked/b'), text('picked/d'), text('picked/inner/e')]).toEqual(['b', 'a', 'c', 'd']);
  expect(names('picked')).toEqual(['a', 'b', 'd', 'inner']);
});

test('folders are moved with what is in them, swapped, and renamed by case', async () => {
  const { at, act, text, names } = fileHands();
  writeFiles(at('picked'), { 'one/x': 'x', 'two/y': 'y', 'readme.md': 'r' });
  await act('move_files', {
    moves: [
      { from: 'one', to: 'two' },
      { from: 'two', to: 'one' },
    ],
  });
  expect([text('picked/one/y'), text('picked/two/x')]).toEqual(['y', 'x']);
  await act('move_files', {
    moves: [
      { from: 'readme.md', to: 'README.md' },
      { from: 'one', to: 'two' },
    ],
  });
  expect([text('picked/two/one/y'), names('picked')]).toEqual(['y', ['README.md', 'two']]);
});

test('a path that ends like a folder takes files under their own names', async () => {
  const { at, act, names } = fileHands();
  writeFiles(at('picked'), { a: 'a', b: 'b' });
  await act('move_files', {
    moves: [
      { from: 'a', to: 'new/' },
      { from: 'b', to: 'new/' },
    ],
  });
  expect(names('picked/new')).toEqual(['a', 'b']);
});

test('what cannot be moved is refused before anybody is asked', async () => {
  const { at, planDeed } = fileHands({ picked: ['picked', 'other'] });
  writeFiles(at('picked'), { a: 'a', b: 'b', 'inner/c': 'c', '.env': 'K=1' });
  fs.symlinkSync('a', at('picked/link'));
  const refused = (...moves: readonly (readonly [string, string])[]) =>
    expect(planDeed('move_files', { moves: moves.map(([from, to]) => ({ from: `picked/${from}`, to })) })).rejects;
  await refused(['a', 'picked/b']).toThrow('nothing is overwritten');
  await refused(['a', 'picked/a']).toThrow('there already');
  await refused(['none', 'picked/x']).toThrow('There is no');
  await refused(['link', 'picked/x']).toThrow('is a link');
  await refused(['.env', 'picked/x']).toThrow('out of reach');
  await refused(['a', 'picked/.env.local']).toThrow('out of reach');
  await refused(['a', 'picked/../x']).toThrow('not in a folder');
  await refused(['a', 'other/x']).toThrow('one picked folder');
  await refused(['a', 'picked/x'], ['a', 'picked/y']).toThrow('moved twice');
  await refused(['a', 'picked/x'], ['b', 'picked/x']).toThrow('same path');
  await refused(['inner', 'picked/inner/deep/x']).toThrow('Use two calls');
  await refused(['inner', 'picked/x'], ['inner/c', 'picked/y']).toThrow('Use two calls');
  await refused(['inner', 'picked/x'], ['a', 'picked/x/a']).toThrow('Use two calls');
  await refused(['a', 'picked/b/x']).toThrow('no folder');
  await refused(['', 'picked/x']).toThrow('stays as it is');
});

test('what changed since it was shown stops all of it', async () => {
  const { at, planDeed, names } = fileHands();
  writeFiles(at('picked'), { a: 'a', b: 'b' });
  const moves = [
    { from: 'a', to: 'x/a' },
    { from: 'b', to: 'x/b' },
  ];
  const { run } = await planDeed('move_files', { moves });
  writeFiles(at('picked'), { b: 'another content' });
  await expect(run()).rejects.toThrow('changed since');
  const again = await planDeed('move_files', { moves });
  writeFiles(at('picked'), { 'x/b': 'in the way' });
  await expect(again.run()).rejects.toThrow('not as it was');
  expect([names('picked'), names('picked/x')]).toEqual([['a', 'b', 'x'], ['b']]);
});

test('a failure in the middle says what was done and what was not', async () => {
  let links = 0;
  const files = failingFiles((call) => {
    if (call !== 'link') return;
    links += 1;
    if (links === 3) throw diskError('ENOSPC');
  });
  const { at, act, names, keeper } = fileHands({ files });
  writeFiles(at('picked'), { a: 'a', b: 'b', c: 'c', d: 'd' });
  const before = treeOf(at('picked'));
  const notes = noteEffects();
  const result = await act(
    'move_files',
    { moves: ['a', 'b', 'c', 'd'].map((from) => ({ from, to: `${from}.txt` })) },
    notes,
  );

  expect(result).toEqual({
    end: 'partly',
    reason: 'The disk is full.',
    done: ['moved a to a.txt', 'moved b to b.txt'],
    notDone: ['moved c to c.txt', 'moved d to d.txt'],
  });
  expect(names('picked')).toEqual(['a.txt', 'b.txt', 'c', 'd']);
  for (const effect of notes.done.toReversed()) await keeper.undo(effect);
  expect(treeOf(at('picked'))).toEqual(before);
});

test('to another disk a file is copied, then removed, and both can be taken back', async () => {
  // The folder “far” says that it is on another disk.
  const files = failingFiles(
    () => undefined,
    (call, args, result) =>
      call === 'lstat' && String(args[0]).endsWith('/far') ? Object.assign(result as object, { dev: 99_999n }) : result,
  );
  const { at, act, text, names, keeper } = fileHands({ files });
  writeFiles(at('picked'), { 'a.txt': 'a', 'inner/x': 'x', 'far/y': 'y' });
  fs.utimesSync(at('picked/a.txt'), 1_000_000, 1_000_000);
  const before = treeOf(at('picked'));
  const notes = noteEffects();
  await expect(act('move_files', { moves: [{ from: 'inner', to: 'far/inner' }] })).rejects.toThrow('another disk');
  await act('move_files', { moves: [{ from: 'a.txt', to: 'far/a.txt' }] }, notes);
  expect([text('picked/far/a.txt'), names('picked')]).toEqual(['a', ['far', 'inner']]);
  expect(fs.statSync(at('picked/far/a.txt')).mtimeMs).toBe(1_000_000_000);
  expect(notes.done.map(({ kind }) => kind)).toEqual(['write-file', 'remove-file']);
  for (const effect of notes.done.toReversed()) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(treeOf(at('picked'))).toEqual(before);
});
