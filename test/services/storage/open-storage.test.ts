import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { latestVersion } from '../../../node-core/storage/migrate.ts';
import { allMigrations } from '../../../node-core/storage/migrations/all-migrations.ts';
import { openStorage, type StorageOptions } from '../../../node-core/storage/open-storage.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const optionsFor = (folder: string) => ({
  file: path.join(folder, 'nunba.db'),
  backupsFolder: path.join(folder, 'backups'),
  clock: createFakeClock(0),
  log: createRecordedLog(),
});

async function open(options: StorageOptions): Promise<Storage> {
  const storage = await openStorage(options);
  onTestFinished(() => storage.close());
  return storage;
}

const pragma = async (storage: Storage, name: string): Promise<unknown> => {
  const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(storage.db);
  return Object.values(rows[0] ?? {})[0];
};

/** Every file of a folder with its content. */
const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'latin1')]));

/** A closed database with one setting in it. */
async function closedDatabase(): Promise<ReturnType<typeof optionsFor> & { folder: string }> {
  const folder = tempFolder();
  const options = optionsFor(folder);
  const storage = await openStorage(options);
  await storage.db.insertInto('settings').values({ name: 'a', value_json: '1' }).execute();
  await storage.close();
  return { ...options, folder };
}

test('every open, of a new and of an existing database, is WAL, fully synchronous and checks keys', async () => {
  const options = optionsFor(tempFolder());
  for (const round of ['new', 'existing']) {
    const storage = await openStorage(options);
    const found = [
      await pragma(storage, 'journal_mode'),
      await pragma(storage, 'synchronous'),
      await pragma(storage, 'foreign_keys'),
    ];
    expect({ round, found }).toEqual({ round, found: ['wal', 2, 1] });
    await storage.close();
  }
});

test.skipIf(process.platform === 'win32')('nobody else may read the database or the journals beside it', async () => {
  const folder = tempFolder();
  const storage = await open(optionsFor(folder));
  await storage.db.insertInto('settings').values({ name: 'a', value_json: '1' }).execute();
  const modes = fs
    .readdirSync(folder)
    .filter((name) => /^nunba\.db(-wal|-shm)?$/.test(name))
    .map((name) => [name, fs.statSync(path.join(folder, name)).mode & 0o777]);
  expect(modes).toEqual([
    ['nunba.db', 0o600],
    ['nunba.db-shm', 0o600],
    ['nunba.db-wal', 0o600],
  ]);
});

test('the trap that makes this necessary is still there: a plain open of a WAL database is not fully synchronous', async () => {
  const { file } = await closedDatabase();
  const raw = new Database(file);
  onTestFinished(() => void raw.close());
  raw.prepare('SELECT 1 FROM settings').get();
  expect(raw.pragma('synchronous', { simple: true })).toBe(1);
});

test('what was kept is there again, and closing leaves one file', async () => {
  const options = await closedDatabase();
  expect(fs.readdirSync(options.folder)).toEqual(['nunba.db']);
  const storage = await open(options);
  expect(await storage.db.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'a', value_json: '1' }]);
  expect(await storage.check()).toEqual([]);
});

test('a newer database is refused and left alone', async () => {
  const options = await closedDatabase();
  const raw = new Database(options.file);
  raw.pragma('user_version = 99');
  raw.close();
  const before = filesOf(options.folder);
  await expect(openStorage(options)).rejects.toMatchObject({
    failure: { kind: 'storage-newer', path: options.file, found: 99, known: latestVersion(allMigrations) },
  });
  expect(filesOf(options.folder)).toEqual(before);
});

test('a database of another program is refused and left alone', async () => {
  const options = optionsFor(tempFolder());
  const raw = new Database(options.file);
  raw.exec('CREATE TABLE theirs (a)');
  raw.close();
  const before = fs.readFileSync(options.file);
  await expect(openStorage(options)).rejects.toMatchObject({ failure: { kind: 'folder-foreign' } });
  expect(fs.readFileSync(options.file).equals(before)).toBe(true);
});

test.each([
  ['no database at all', () => Buffer.from('This is not a database, it is a letter to my aunt.'.repeat(20))],
  ['a database without its second half', (file: Buffer) => file.subarray(0, file.length / 2)],
  [
    'a database whose pages were overwritten',
    (file: Buffer) => Buffer.concat([file.subarray(0, 4096), Buffer.alloc(file.length - 4096, 7)]),
  ],
])('%s is refused as damaged and left alone', async (_, damage) => {
  const options = await closedDatabase();
  fs.writeFileSync(options.file, damage(fs.readFileSync(options.file)));
  // The last run did not get round to closing it.
  fs.writeFileSync(`${options.file}.open`, '1\n');
  const before = filesOf(options.folder);
  await expect(openStorage(options)).rejects.toMatchObject({
    failure: { kind: 'storage-damaged', path: options.file },
  });
  expect(filesOf(options.folder)).toEqual(before);
});

test('damage deep in a page is found after an unclean end, by the marker', async () => {
  const options = await closedDatabase();
  const content = fs.readFileSync(options.file);
  // The last page belongs to an index; its cell pointers now point nowhere.
  content.fill(0xee, content.length - 4096, content.length - 4096 + 64);
  fs.writeFileSync(options.file, content);
  fs.writeFileSync(`${options.file}.open`, '1\n');
  await expect(openStorage(options)).rejects.toMatchObject({ failure: { kind: 'storage-damaged' } });
});

test('a database that was closed is not checked, one that was left open is', async () => {
  const options = await closedDatabase();
  await open(options);
  expect(options.log.lines).toEqual([]);
  const copy = optionsFor(tempFolder());
  for (const side of ['', '-wal', '.open']) fs.copyFileSync(`${options.file}${side}`, `${copy.file}${side}`);
  const storage = await open(copy);
  expect(copy.log.lines.map((line) => line.message)).toEqual([
    'The last run did not close the database; it was checked.',
  ]);
  expect(await storage.db.selectFrom('settings').selectAll().execute()).toHaveLength(1);
});

test('a database that another program holds locked is refused', async () => {
  const options = await closedDatabase();
  const holder = new Database(options.file);
  onTestFinished(() => void holder.close());
  holder.pragma('locking_mode = EXCLUSIVE');
  holder.exec("UPDATE settings SET value_json = '2'");
  await expect(openStorage(options)).rejects.toMatchObject({
    failure: { kind: 'folder-locked', path: options.folder },
  });
});

test('what cannot be read as a file is refused', async () => {
  const folder = tempFolder();
  fs.mkdirSync(path.join(folder, 'nunba.db'));
  await expect(openStorage(optionsFor(folder))).rejects.toMatchObject({ failure: { kind: 'storage-damaged' } });
});

test('a full disk is a failure the person can act on, and the transaction leaves nothing', async () => {
  const storage = await open(optionsFor(tempFolder()));
  const pages = Number(await pragma(storage, 'page_count'));
  await pragma(storage, `max_page_count = ${pages + 4}`);
  await expect(
    storage.db.transaction().execute(async (db) => {
      await db.insertInto('settings').values({ name: 'small', value_json: '1' }).execute();
      await db
        .insertInto('settings')
        .values({ name: 'large', value_json: 'x'.repeat(100_000) })
        .execute();
    }),
  ).rejects.toMatchObject({ failure: { kind: 'storage-full' } });
  expect(await storage.db.selectFrom('settings').selectAll().execute()).toEqual([]);
  await storage.db.insertInto('settings').values({ name: 'small', value_json: '1' }).execute();
});

test('closing twice is closing once', async () => {
  const options = optionsFor(tempFolder());
  const storage = await openStorage(options);
  await Promise.all([storage.close(), storage.close()]);
  expect(fs.existsSync(`${options.file}.open`)).toBe(false);
});
