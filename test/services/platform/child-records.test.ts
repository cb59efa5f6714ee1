import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { openChildRecords } from '../../../node-core/platform/child-records.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

/** A program that ends by itself only after a minute, in a group of its own. */
function longRun(): { readonly child: ChildProcess; readonly pid: number; readonly ended: Promise<unknown> } {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, pid: child.pid ?? 0, ended };
}

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.skipIf(process.platform === 'win32')('a child that was left is ended by who owns the folder next', async () => {
  const folder = tempFolder();
  const { pid, ended } = longRun();
  openChildRecords(folder).add(pid);
  openChildRecords(folder);
  expect(await ended).toBe('SIGKILL');
  expect(fs.readdirSync(path.join(folder, 'children'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('a folder that refuses, or holds what is no record, stops nothing', () => {
  const folder = tempFolder();
  fs.mkdirSync(path.join(folder, 'children', 'a folder'), { recursive: true });
  const records = openChildRecords(folder);
  const { pid } = longRun();
  const strikeOff = records.add(pid);
  fs.rmSync(path.join(folder, 'children'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'children', String(pid)), { recursive: true });
  expect(strikeOff).not.toThrow();
  expect(isThere(pid)).toBe(true);
});

test.skipIf(process.platform === 'win32')('what was struck off, or is another process by now, is left alone', () => {
  const folder = tempFolder();
  const [one, other] = [longRun(), longRun()];
  const records = openChildRecords(folder);
  records.add(one.pid)();
  records.add(other.pid);
  const file = path.join(folder, 'children', String(other.pid));
  const { mark } = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ pid: other.pid, mark: `${mark}0` }));
  fs.writeFileSync(path.join(folder, 'children', '1'), JSON.stringify({ pid: 1, mark: 'x' }));
  fs.writeFileSync(path.join(folder, 'children', '2'), 'not JSON');
  openChildRecords(folder);
  expect([isThere(one.pid), isThere(other.pid)]).toEqual([true, true]);
  expect(fs.readdirSync(path.join(folder, 'children'))).toEqual([]);
});
