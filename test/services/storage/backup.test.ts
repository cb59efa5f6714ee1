import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backupName, readBackupName } from '../../../node-core/storage/backup-names.ts';
import { openTestChat, testStart } from '../../builders/chat.ts';

test('a backup is one file that opens by itself and holds what was there', async () => {
  const open = await openTestChat();
  await open.exchange(await open.conversation(), 'hello', 'hi');
  const backup = await open.storage.backup();
  expect(backup).toMatchObject({ name: 'nunba-20261014T091500000Z-asked.db', at: testStart, reason: 'asked' });
  expect(fs.readdirSync(open.backupsFolder)).toEqual([backup.name]);
  const file = path.join(open.backupsFolder, backup.name);
  expect(fs.statSync(file)).toMatchObject({ size: backup.sizeBytes });
  const raw = new Database(file, { readonly: true });
  expect(raw.prepare('SELECT text FROM messages ORDER BY number').pluck().all()).toEqual(['hello', 'hi']);
  expect(raw.pragma('journal_mode', { simple: true })).toBe('delete');
  raw.close();
  expect(open.storage.facts()).toMatchObject({ backups: [backup], backupsBytes: backup.sizeBytes });
});

test('a backup made while messages arrive is of one moment', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const making = open.storage.backup();
  for (let index = 0; index < 20; index += 1) await open.exchange(id, `prompt ${index}`, 'x'.repeat(5000));
  const backup = await making;
  const raw = new Database(path.join(open.backupsFolder, backup.name), { readonly: true });
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(Number(raw.prepare('SELECT count(*) FROM messages').pluck().get()) % 2).toBe(0);
  raw.close();
});

test('two backups in one millisecond are two', async () => {
  const open = await openTestChat();
  const first = await open.storage.backup();
  const second = await open.storage.backup();
  expect(second.at).toBe(first.at + 1);
  expect(open.storage.facts().backups.map((backup) => backup.name)).toEqual([second.name, first.name]);
});

test('a backup that cannot be written leaves nothing behind', async () => {
  const open = await openTestChat();
  fs.mkdirSync(path.join(open.backupsFolder, 'nunba-20261014T091500000Z-asked.db.partial'), { recursive: true });
  await expect(open.storage.backup()).rejects.toThrow();
  expect(open.storage.facts().backups).toEqual([]);
  await open.exchange(await open.conversation(), 'still', 'works');
});

test('a copy that the person put there is listed by its own time; anything else is not', async () => {
  const open = await openTestChat();
  const backup = await open.storage.backup();
  const mine = path.join(open.backupsFolder, 'before the trip.db');
  const named = path.join(open.backupsFolder, 'before-the-trip.db');
  fs.copyFileSync(path.join(open.backupsFolder, backup.name), mine);
  fs.copyFileSync(mine, named);
  fs.utimesSync(named, 1000, 1000);
  fs.mkdirSync(path.join(open.backupsFolder, 'folder.db'));
  expect(open.storage.facts().backups).toMatchObject([
    { name: backup.name },
    { name: 'before-the-trip.db', at: 1_000_000, reason: 'asked' },
  ]);
});

test.each(['asked', 'before-migration', 'before-restore'] as const)(
  'the name of a backup says when and why: %s',
  (reason) => {
    const name = backupName({ at: testStart + 123, reason });
    expect(readBackupName(name)).toEqual({ at: testStart + 123, reason });
    expect(readBackupName(`x${name}`)).toBeNull();
  },
);

test('a name with an impossible time is somebody’s own', () => {
  expect(readBackupName('nunba-20269914T091500000Z-asked.db')).toBeNull();
});
