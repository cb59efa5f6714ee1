import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { CentralAnswer, StartedCentral } from './enrol-under-kills.ts';
import { tempFolder } from './temp-folder.ts';

const program = path.join(import.meta.dirname, 'crash-central.ts');

interface Loaded {
  readonly child: ChildProcess;
  /** Resolves with what follows the word on one of the lines that it prints. */
  says(word: string): Promise<string>;
  readonly ended: Promise<unknown>;
}

/**
 * Starts desks in processes of their own on one folder, one after another or beside each other. The next one is loaded
 * while the present one serves, so that a start takes no longer than opening the database.
 */
export function createCentralStarter(folder: string): () => Promise<StartedCentral> {
  const cache = tempFolder();
  let spare = load(cache);
  return async () => {
    const { child, says, ended } = spare;
    spare = load(cache);
    await says('ready');
    child.stdin?.write(`${folder}\n`);
    const base = await says('at ');
    return {
      post: (route, body) => post(`${base}${route}`, body),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  };
}

function load(cache: string): Loaded {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close');
  let out = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const listener of [...listeners]) listener();
  });
  const says = (word: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = out
          .split('\n')
          .slice(0, -1)
          .find((text) => text.startsWith(word));
        if (line === undefined) return;
        listeners.delete(look);
        resolve(line.slice(word.length));
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error('the central ended by itself')));
    });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, says, ended };
}

async function post(url: string, body: unknown): Promise<CentralAnswer | null> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  } catch {
    return null;
  }
}
