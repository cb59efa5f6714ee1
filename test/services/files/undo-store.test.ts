import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseKeptName } from '../../../node-core/agents/files/undo/kept-name.ts';
import { dueForPurge } from '../../../node-core/agents/files/undo/purge-rule.ts';
import { defaultUndoLimits, UndoStore } from '../../../node-core/agents/files/undo/undo-store.ts';
import { diskError, failingFiles } from '../../builders/failing-files.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const start = Date.UTC(2026, 5, 1);

function storeIn(folder: string, changes: Partial<typeof defaultUndoLimits> = {}) {
  const clock = createFakeClock(start);
  const limits = { ...defaultUndoLimits, ...changes };
  return { clock, store: new UndoStore({ folder: path.join(folder, 'undo'), clock, limits }) };
}

async function textOf(content: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  if (!content) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

test('a copy is kept under its hash, of this person alone, and read back', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'hello' });
  fs.chmodSync(path.join(folder, 'a.txt'), 0o640);
  const { store } = storeIn(folder);

  const kept = await store.keep(path.join(folder, 'a.txt'));

  expect(kept.sha256).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  expect(fs.readdirSync(path.join(folder, 'undo'))).toEqual([kept.sha256]);
  expect(fs.statSync(path.join(folder, 'undo')).mode & 0o777).toBe(0o700);
  expect(fs.statSync(path.join(folder, 'undo', kept.sha256)).mode & 0o777).toBe(0o600);
  expect(parseKeptName(kept.keptAs)?.traits.mode).toBe(0o640);
  expect(await textOf(await store.open(kept.sha256))).toBe('hello');
});

test('a copy that was changed or is gone is not given out', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'hello' });
  const { store } = storeIn(folder);
  const { sha256 } = await store.keep(path.join(folder, 'a.txt'));

  fs.writeFileSync(path.join(folder, 'undo', sha256), 'other');
  expect(await store.open(sha256)).toBeNull();
  fs.rmSync(path.join(folder, 'undo', sha256));
  expect(await store.open(sha256)).toBeNull();
});

test('a file that is too large, a link and a folder are not kept', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'hello', 'inner/b.txt': 'b' });
  fs.symlinkSync(path.join(folder, 'a.txt'), path.join(folder, 'link'));
  const { store } = storeIn(folder, { fileBytes: 4 });

  await expect(store.keep(path.join(folder, 'a.txt'))).rejects.toMatchObject({ reason: 'too-large' });
  await expect(store.keep(path.join(folder, 'link'))).rejects.toMatchObject({ reason: 'changed' });
  await expect(store.keep(path.join(folder, 'inner'))).rejects.toMatchObject({ reason: 'changed' });
});

test('the copies of the last hour are not thrown away for new ones; later they are', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'aaaa', 'b.txt': 'bbbb', 'c.txt': 'cccc' });
  const { store, clock } = storeIn(folder, { totalBytes: 4, mostBytes: 8 });
  const first = await store.keep(path.join(folder, 'a.txt'));
  await store.keep(path.join(folder, 'b.txt'));

  await expect(store.keep(path.join(folder, 'c.txt'))).rejects.toMatchObject({ reason: 'no-room' });
  expect(await store.open(first.sha256)).not.toBeNull();

  await clock.advance(hour + 1000);
  const third = await store.keep(path.join(folder, 'c.txt'));
  expect(await store.open(first.sha256)).toBeNull();
  expect(await store.open(third.sha256)).not.toBeNull();
});

test('keeping the same content again makes its copy young', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'aaaa' });
  const { store, clock } = storeIn(folder);
  const { sha256 } = await store.keep(path.join(folder, 'a.txt'));
  await clock.advance(20 * day);
  await store.keep(path.join(folder, 'a.txt'));
  await clock.advance(20 * day);

  await store.purge();
  expect(await store.open(sha256)).not.toBeNull();
  await clock.advance(11 * day);
  await store.purge();
  expect(await store.open(sha256)).toBeNull();
});

test('what is kept anew while its old copy is thrown away stays', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'hello' });
  const clock = createFakeClock(start);
  let again: Promise<{ readonly sha256: string }> | null = null;
  const rm: typeof nodeFiles.rm = async (...given) => {
    let hasEnded = false;
    again = store.keep(path.join(folder, 'a.txt')).finally(() => {
      hasEnded = true;
    });
    // Time for all of the keeping, if nothing holds it.
    for (let turns = 0; turns < 300 && !hasEnded; turns += 1) await pause(1);
    return nodeFiles.rm(...given);
  };
  const store = new UndoStore({ folder: path.join(folder, 'undo'), clock, files: { ...nodeFiles, rm } });
  const { sha256 } = await store.keep(path.join(folder, 'a.txt'));
  await clock.advance(31 * day);

  await store.purge();
  expect(await again).toMatchObject({ sha256 });
  expect(await store.open(sha256)).not.toBeNull();
});

test('a disk that is full in the middle leaves no copy', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': 'hello' });
  const files = failingFiles((call) => {
    if (call === 'rename') throw diskError('ENOSPC');
  });
  const store = new UndoStore({ folder: path.join(folder, 'undo'), clock: createFakeClock(start), files });

  await expect(store.keep(path.join(folder, 'a.txt'))).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(fs.readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe('hello');
});

test.each([
  ['old ones go', [{ name: 'old', sizeBytes: 1, keptAt: -31 * day }], 10, ['old']],
  ['young ones stay', [{ name: 'young', sizeBytes: 1, keptAt: -29 * day }], 10, []],
  [
    'the oldest go until the rest fits',
    [
      { name: 'second', sizeBytes: 5, keptAt: -2 * day },
      { name: 'first', sizeBytes: 5, keptAt: -3 * day },
      { name: 'third', sizeBytes: 5, keptAt: -day },
    ],
    10,
    ['first'],
  ],
  ['those of the last hour stay, however much they are', [{ name: 'now', sizeBytes: 50, keptAt: -hour }], 10, []],
])('%s', (_, copies, totalBytes, due) => {
  const found = dueForPurge(copies, { keepMs: 30 * day, totalBytes }, 0);
  expect(found.map(({ name }) => name)).toEqual(due);
});
