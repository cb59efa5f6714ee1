import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFor } from '../../../node-core/agents/files/disk/place-file.ts';
import { FileEffects } from '../../../node-core/agents/files/undo/effect-keeper.ts';
import { UndoStore } from '../../../node-core/agents/files/undo/undo-store.ts';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import { diskError, failingFiles } from '../../builders/failing-files.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function keeperIn(folder: string) {
  const store = new UndoStore({ folder: path.join(folder, 'undo'), clock: createFakeClock(0) });
  const at = (name: string): string => path.join(folder, name);
  return { store, keeper: new FileEffects(store), at, read: (name: string) => fs.readFileSync(at(name), 'utf8') };
}

test('a write is settled by the hash of what is there', async () => {
  const folder = tempFolder();
  const { keeper, at } = keeperIn(folder);
  const rewrite: Effect = {
    kind: 'write-file',
    path: at('a.txt'),
    before: { sha256: hashOf('old'), keptAs: '' },
    afterSha256: hashOf('new'),
  };
  const settled = async (text: string | null) => {
    fs.rmSync(at('a.txt'), { force: true });
    if (text !== null) fs.writeFileSync(at('a.txt'), text);
    return [await keeper.settle(rewrite), await keeper.settle({ ...rewrite, before: null })];
  };
  expect(await settled('old')).toEqual(['not-done', 'unknown']);
  expect(await settled('new')).toEqual(['done', 'done']);
  expect(await settled('third')).toEqual(['unknown', 'unknown']);
  expect(await settled(null)).toEqual(['unknown', 'not-done']);
});

test('what a write left beside its file is removed', async () => {
  const folder = tempFolder();
  const { keeper, at } = keeperIn(folder);
  const effect: Effect = { kind: 'write-file', path: at('a.txt'), before: null, afterSha256: hashOf('new') };
  fs.writeFileSync(temporaryFor(at('a.txt'), hashOf('new')), 'ne');

  expect(await keeper.settle(effect)).toBe('not-done');
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a move that ended between two names is finished', async () => {
  const folder = tempFolder();
  const { keeper, at, read } = keeperIn(folder);
  writeFiles(folder, { 'a.txt': 'a' });
  const effect: Effect = { kind: 'move', from: at('a.txt'), to: at('b.txt') };
  expect(await keeper.settle(effect)).toBe('not-done');
  fs.linkSync(at('a.txt'), at('b.txt'));
  expect(await keeper.settle(effect)).toBe('done');
  expect(fs.readdirSync(folder)).toEqual(['b.txt']);
  expect(read('b.txt')).toBe('a');
  expect(await keeper.settle(effect)).toBe('done');
  writeFiles(folder, { 'a.txt': 'another' });
  expect(await keeper.settle(effect)).toBe('unknown');
  expect(read('a.txt')).toBe('another');
});

test('folders and removals are settled by what is there; what happened outside cannot be', async () => {
  const folder = tempFolder();
  const { keeper, at } = keeperIn(folder);
  const made: Effect = { kind: 'make-folder', path: at('inner') };
  const removed: Effect = { kind: 'remove-file', path: at('a.txt'), sha256: hashOf('a'), keptAs: '' };
  expect(await keeper.settle(made)).toBe('not-done');
  fs.mkdirSync(at('inner'));
  expect(await keeper.settle(made)).toBe('done');
  expect(await keeper.settle(removed)).toBe('done');
  writeFiles(folder, { 'a.txt': 'a' });
  expect(await keeper.settle(removed)).toBe('not-done');
  writeFiles(folder, { 'a.txt': 'b' });
  expect(await keeper.settle(removed)).toBe('unknown');
  expect(await keeper.settle({ kind: 'outside', what: 'a command' })).toBe('unknown');
  expect(await keeper.undo({ kind: 'outside', what: 'a command' })).toMatchObject({ kind: 'impossible' });
});

test('a rewritten file gets back its bytes, permissions and time, once', async () => {
  const folder = tempFolder();
  const { store, keeper, at, read } = keeperIn(folder);
  writeFiles(folder, { 'a.txt': 'old' });
  fs.chmodSync(at('a.txt'), 0o640);
  fs.utimesSync(at('a.txt'), 1_000_000, 1_000_000);
  const { sha256, keptAs } = await store.keep(at('a.txt'));
  fs.writeFileSync(at('a.txt'), 'new', { mode: 0o600 });
  const effect: Effect = {
    kind: 'write-file',
    path: at('a.txt'),
    before: { sha256, keptAs },
    afterSha256: hashOf('new'),
  };

  expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(read('a.txt')).toBe('old');
  expect(fs.statSync(at('a.txt'))).toMatchObject({ mode: 0o100640, mtimeMs: 1_000_000_000 });
  expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  fs.writeFileSync(at('a.txt'), 'mine');
  expect(await keeper.undo(effect)).toEqual({ kind: 'changed', path: at('a.txt') });
  expect(read('a.txt')).toBe('mine');
  expect(fs.readdirSync(folder).sort()).toEqual(['a.txt', 'undo']);
});

test('a removed file comes back, but not over another one', async () => {
  const folder = tempFolder();
  const { store, keeper, at, read } = keeperIn(folder);
  writeFiles(folder, { 'a.txt': 'a' });
  const { sha256, keptAs } = await store.keep(at('a.txt'));
  const effect: Effect = { kind: 'remove-file', path: at('a.txt'), sha256, keptAs };
  fs.writeFileSync(at('a.txt'), 'another');
  expect(await keeper.undo(effect)).toEqual({ kind: 'changed', path: at('a.txt') });
  fs.rmSync(at('a.txt'));
  expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(read('a.txt')).toBe('a');
  fs.rmSync(at('a.txt'));
  fs.rmSync(at('undo'), { recursive: true });
  expect(await keeper.undo(effect)).toMatchObject({ kind: 'impossible' });
});

test('moves and folders are taken back while nothing is in the way', async () => {
  const folder = tempFolder();
  const { keeper, at, read } = keeperIn(folder);
  const made: Effect = { kind: 'make-folder', path: at('inner') };
  const moved: Effect = { kind: 'move', from: at('a.txt'), to: at('inner/a.txt') };
  writeFiles(folder, { 'inner/a.txt': 'a', 'a.txt': 'in the way' });
  expect(await keeper.undo(moved)).toEqual({ kind: 'taken', path: at('a.txt') });
  expect(await keeper.undo(made)).toEqual({ kind: 'changed', path: at('inner') });
  fs.rmSync(at('a.txt'));
  expect(await keeper.undo(moved)).toEqual({ kind: 'undone' });
  expect(read('a.txt')).toBe('a');
  expect(await keeper.undo(made)).toEqual({ kind: 'undone' });
  expect(await keeper.undo(made)).toEqual({ kind: 'undone' });
  expect(fs.readdirSync(folder)).toEqual(['a.txt']);
});

test('nothing is written through a folder that has become a link', async () => {
  const folder = tempFolder();
  const { store, keeper, at } = keeperIn(folder);
  writeFiles(folder, { 'inner/a.txt': 'a', 'elsewhere/keep.txt': '' });
  const { sha256, keptAs } = await store.keep(at('inner/a.txt'));
  fs.rmSync(at('inner'), { recursive: true });
  fs.symlinkSync(at('elsewhere'), at('inner'));
  const effect: Effect = { kind: 'remove-file', path: at('inner/a.txt'), sha256, keptAs };
  expect(await keeper.undo(effect)).toEqual({ kind: 'changed', path: at('inner/a.txt') });
  expect(fs.readdirSync(at('elsewhere'))).toEqual(['keep.txt']);
});

test('a disk that refuses is told, and what is there stays', async () => {
  const folder = tempFolder();
  const { store, at, read } = keeperIn(folder);
  writeFiles(folder, { 'b.txt': 'b' });
  const files = failingFiles((call) => {
    if (call === 'link') throw diskError('EACCES');
  });
  const undone = await new FileEffects(store, files).undo({ kind: 'move', from: at('a.txt'), to: at('b.txt') });
  expect(undone).toEqual({ kind: 'impossible', reason: 'The disk refused it (EACCES).' });
  expect(read('b.txt')).toBe('b');
});

test('a file system without second names moves all the same', async () => {
  const folder = tempFolder();
  const { store, at, read } = keeperIn(folder);
  writeFiles(folder, { 'b.txt': 'b' });
  const files = failingFiles((call) => {
    if (call === 'link') throw diskError('EPERM');
  });
  expect(await new FileEffects(store, files).undo({ kind: 'move', from: at('a.txt'), to: at('b.txt') })).toEqual({
    kind: 'undone',
  });
  expect(read('a.txt')).toBe('b');
});

test('what somebody saves while the file from before is copied is not overwritten', async () => {
  const folder = tempFolder();
  const { store, keeper, at, read } = keeperIn(folder);
  writeFiles(folder, { 'a.txt': 'old' });
  const { sha256, keptAs } = await store.keep(at('a.txt'));
  writeFiles(folder, { 'a.txt': 'new' });
  const effect: Effect = {
    kind: 'write-file',
    path: at('a.txt'),
    before: { sha256, keptAs },
    afterSha256: hashOf('new'),
  };
  const files = failingFiles((call, [file]) => {
    if (call === 'open' && String(file).includes('.nunba-')) fs.writeFileSync(at('a.txt'), 'saved just now');
  });
  expect(await new FileEffects(store, files).undo(effect)).toEqual({ kind: 'changed', path: at('a.txt') });
  expect(read('a.txt')).toBe('saved just now');
  expect(fs.readdirSync(folder).sort()).toEqual(['a.txt', 'undo']);
  writeFiles(folder, { 'a.txt': 'new' });
  expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
});
