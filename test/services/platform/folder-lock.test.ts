import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { readEndpoint } from '../../../node-core/platform/endpoint-file.ts';
import { lockFolder } from '../../../node-core/platform/folder-lock.ts';
import { ownFolder } from '../../../node-core/platform/owned-folder.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const token = 'a-token-of-this-run-0123456789';
const lockModule = path.resolve(import.meta.dirname, '../../../node-core/platform/folder-lock.ts');

function refusalOf(folder: string): unknown {
  try {
    ownFolder(folder, token).release();
    return null;
  } catch (error) {
    return failureOf(error);
  }
}

/** Another process that takes the lock and says whether it has it; it holds on until it is ended. */
async function rival(folder: string): Promise<{ readonly process: ChildProcess; readonly hasLock: boolean }> {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(lockModule)});
    globalThis.lock = lockFolder(${JSON.stringify(folder)});
    console.log(globalThis.lock === null ? 'lost' : 'won');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  return { process: child, hasLock: String(said).trim() === 'won' };
}

test('a folder is locked once, and free again after its release', () => {
  const folder = tempFolder();
  const first = lockFolder(folder);
  expect(first).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  first?.release();
  const second = lockFolder(folder);
  expect(second).not.toBeNull();
  second?.release();
});

test('of several processes one wins, and the folder is free the moment it is killed', async () => {
  const folder = tempFolder();
  const rivals = await Promise.all([rival(folder), rival(folder), rival(folder)]);
  expect(rivals.filter(({ hasLock }) => hasLock)).toHaveLength(1);
  expect(lockFolder(folder)).toBeNull();
  const winner = rivals.find(({ hasLock }) => hasLock);
  winner?.process.kill('SIGKILL');
  if (winner) await once(winner.process, 'exit');
  const mine = lockFolder(folder);
  expect(mine).not.toBeNull();
  mine?.release();
});

test('the second owner is told who the first one is', () => {
  const folder = path.join(tempFolder(), 'data');
  const first = ownFolder(folder, token);
  first.announce('http://127.0.0.1:6777');
  expect(refusalOf(folder)).toEqual({
    kind: 'folder-locked',
    path: folder,
    pid: process.pid,
    address: 'http://127.0.0.1:6777',
  });
  first.release();
  first.release();
  expect(readEndpoint(first.places.run)).toBeNull();
  const second = ownFolder(folder, token);
  second.release();
});

test('what a killed owner left behind is no obstacle, even if its process id lives on', () => {
  const folder = path.join(tempFolder(), 'data');
  const run = path.join(folder, 'run');
  fs.mkdirSync(run, { recursive: true });
  const stale = { pid: process.ppid, address: 'http://127.0.0.1:6777', token };
  fs.writeFileSync(path.join(run, 'endpoint.json'), JSON.stringify(stale));
  fs.writeFileSync(path.join(run, 'lock'), '');
  const owned = ownFolder(folder, token);
  expect(readEndpoint(run)).toEqual({ pid: process.pid, address: null, token });
  owned.release();
});

test.skipIf(process.platform === 'win32')('the endpoint is for its owner alone', () => {
  const folder = path.join(tempFolder(), 'data');
  const owned = ownFolder(folder, token);
  const modeOf = (file: string): number => fs.statSync(file).mode & 0o777;
  expect(modeOf(path.join(owned.places.run, 'endpoint.json'))).toBe(0o600);
  expect(modeOf(folder)).toBe(0o700);
  owned.release();
});

test.each(['', 'null', '{}', '{"pid":1}', '{"pid":-1,"address":null,"token":"a-token-of-this-run-0123456789"}'])(
  'an endpoint that says %j is none',
  (text) => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 'endpoint.json'), text);
    expect(readEndpoint(folder)).toBeNull();
  },
);
