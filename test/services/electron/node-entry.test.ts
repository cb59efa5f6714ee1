import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../builders/temp-folder.ts';

const entry = path.resolve('electron/node/node-entry.ts');

/** What the utility process has to speak with the shell; this one cannot be spoken to. */
const deafPort = `
  process.parentPort = {
    on: () => undefined,
    postMessage() { throw new Error('nobody foresaw this'); },
  };
  setInterval(() => undefined, 1_000);
`;

test('a start that fails as nobody foresaw says so and ends, where unhandled rejections are only warned about', async () => {
  const folder = tempFolder();
  const port = path.join(folder, 'deaf-port.mjs');
  fs.writeFileSync(port, deafPort);
  const data = path.join(folder, 'data');
  // Electron's utility process treats unhandled rejections so.
  const flags = ['--unhandled-rejections=warn', '--import', port, entry, '--data', data, '--port', '0'];
  const child = spawn(process.execPath, flags, {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([1, expect.stringContaining('nobody foresaw this')]);
}, 60_000);
