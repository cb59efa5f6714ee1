import fs from 'node:fs';
import { expect, test } from 'vitest';
import { diskError, failingFiles } from '../../builders/failing-files.ts';
import { fileHands, noteEffects } from '../../builders/file-hands.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

test('a new file is shown whole, written with its folders, and taken back with them', async () => {
  const { at, planDeed, text, names, keeper } = fileHands();
  const notes = noteEffects();
  const { deed, run } = await planDeed('write_file', { path: 'inner/deep/a.txt', content: 'one\ntwo\n' });

  expect(deed).toMatchObject({
    kind: 'change-files',
    folder: at('picked'),
    changes: [
      { kind: 'make-folder', path: at('picked/inner') },
      { kind: 'make-folder', path: at('picked/inner/deep') },
      { kind: 'create', path: at('picked/inner/deep/a.txt'), sizeBytes: 8 },
    ],
  });
  expect(JSON.stringify(deed)).toContain('+one\\n+two');
  expect(names('picked')).toEqual([]);

  expect(await run(notes)).toEqual({
    end: 'done',
    done: ['made the folder inner', 'made the folder inner/deep', 'wrote inner/deep/a.txt'],
  });
  expect(text('picked/inner/deep/a.txt')).toBe('one\ntwo\n');
  for (const effect of notes.done.toReversed()) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(names('picked')).toEqual([]);
});

test('a passage is replaced; encoding, line ends and permissions stay; the diff is what happens', async () => {
  const { at, planDeed, keeper } = fileHands();
  const before = Buffer.from('\ufeffeins\r\nzwei\r\ndrei\r\n', 'utf16le');
  fs.writeFileSync(at('picked/a.txt'), before, { mode: 0o640 });
  const notes = noteEffects();
  const { changes, run } = await planDeed('write_file', { path: 'a.txt', find: 'zwei\ndrei', replace: 'zwö\ndrü' });

  expect(changes[0]).toMatchObject({ kind: 'rewrite' });
  expect(changes[0]?.kind === 'rewrite' && changes[0].diff.replaceAll('\r', '')).toContain('-zwei\n-drei\n+zwö\n+drü');
  await run(notes);
  expect(fs.readFileSync(at('picked/a.txt'))).toEqual(Buffer.from('\ufeffeins\r\nzwö\r\ndrü\r\n', 'utf16le'));
  expect(fs.statSync(at('picked/a.txt')).mode & 0o777).toBe(0o640);
  expect(fs.readdirSync(at('picked'))).toEqual(['a.txt']);
  expect(await keeper.settle(notes.done[0] ?? { kind: 'outside', what: '' })).toBe('done');
  expect(await keeper.undo(notes.done[0] ?? { kind: 'outside', what: '' })).toEqual({ kind: 'undone' });
  expect(fs.readFileSync(at('picked/a.txt'))).toEqual(before);
});

test('what cannot be written is refused before anybody is asked', async () => {
  const { at, planDeed } = fileHands();
  writeFiles(at('picked'), { 'a.txt': 'x x', '.env': 'K=1' });
  fs.writeFileSync(at('picked/binary'), Buffer.from([0]));
  fs.symlinkSync('a.txt', at('picked/link'));
  const refused = (input: object) => expect(planDeed('write_file', input)).rejects;
  await refused({ path: 'a.txt', find: 'y', replace: 'z' }).toThrow('does not hold');
  await refused({ path: 'a.txt', find: 'x', replace: 'z' }).toThrow('more than once');
  await refused({ path: 'a.txt', content: 'x x' }).toThrow('exactly that already');
  await refused({ path: 'a.txt' }).toThrow('Give either');
  await refused({ path: `${'a/'.repeat(1100)}b.txt`, content: 'x' }).toThrow('too deep');
  await refused({ path: 'a.txt', content: 'a', find: 'x', replace: '' }).toThrow('Give either');
  await refused({ path: 'new.txt', find: 'x', replace: '' }).toThrow('There is no file');
  await refused({ path: 'binary', content: 'a' }).toThrow('no text');
  await refused({ path: 'link', content: 'a' }).toThrow('is a link');
  await refused({ path: '.env', content: 'K=2' }).toThrow('out of reach');
  await refused({ path: '.ssh/authorized_keys', content: 'k' }).toThrow('out of reach');
  await refused({ path: 'a.txt/b.txt', content: 'a' }).toThrow('no folder');
  await refused({ path: '../b.txt', content: 'a' }).toThrow('not in a folder');
  await refused({ path: '.', content: 'a' }).toThrow('stays as it is');
});

test('a file that was changed after it was shown stays as it is', async () => {
  const { at, planDeed, text, names } = fileHands();
  writeFiles(at('picked'), { 'a.txt': 'old' });
  const rewrite = await planDeed('write_file', { path: 'a.txt', content: 'new' });
  const create = await planDeed('write_file', { path: 'b.txt', content: 'new' });
  writeFiles(at('picked'), { 'a.txt': 'mine', 'b.txt': 'mine' });
  await expect(rewrite.run()).rejects.toThrow('changed since');
  await expect(create.run()).rejects.toThrow('is there by now');
  expect([text('picked/a.txt'), text('picked/b.txt'), names('picked')]).toEqual(['mine', 'mine', ['a.txt', 'b.txt']]);
});

test('a folder that becomes a link between plan and run is not written through', async () => {
  const { at, planDeed, names } = fileHands();
  writeFiles(at('.'), { 'picked/inner/a.txt': 'old', 'beside/a.txt': 'old' });
  const rewrite = await planDeed('write_file', { path: 'inner/a.txt', content: 'new' });
  const create = await planDeed('write_file', { path: 'inner/b.txt', content: 'new' });
  fs.renameSync(at('picked/inner'), at('picked/was'));
  fs.symlinkSync(at('beside'), at('picked/inner'));
  await expect(rewrite.run()).rejects.toThrow('leads out');
  await expect(create.run()).rejects.toThrow('leads out');
  expect(names('beside')).toEqual(['a.txt']);
});

test.each([
  ['ENOSPC', 'The disk is full.'],
  ['EACCES', 'Permission was denied.'],
  ['EROFS', 'The disk can only be read.'],
])('%s while it is placed leaves the file and no litter', async (code, sentence) => {
  let isBroken = false;
  const files = failingFiles((call, [from]) => {
    if (isBroken && call === 'rename' && String(from).includes('.nunba-')) throw diskError(code);
  });
  const { at, planDeed, text, names } = fileHands({ files });
  writeFiles(at('picked'), { 'a.txt': 'old' });
  const { run } = await planDeed('write_file', { path: 'a.txt', content: 'new' });
  isBroken = true;
  await expect(run()).rejects.toThrow(`Nothing was changed: ${sentence}`);
  expect([text('picked/a.txt'), names('picked')]).toEqual(['old', ['a.txt']]);
});

test('a very long diff is cut, and says by how much', async () => {
  const { planDeed } = fileHands();
  const { changes } = await planDeed('write_file', { path: 'a.txt', content: 'a line of text\n'.repeat(20_000) });
  const [change] = changes;
  const diff = change?.kind === 'create' ? change.diff : '';
  expect(diff.length).toBeLessThan(70_000);
  expect(diff).toMatch(/… \d+ more lines are not shown$/);
});
