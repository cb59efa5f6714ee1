import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import {
  type ComputerHealth,
  type ComputerHealthParts,
  createComputerHealth,
} from '../../../node-core/health/computer-health.ts';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const minute = 60_000;

/** A real database in a real folder; the clock begins right. */
async function open(
  beginsAt = Date.now(),
  change: (storage: Storage) => Partial<ComputerHealthParts['storage']> = () => ({}),
) {
  const folder = tempFolder();
  const clock = createFakeClock(beginsAt);
  const log = createRecordedLog();
  const file = path.join(folder, 'nunba.db');
  const storage = await openStorage({ file, backupsFolder: path.join(folder, 'backups'), clock, log });
  onTestFinished(() => storage.close());
  const health = createComputerHealth({
    storage: { ...bound(storage), ...change(storage) },
    folder,
    databaseFile: file,
    clock,
    log,
    synchronisedBy: () => null,
  });
  onTestFinished(() => health.stop());
  return { folder, file, clock, log, storage, health };
}

const bound = (storage: Storage): ComputerHealthParts['storage'] => ({
  check: () => storage.check(),
  lastCheck: () => storage.lastCheck(),
  probe: () => storage.probe(),
  counts: () => storage.counts(),
  onFailure: (listener) => storage.onFailure(listener),
  onReplaced: (listener) => storage.onReplaced(listener),
});

const write = (storage: Storage, name: string, size = 300_000): Promise<unknown> =>
  storage.db
    .insertInto('settings')
    .values({ name, value_json: JSON.stringify('x'.repeat(size)) })
    .execute();
const kinds = (health: ComputerHealth) => {
  const { database, disk, clock } = health.facts();
  return [database.kind, disk.kind, clock.kind];
};

test('nothing is said to be well before it was looked at', async () => {
  const { health } = await open();
  expect(kinds(health)).toEqual(['not-looked', 'not-looked', 'right']);
  await health.look(null);
  expect(kinds(health)).toEqual(['sound', 'room', 'right']);
});

test('a look leaves nothing behind and waits for whoever writes', async () => {
  const { health, storage } = await open();
  await write(storage, 'a');
  const before = await sql`SELECT count(*) AS n FROM sqlite_schema`.execute(storage.db);
  await Promise.all([
    storage.db.transaction().execute((db) => db.deleteFrom('settings').execute()),
    health.look('disk'),
  ]);
  expect(await sql`SELECT count(*) AS n FROM sqlite_schema`.execute(storage.db)).toEqual(before);
  expect(kinds(health)[1]).toBe('room');
});

test('a database that may grow no more is a full disk, until there is room again', async () => {
  const { health, storage, clock } = await open();
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(storage.db);
  await sql.raw(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 0}`).execute(storage.db);
  await clock.advance(minute);
  const since = clock.now();
  await health.look('disk');
  await clock.advance(minute);
  await health.look('disk');
  expect(health.facts().disk).toMatchObject({ kind: 'full', since, lookedAt: since + minute });
  await sql.raw('PRAGMA max_page_count = 1000000').execute(storage.db);
  await health.look('disk');
  expect(kinds(health)[1]).toBe('room');
});

test('a write that fails for want of room is enough to know it', async () => {
  const { health, storage } = await open();
  health.start();
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(storage.db);
  await sql.raw(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 0}`).execute(storage.db);
  const looked = new Promise<void>((resolve) => {
    health.onLooked(resolve);
  });
  await expect(write(storage, 'a')).rejects.toMatchObject({ failure: { kind: 'storage-full' } });
  await looked;
  expect(kinds(health)[1]).toBe('full');
});

test('a write that was refused counts until a later look can write', async () => {
  const { health, storage, clock } = await open();
  health.start();
  await health.look('disk');
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(storage.db);
  await sql.raw(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 0}`).execute(storage.db);
  const refused = write(storage, 'a');
  await expect(refused).rejects.toMatchObject({ failure: { kind: 'storage-full' } });
  // There is room for less than what was refused.
  await sql.raw('PRAGMA max_page_count = 1000000').execute(storage.db);
  await expect.poll(() => kinds(health)[1]).toBe('full');
  await clock.advance(minute);
  await expect.poll(() => kinds(health)[1]).toBe('room');
});

test('a look that began before a write was refused does not say that there is room', async () => {
  const probed: PromiseWithResolvers<void> = Promise.withResolvers();
  const { health, storage } = await open(Date.now(), () => ({ probe: () => probed.promise }));
  health.start();
  const looking = health.look('disk');
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(storage.db);
  await sql.raw(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 0}`).execute(storage.db);
  await expect(write(storage, 'a')).rejects.toThrow();
  probed.resolve();
  await looking;
  await expect.poll(() => kinds(health)[1]).toBe('full');
});

test('a database that may not be written is no room, since then, until it may', async () => {
  const { health, storage, clock } = await open();
  await sql`PRAGMA query_only = ON`.execute(storage.db);
  const since = clock.now();
  await health.look('disk');
  await clock.advance(minute);
  await health.look('disk');
  expect(health.facts().disk).toMatchObject({ kind: 'unwritable', since, lookedAt: since + minute });
  await sql`PRAGMA query_only = OFF`.execute(storage.db);
  await health.look('disk');
  expect(kinds(health)[1]).toBe('room');
});

test('a write that is refused for want of rights is looked into at once', async () => {
  const { health, storage } = await open();
  health.start();
  await sql`PRAGMA query_only = ON`.execute(storage.db);
  await expect(write(storage, 'a')).rejects.toMatchObject({ failure: { kind: 'folder-unwritable' } });
  await expect.poll(() => kinds(health)[1]).toBe('unwritable');
});

test('a folder that takes no file is not told as room', async () => {
  const { health, file, folder, storage } = await open();
  fs.mkdirSync(`${file}.probe`);
  await health.look('disk');
  expect(kinds(health)[1]).not.toBe('room');
  fs.rmdirSync(`${file}.probe`);
  await storage.probe();
  await health.look('disk');
  expect(kinds(health)[1]).toBe('room');
  expect(fs.readdirSync(folder).filter((name) => name.includes('probe'))).toEqual([]);
});

test('damage in the file is found, stays known since then, and is over when a backup was restored', async () => {
  const { health, storage, file, clock } = await open();
  for (let row = 0; row < 20; row += 1) await write(storage, `row-${row}`);
  const backup = await storage.backup();
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(storage.db);
  const { size } = fs.statSync(file);
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(8_192, 0xaa), 0, 8_192, Math.floor(size / 8_192 / 2) * 4_096);
  fs.closeSync(handle);

  await health.look('database');
  const since = clock.now();
  expect(health.facts().database).toMatchObject({ kind: 'damaged', since, problem: expect.stringMatching(/./) });
  await clock.advance(minute);
  await health.look('database');
  expect(health.facts().database).toMatchObject({ kind: 'damaged', since, lookedAt: clock.now() });

  health.start();
  await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
  expect(health.facts().database).toMatchObject({ kind: 'sound' });
});

test('a look that could not be made leaves the database unknown, neither damaged nor sound', async () => {
  const { health, file, log } = await open();
  await health.look('database');
  expect(kinds(health)[0]).toBe('sound');
  fs.renameSync(file, `${file}.away`);
  await health.look('database');
  fs.renameSync(`${file}.away`, file);
  expect(kinds(health)[0]).toBe('not-looked');
  expect(log.lines.some(({ message }) => message === 'Could not look through the database.')).toBe(true);
  await health.look('database');
  expect(kinds(health)[0]).toBe('sound');
});

test('a look at the database of before says nothing of the one that a restore has brought', async () => {
  const found: PromiseWithResolvers<void> = Promise.withResolvers();
  const checks: number[] = [];
  const { health, storage } = await open(Date.now(), (real) => ({
    check: async () => {
      const isFirst = checks.push(checks.length) === 1;
      if (isFirst) await found.promise;
      return real.check();
    },
  }));
  const backup = await storage.backup();
  health.start();
  const first = health.look('database');
  await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
  expect(checks).toHaveLength(2);
  expect(kinds(health)[0]).toBe('sound');
  found.resolve();
  await first;
});

test('what cannot be counted, and a listener that breaks, end no look', async () => {
  const { health } = await open(Date.now(), () => ({
    counts: () => {
      throw new Error('no handles left');
    },
  }));
  health.onLooked(() => {
    throw new Error('nobody there');
  });
  await health.look(null);
  expect(kinds(health)).toEqual(['not-looked', 'room', 'right']);
});

test('a look that somebody else asked for counts as well', async () => {
  const { health, storage, clock } = await open();
  await storage.check();
  expect(health.facts().database).toMatchObject({ kind: 'sound', lookedAt: clock.now() });
});

test('a clock that is behind what the system wrote is wrong, by as much, until it is set right', async () => {
  const day = 24 * 60 * minute;
  const { health, clock } = await open(Date.now() - 2 * day);
  const { clock: wrong } = health.facts();
  expect(wrong).toMatchObject({ kind: 'wrong', against: 'files' });
  expect(wrong.differenceMs).toBeGreaterThan(2 * day - minute);
  await clock.advance(2 * day);
  await health.look('clock');
  expect(health.facts().clock).toMatchObject({ kind: 'right', lookedAt: clock.now() });
});

test('it looks by itself: soon after the start, each minute, and through the whole database once a day', async () => {
  const { health, clock } = await open();
  health.start();
  const looks: number[] = [];
  health.onLooked(() => looks.push(clock.now()));
  await clock.advance(1_000);
  await expect.poll(() => looks.length).toBe(1);
  await clock.advance(59_000);
  await expect.poll(() => kinds(health)).toEqual(['sound', 'room', 'right']);
  await clock.advance(minute);
  await expect.poll(() => health.facts().disk).toMatchObject({ lookedAt: clock.now() });
  health.stop();
  expect(clock.pendingTimers()).toBe(0);
});
