import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { latestVersion, type Migration } from '../../../node-core/storage/migrate.ts';
import { allMigrations } from '../../../node-core/storage/migrations/all-migrations.ts';
import { openStorage, openWith } from '../../../node-core/storage/open-storage.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const at = Date.UTC(2026, 9, 14, 9, 15);

/** A database of the present schema, closed, with a setting in it. */
async function present() {
  const folder = tempFolder();
  const options = {
    file: path.join(folder, 'nunba.db'),
    backupsFolder: path.join(folder, 'backups'),
    clock: createFakeClock(at),
    log: createRecordedLog(),
  };
  const storage = await openStorage(options);
  await storage.db.insertInto('settings').values({ name: 'kept', value_json: '1' }).execute();
  await storage.close();
  return options;
}

const latest = latestVersion(allMigrations);
const next: Migration = {
  version: latest + 1,
  up: (raw) => raw.exec("ALTER TABLE settings ADD COLUMN extra TEXT; UPDATE settings SET extra = 'new'"),
};
const broken: Migration = {
  version: latest + 2,
  up: (raw) => {
    raw.exec('DELETE FROM settings; CREATE TABLE half (a)');
    throw new Error('this step is broken');
  },
};
const orphaning: Migration = {
  version: latest + 1,
  up: (raw) => raw.exec("INSERT INTO checklists (conversation_id, revision, items_json) VALUES ('nobody', 1, '{}')"),
};

const read = (file: string, query: string): unknown[] => {
  const raw = new Database(file, { readonly: true });
  try {
    return raw.prepare(query).all();
  } finally {
    raw.close();
  }
};

test('the steps are numbered without gaps', () => {
  expect(allMigrations.map((step) => step.version)).toEqual(allMigrations.map((_, index) => index + 1));
});

test('a new step runs once, after a backup that is verified and still has the old schema', async () => {
  const options = await present();
  const storage = await openWith(options, [...allMigrations, next]);
  onTestFinished(() => storage.close());
  expect(read(options.file, 'SELECT * FROM settings')).toEqual([{ name: 'kept', value_json: '1', extra: 'new' }]);
  const backup = 'nunba-20261014T091500000Z-before-migration.db';
  expect(storage.facts().backups).toMatchObject([{ name: backup, at, reason: 'before-migration' }]);
  expect(read(path.join(options.backupsFolder, backup), 'SELECT * FROM settings')).toEqual([
    { name: 'kept', value_json: '1' },
  ]);
});

test('a step that fails leaves the database as it was, also what the steps before it did', async () => {
  const options = await present();
  const before = fs.readFileSync(options.file);
  await expect(openWith(options, [...allMigrations, next, broken])).rejects.toThrow('this step is broken');
  expect(read(options.file, 'SELECT * FROM settings')).toEqual([{ name: 'kept', value_json: '1' }]);
  expect(read(options.file, 'PRAGMA user_version')).toEqual([{ user_version: latest }]);
  expect(fs.readFileSync(options.file).equals(before)).toBe(true);
  const storage = await openStorage(options);
  await storage.close();
});

test('a step that leaves rows without what they refer to is taken back', async () => {
  const options = await present();
  await expect(openWith(options, [...allMigrations, orphaning])).rejects.toThrow('refer to nothing');
  expect(read(options.file, 'SELECT * FROM checklists')).toEqual([]);
});

test('when the backup cannot be made, no step runs', async () => {
  const options = await present();
  fs.writeFileSync(options.backupsFolder, 'a file stands where the folder should be');
  await expect(openWith(options, [...allMigrations, next])).rejects.toMatchObject({
    failure: { kind: 'folder-unwritable' },
  });
  expect(read(options.file, 'PRAGMA user_version')).toEqual([{ user_version: latest }]);
});

test('a new database needs no backup', async () => {
  const folder = tempFolder();
  const storage = await openWith(
    {
      file: path.join(folder, 'nunba.db'),
      backupsFolder: path.join(folder, 'backups'),
      clock: createFakeClock(at),
      log: createRecordedLog(),
    },
    [...allMigrations, next],
  );
  onTestFinished(() => storage.close());
  expect(storage.facts().backups).toEqual([]);
});
