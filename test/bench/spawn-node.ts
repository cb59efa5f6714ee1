import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../builders/free-port.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const builtNode = path.join(root, 'dist/node-core/main.js');

/** A built node in a process and a data folder of its own. */
export interface SpawnedNode {
  readonly process: ChildProcess;
  readonly port: number;
  readonly dataFolder: string;
  /** From spawn to the first answered `GET /health`, ms. */
  readonly startMs: number;
  /** What it has printed so far. */
  output(): string;
  /** Ends the process and removes the folder. */
  stop(): Promise<void>;
}

export const temporaryFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'nunba-bench-'));

const isHealthy = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });

/** Waits for the line that names the address: asking over and over before would cost the node a core. */
const saysWhere = (child: ChildProcess, output: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    const give = (reason: string): void => reject(new Error(`The node ${reason}: ${output()}`));
    const timer = setTimeout(() => give('did not start'), 20_000);
    child.once('exit', (code) => give(`ended with ${code}`));
    child.stdout?.on('data', () => {
      if (!output().includes('answers at')) return;
      clearTimeout(timer);
      resolve();
    });
  });

/** Starts the built node and waits, at most 20 s, for its first health answer. */
export async function spawnNode(
  environment: Readonly<Record<string, string>> = {},
  dataFolder = temporaryFolder(),
  extra: readonly string[] = [],
): Promise<SpawnedNode> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [builtNode, 'serve', '--data', dataFolder, '--port', String(port), ...extra], {
    env: { PATH: process.env.PATH ?? '', HOME: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  await saysWhere(child, () => output);
  if (!(await isHealthy(port))) throw new Error(`The node did not answer: ${output}`);
  const startMs = performance.now() - started;
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    fs.rmSync(dataFolder, { recursive: true, force: true });
  };
  return { process: child, port, dataFolder, startMs, output: () => output, stop };
}
