import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { openStorage } from '../../../../node-core/storage/open-storage.ts';
import {
  openFederationKeyStore,
  showHeldFederationKey,
} from '../../../../node-core/trust/authority/federation-key-store.ts';
import { namedFederationKey } from '../../../../node-core/trust/federation-keys.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';

const day = 24 * 60 * 60_000;

async function central() {
  const clock = createFakeClock(1_000);
  const folder = tempFolder();
  const log = createRecordedLog();
  const file = path.join(folder, 'nunba.db');
  const storage = await openStorage({ file, backupsFolder: path.join(folder, 'backups'), clock, log });
  onTestFinished(() => storage.close());
  const open = async (environmentKey: Uint8Array | null = null) => {
    const store = await openFederationKeyStore({ storage, environmentKey, clock, randomBytes });
    onTestFinished(() => store.stop());
    return store;
  };
  return { clock, storage, open };
}

test('a key is made once: processes that start together have the same, and a restart keeps it', async () => {
  const { open } = await central();
  const [one, two] = await Promise.all([open(), open()]);
  const again = await open();
  expect(one.view()).toEqual({
    id: one.current()?.id,
    key: expect.stringMatching(/^[0-9a-f]{64}$/),
    source: 'own',
    since: 1_000,
  });
  expect([two.view(), again.view()]).toEqual([one.view(), one.view()]);
});

test('the key before is accepted for 8 days, also when it was rotated twice', async () => {
  const { open, clock } = await central();
  const store = await open();
  const first = store.current()?.id;
  await store.rotate();
  const second = store.current()?.id;
  await clock.advance(day);
  await store.rotate();
  const third = store.current()?.id;
  expect(new Set([first, second, third]).size).toBe(3);
  expect(store.accepted().map(({ id }) => id)).toEqual([third, second, first]);
  await clock.advance(7 * day);
  expect(store.accepted().map(({ id }) => id)).toEqual([third, second]);
  await clock.advance(day);
  expect(store.accepted().map(({ id }) => id)).toEqual([third]);
});

test('another process that rotates is seen within half a minute', async () => {
  const { open, clock } = await central();
  const [one, two] = [await open(), await open()];
  await one.rotate();
  await clock.advance(30_000);
  expect(two.view()).toEqual(one.view());
  expect(two.accepted()).toHaveLength(2);
});

test('the environment wins, says so, and is not rotated; the hive’s own key is accepted beside it', async () => {
  const { open } = await central();
  const own = (await open()).current()?.id;
  const key = new Uint8Array(32).fill(7);
  const store = await open(key);
  expect(store.view()).toEqual({
    id: namedFederationKey(key).id,
    key: '07'.repeat(32),
    source: 'environment',
    since: null,
  });
  expect(store.accepted().map(({ id }) => id)).toEqual([namedFederationKey(key).id, own]);
  const error: unknown = await store.rotate().catch((reason: unknown) => reason);
  expect(failureOf(error)).toMatchObject({ kind: 'set-elsewhere', name: 'HART_NODE_KEY' });
  expect((await open()).current()?.id).toBe(own);
});

test('a key that cannot be read is never replaced', async () => {
  const { open, storage } = await central();
  await open();
  await storage.db.updateTable('hive_state').set({ value_json: '{"current":{"key":"zz"}}' }).execute();
  await expect(open()).rejects.toThrow();
  const rows = await storage.db.selectFrom('hive_state').selectAll().execute();
  expect(rows).toEqual([{ name: 'federation-keys', value_json: '{"current":{"key":"zz"}}' }]);
});

test('a member shows the key that it holds, and cannot rotate it', async () => {
  const key = namedFederationKey(new Uint8Array(32).fill(9));
  const desk = showHeldFederationKey({ current: () => key, accepted: () => [key] }, () => false);
  expect(desk.view()).toEqual({ id: key.id, key: '09'.repeat(32), source: 'hive', since: null });
  const error: unknown = await desk.rotate().catch((reason: unknown) => reason);
  expect(failureOf(error)).toEqual({ kind: 'federation-key', what: 'of-central' });
});
