import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { forkChild } from '../../node-core/platform/fork-child.ts';
import { waitFor } from '../builders/wait.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('a child of a node ends when the node is killed', async () => {
  const parent = spawn(process.execPath, [path.resolve(import.meta.dirname, '../builders/forking-parent.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const pid = Number.parseInt(String(line), 10);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await waitFor(() => expect(isAlive(pid)).toBe(false));
});

it('a child gets nothing of the environment but what it is given', async () => {
  const child = forkChild('engine', { environment: { NUNBA_TEST: 'yes' } });
  onTestFinished(() => child.kill());
  await new Promise<void>((resolve) => child.onMessage(() => resolve()));
  const names = fs
    .readFileSync(`/proc/${child.pid}/environ`, 'utf8')
    .split('\0')
    .map((entry) => entry.split('=')[0]);
  expect(names).toContain('NUNBA_TEST');
  expect(names).not.toContain('HOME');
  expect(names).not.toContain('PATH');
});

it('its end is told, once and also afterwards', async () => {
  const child = forkChild('engine');
  const exits: unknown[] = [];
  await new Promise<void>((resolve) => {
    child.onExit((exit) => {
      exits.push(exit);
      resolve();
    });
    child.kill();
  });
  child.onExit((exit) => exits.push(exit));
  expect(exits).toEqual([{ code: null }, { code: null }]);
});
