import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { latestVersion, type Migration } from '../../../node-core/storage/migrate.ts';
import { allMigrations } from '../../../node-core/storage/migrations/all-migrations.ts';
import { openAfterUpdate } from '../../../node-core/storage/open-after-update.ts';
import type { StorageOptions } from '../../../node-core/storage/open-storage.ts';
import { prepareUpdate } from '../../../node-core/storage/prepare-update.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { readUpdateRecord, writeUpdateRecord } from '../../../node-core/storage/update-record.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const at = Date.UTC(2026, 10, 22, 9);
const nextVersion = latestVersion(allMigrations) + 1;
const step: Migration = { version: nextVersion, up: (raw) => raw.exec('ALTER TABLE settings ADD COLUMN extra TEXT') };
const broken: Migration = {
  version: nextVersion,
  up: (raw) => {
    raw.exec('DELETE FROM settings');
    throw new Error('step 2 is broken');
  },
};
const newSteps = [...allMigrations, step];
const brokenSteps = [...allMigrations, broken];
const failed = { failure: { kind: 'update-failed', failedVersion: '0.2.0', previousVersion: '0.1.0' } };

const put = (storage: Storage, name: string) =>
  storage.db.insertInto('settings').values({ name, value_json: '1' }).execute();

/** The database of 0.1.0 just before 0.2.0 is started; one row was written after the snapshot. */
async function installed() {
  const folder = tempFolder();
  const options = {
    file: path.join(folder, 'nunba.db'),
    backupsFolder: path.join(folder, 'backups'),
    clock: createFakeClock(at),
    log: createRecordedLog(),
  };
  const record = path.join(folder, 'update.json');
  const storage = await openAfterUpdate(options, { record, version: '0.1.0' });
  await put(storage, 'before the snapshot');
  const order = { ...options, storage, updateRecord: record, version: '0.1.0', toVersion: '0.2.0' };
  const { snapshot } = await prepareUpdate(order);
  await put(storage, 'after the snapshot');
  await storage.close();
  return { options, record, snapshot, order };
}

async function start(options: StorageOptions, record: string, steps: readonly Migration[], version = '0.2.0') {
  const storage = await openAfterUpdate(options, { record, version }, steps);
  onTestFinished(() => storage.close());
  return storage;
}

const namesIn = (file: string): unknown[] => {
  const raw = new Database(file, { readonly: true });
  try {
    return raw.prepare('SELECT name FROM settings ORDER BY rowid').pluck().all();
  } finally {
    raw.close();
  }
};
const everything = ['before the snapshot', 'after the snapshot'];
const asideOf = (file: string): string => `${file}.failed-0.2.0`;
const kept = (options: StorageOptions, record: string): Buffer =>
  fs.readFileSync(path.join(options.backupsFolder, readUpdateRecord(record)?.snapshot ?? 'none'));

test('what is noted before an update names the snapshot and both versions', async () => {
  const { options, record, snapshot } = await installed();
  const noted = { format: 1, stage: 'prepared', snapshot: snapshot.name, fromVersion: '0.1.0', toVersion: '0.2.0', at };
  expect(readUpdateRecord(record)).toEqual(noted);
  expect(snapshot.reason).toBe('before-update');
  expect(namesIn(path.join(options.backupsFolder, snapshot.name))).toEqual(['before the snapshot']);
});

test('where no copy can be made, nothing is noted', async () => {
  const { options, record, order } = await installed();
  fs.rmSync(record);
  const storage = await start(options, record, allMigrations, '0.1.0');
  fs.rmSync(options.backupsFolder, { recursive: true });
  fs.writeFileSync(options.backupsFolder, 'a file stands where the folder should be');
  await expect(prepareUpdate({ ...order, storage })).rejects.toMatchObject({ failure: { kind: 'folder-unwritable' } });
  expect(fs.existsSync(record)).toBe(false);
});

test('only the last snapshots are kept, and every backup that somebody asked for', async () => {
  const { options, record, order } = await installed();
  const storage = await start(options, record, allMigrations, '0.1.0');
  const asked = await storage.backup();
  const names: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    options.clock.advance(60_000);
    names.unshift((await prepareUpdate({ ...order, storage })).snapshot.name);
  }
  expect(storage.facts().backups.map((backup) => backup.name)).toEqual([...names.slice(0, 3), asked.name]);
});

test('a first start that takes the database over ends the update before anybody can write', async () => {
  const { options, record } = await installed();
  const storage = await start(options, record, newSteps);
  expect(fs.existsSync(record)).toBe(false);
  await put(storage, 'by 0.2.0');
  await storage.close();
  await (await start(options, record, newSteps)).close();
  expect(namesIn(options.file)).toEqual([...everything, 'by 0.2.0']);
});

test('a new version with nothing to change ends the update too', async () => {
  const { options, record } = await installed();
  await start(options, record, allMigrations);
  expect(fs.existsSync(record)).toBe(false);
});

test('a migration that fails is taken back byte for byte, with what was written after the snapshot', async () => {
  const { options, record } = await installed();
  await expect(start(options, record, brokenSteps)).rejects.toMatchObject(failed);
  expect(readUpdateRecord(record)?.stage).toBe('went-back');
  expect(fs.readFileSync(options.file).equals(kept(options, record))).toBe(true);
  expect(namesIn(options.file)).toEqual(everything);
  expect(fs.existsSync(asideOf(options.file))).toBe(true);
  const previous = await start(options, record, allMigrations, '0.1.0');
  expect(fs.existsSync(record)).toBe(false);
  await put(previous, 'by 0.1.0 again');
  expect(namesIn(options.file)).toEqual([...everything, 'by 0.1.0 again']);
});

test('the same version may be tried again, and a repaired one goes on', async () => {
  const { options, record } = await installed();
  await expect(start(options, record, brokenSteps)).rejects.toMatchObject(failed);
  options.clock.advance(1_000);
  await expect(start(options, record, brokenSteps)).rejects.toMatchObject(failed);
  await start(options, record, newSteps);
  expect(namesIn(options.file)).toEqual(everything);
  expect(fs.existsSync(record)).toBe(false);
});

/** A process that is killed in the middle of the migration, after it has deleted everything and before it commits. */
function killedInMigration(options: StorageOptions, record: string, laterMs = 0): NodeJS.Signals | null {
  const from = (file: string): string => pathToFileURL(path.resolve('node-core/storage', file)).href;
  const script = `
    import { openAfterUpdate } from '${from('open-after-update.ts')}';
    import { allMigrations } from '${from('migrations/all-migrations.ts')}';
    const up = (raw) => {
      raw.pragma('cache_size = 1');
      raw.exec('DELETE FROM settings; CREATE TABLE filler (a)');
      const insert = raw.prepare('INSERT INTO filler VALUES (randomblob(1000))');
      for (let row = 0; row < 2000; row += 1) insert.run();
      process.kill(process.pid, 'SIGKILL');
    };
    const quiet = () => undefined;
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const options = ${JSON.stringify({ file: options.file, backupsFolder: options.backupsFolder })};
    const run = { record: ${JSON.stringify(record)}, version: '0.2.0' };
    await openAfterUpdate({ ...options, clock: { now: () => ${at + laterMs} }, log }, run, [...allMigrations, { version: ${nextVersion}, up }]);
  `;
  const program = path.join(tempFolder(), 'first-start.mjs');
  fs.writeFileSync(program, script);
  const child = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  if (child.signal === null) throw new Error(child.stderr);
  return child.signal;
}

test('a first start that is killed in its migration is done again by the next, which may well succeed', async () => {
  const { options, record } = await installed();
  expect(killedInMigration(options, record)).toBe('SIGKILL');
  expect(readUpdateRecord(record)).toMatchObject({ stage: 'begun' });
  const storage = await start(options, record, newSteps);
  expect(namesIn(options.file)).toEqual(everything);
  expect(fs.existsSync(record)).toBe(false);
  await put(storage, 'by 0.2.0');
  expect(fs.existsSync(asideOf(options.file))).toBe(false);
});

test('a first start that is killed in its migration twice is taken back by the next', async () => {
  const { options, record } = await installed();
  expect(killedInMigration(options, record)).toBe('SIGKILL');
  expect(killedInMigration(options, record, 1_000)).toBe('SIGKILL');
  expect(readUpdateRecord(record)).toMatchObject({ stage: 'begun', isRetry: true });
  await expect(start(options, record, newSteps)).rejects.toMatchObject(failed);
  expect(readUpdateRecord(record)).toMatchObject({ stage: 'went-back' });
  expect(readUpdateRecord(record)).not.toHaveProperty('isRetry');
  expect(fs.readFileSync(options.file).equals(kept(options, record))).toBe(true);
  expect(namesIn(options.file)).toEqual(everything);
  expect(fs.existsSync(`${options.file}-wal`)).toBe(false);
  await start(options, record, newSteps);
  expect(namesIn(options.file)).toEqual(everything);
});

test('a migration that fails after it was killed once is taken back at once', async () => {
  const { options, record } = await installed();
  expect(killedInMigration(options, record)).toBe('SIGKILL');
  options.clock.advance(1_000);
  await expect(start(options, record, brokenSteps)).rejects.toMatchObject(failed);
  expect(readUpdateRecord(record)).toMatchObject({ stage: 'went-back' });
  expect(fs.readFileSync(options.file).equals(kept(options, record))).toBe(true);
  expect(namesIn(options.file)).toEqual(everything);
});

test('a database that is damaged after the first start was killed is taken back at once', async () => {
  const { options, record } = await installed();
  expect(killedInMigration(options, record)).toBe('SIGKILL');
  for (const side of ['-wal', '-shm']) fs.rmSync(`${options.file}${side}`, { force: true });
  fs.writeFileSync(options.file, 'no database '.repeat(1_000));
  await expect(start(options, record, newSteps)).rejects.toMatchObject(failed);
  expect(namesIn(options.file)).toEqual(everything);
});

test('killed after the commit, before that was noted: nothing is put back over what is there', async () => {
  const { options, record, snapshot } = await installed();
  const noted = readUpdateRecord(record);
  const storage = await start(options, record, newSteps);
  await put(storage, 'by 0.2.0');
  await storage.close();
  if (noted) writeUpdateRecord(record, { ...noted, stage: 'begun', snapshot: snapshot.name });
  await start(options, record, newSteps);
  expect(namesIn(options.file)).toEqual([...everything, 'by 0.2.0']);
  expect(fs.existsSync(record)).toBe(false);
});

/** Everything that a kill can leave while the copy is put back. */
const cutOff: readonly [string, (file: string, copy: string) => void][] = [
  ['before anything was moved', () => undefined],
  ['in copying', (file, copy) => fs.writeFileSync(`${file}.returning`, fs.readFileSync(copy).subarray(0, 5_000))],
  ['after the database was moved away', (file) => fs.renameSync(file, asideOf(file))],
  [
    'after the copy took its place',
    (file, copy) => {
      fs.renameSync(file, asideOf(file));
      fs.copyFileSync(copy, file);
    },
  ],
];

test.each(cutOff)('putting back that was cut off %s is finished by whoever starts next', async (_, leave) => {
  for (const version of ['0.1.0', '0.2.0']) {
    const { options, record, snapshot } = await installed();
    const noted = readUpdateRecord(record);
    if (noted) writeUpdateRecord(record, { ...noted, stage: 'returning' });
    const failing = fs.readFileSync(options.file);
    const copy = path.join(options.backupsFolder, snapshot.name);
    leave(options.file, copy);
    if (version === '0.2.0') {
      await expect(start(options, record, newSteps, version)).rejects.toMatchObject(failed);
      expect(fs.readFileSync(options.file).equals(fs.readFileSync(copy))).toBe(true);
    } else {
      await start(options, record, allMigrations, version);
    }
    expect(namesIn(options.file)).toEqual(['before the snapshot']);
    expect(fs.readFileSync(asideOf(options.file)).equals(failing)).toBe(true);
  }
});

test('a copy that cannot be used is not put anywhere', async () => {
  const { options, record } = await installed();
  expect(killedInMigration(options, record)).toBe('SIGKILL');
  expect(killedInMigration(options, record, 1_000)).toBe('SIGKILL');
  const copy = path.join(options.backupsFolder, readUpdateRecord(record)?.snapshot ?? 'none');
  fs.writeFileSync(copy, 'no database');
  await expect(start(options, record, newSteps)).rejects.toMatchObject(failed);
  expect(namesIn(options.file)).toEqual(everything);
});

test('a record that cannot be read counts as none', async () => {
  const { options, record } = await installed();
  fs.writeFileSync(record, '{');
  await expect(start(options, record, brokenSteps)).rejects.toThrow('step 2 is broken');
  expect(namesIn(options.file)).toEqual(everything);
});
