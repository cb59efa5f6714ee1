import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { acquireLock, holderOf } from '../../../build/bootstrap-lock.mjs';
import { tempFolder } from '../../builders/temp-folder.ts';

const patient = { timeoutMs: 10_000, onWait: () => undefined };

test('a lock is held by its process until it is given back', async () => {
  const lock = path.join(tempFolder(), 'lock');
  const release = await acquireLock(lock, patient);
  expect(holderOf(lock)).toBe(process.pid);
  release();
  release();
  expect(fs.existsSync(lock)).toBe(false);
});

test('one who comes later waits, says for whom, and gets the lock afterwards', async () => {
  const lock = path.join(tempFolder(), 'lock');
  const release = await acquireLock(lock, patient);
  const waited = Promise.withResolvers<number>();
  const second = acquireLock(lock, { timeoutMs: 10_000, onWait: waited.resolve });
  expect(await waited.promise).toBe(process.pid);
  release();
  (await second)();
  expect(fs.existsSync(lock)).toBe(false);
});

test('many that want the lock at once have it one after the other', async () => {
  const lock = path.join(tempFolder(), 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    const release = await acquireLock(lock, patient);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    release();
  };
  await Promise.all(Array.from({ length: 5 }, work));
  expect(most).toBe(1);
});

test('the lock of a process that has died is taken over', async () => {
  const lock = path.join(tempFolder(), 'lock');
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  fs.mkdirSync(lock);
  fs.writeFileSync(path.join(lock, 'pid'), String(child.pid));
  expect(holderOf(lock)).toBeNull();
  (await acquireLock(lock, patient))();
});

test('a lock that its maker never finished is taken over when it is old', async () => {
  const lock = path.join(tempFolder(), 'lock');
  fs.mkdirSync(lock);
  expect(holderOf(lock)).toBe(0);
  const longAgo = new Date(Date.now() - 60_000);
  fs.utimesSync(lock, longAgo, longAgo);
  expect(holderOf(lock)).toBeNull();
  (await acquireLock(lock, patient))();
});

test('who waits too long is told whose lock it is and where', async () => {
  const lock = path.join(tempFolder(), 'lock');
  const release = await acquireLock(lock, patient);
  onTestFinished(release);
  await expect(acquireLock(lock, { ...patient, timeoutMs: -1 })).rejects.toThrow(
    `process ${process.pid} has held ${lock}`,
  );
});
