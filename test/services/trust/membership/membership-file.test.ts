import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import type { AtomicFiles } from '../../../../node-core/platform/atomic-file.ts';
import { openMembershipFile } from '../../../../node-core/trust/membership/membership-file.ts';
import { flatMembership, type Membership } from '../../../../node-core/trust/membership/membership-record.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';

const fileIn = (folder: string): string => path.join(folder, 'identity', 'membership.json');
const withOffset =
  (offsetMs: number) =>
  (present: Membership): Membership => ({ ...present, hiveTime: { ...present.hiveTime, offsetMs } });

it('begins flat, makes no file before something is stored, and keeps what is, for its owner alone', async () => {
  const file = fileIn(tempFolder());
  const store = await openMembershipFile({ file });
  expect(store.get()).toEqual(flatMembership);
  expect(fs.existsSync(file)).toBe(false);
  let told = 0;
  const end = store.onChange(() => {
    told += 1;
  });
  await store.update(withOffset(7));
  await store.update((present) => present);
  end();
  await store.update(withOffset(8));
  expect(told).toBe(1);
  if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect((await openMembershipFile({ file })).get().hiveTime.offsetMs).toBe(8);
});

it('tells when all that was asked for is stored, also what was asked meanwhile', async () => {
  const file = fileIn(tempFolder());
  const store = await openMembershipFile({ file });
  void store.update(withOffset(1)).then(() => store.update(withOffset(2)));
  await store.settled();
  expect((await openMembershipFile({ file })).get().hiveTime.offsetMs).toBe(2);
  const refused = store.update(() => {
    throw new Error('never');
  });
  await Promise.all([store.settled(), expect(refused).rejects.toThrow('never')]);
});

it('reads what an earlier version wrote, with neither history nor words', async () => {
  const file = fileIn(tempFolder());
  fs.mkdirSync(path.dirname(file));
  fs.copyFileSync(new URL('membership-1.json', import.meta.url), file);
  const membership = (await openMembershipFile({ file })).get();
  expect(membership).toMatchObject({
    hive: null,
    application: { phase: { kind: 'unconfirmed' }, words: null },
    history: [],
  });
});

it('makes changes one after another, each of what the one before left', async () => {
  const file = fileIn(tempFolder());
  const store = await openMembershipFile({ file });
  const one = (present: Membership): Membership => withOffset(present.hiveTime.offsetMs + 1)(present);
  await Promise.all(Array.from({ length: 20 }, () => store.update(one)));
  expect((await openMembershipFile({ file })).get().hiveTime.offsetMs).toBe(20);
});

it.each([
  ['damaged', '{"version":1'],
  ['empty', ''],
  ['of a newer version', JSON.stringify({ ...flatMembership, version: 2 })],
  ['of another shape', JSON.stringify({ ...flatMembership, hive: { anchor: 'x' } })],
  ['too large', ' '.repeat(5 * 1024 * 1024)],
])('refuses a file that is %s, and leaves it as it is', async (_, content) => {
  const file = fileIn(tempFolder());
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, content);
  const failure = await openMembershipFile({ file }).catch(failureOf);
  expect(failure).toMatchObject({ kind: 'membership-unreadable', path: file });
  expect(fs.readFileSync(file, 'utf8')).toBe(content);
});

it('says that the disk is full, keeps what was, and stores again when there is space', async () => {
  const file = fileIn(tempFolder());
  let isFull = false;
  const files: AtomicFiles = {
    ...nodeFiles,
    open: (...order: Parameters<AtomicFiles['open']>) =>
      isFull ? Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })) : nodeFiles.open(...order),
  };
  const store = await openMembershipFile({ file, files });
  await store.update(withOffset(1));
  isFull = true;
  expect(await store.update(withOffset(2)).catch(failureOf)).toEqual({ kind: 'storage-full' });
  expect(store.get().hiveTime.offsetMs).toBe(1);
  isFull = false;
  await store.update((present) => withOffset(present.hiveTime.offsetMs + 10)(present));
  expect((await openMembershipFile({ file })).get().hiveTime.offsetMs).toBe(11);
});
