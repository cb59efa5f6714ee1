import { fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { knownPrograms } from '../../node-core/agents/models/discover-programs.ts';
import { tempFolder, writeFiles } from '../builders/temp-folder.ts';
import { startModelServer } from '../doubles/model-server/start-model-server.ts';
import type { Reach } from './record-sockets.ts';
import type { SilentNodeReport } from './silent-node.ts';

const recorder = path.join(import.meta.dirname, 'record-sockets.ts');
const silentNode = path.join(import.meta.dirname, 'silent-node.ts');

type Told = Reach | SilentNodeReport;

/** Runs a program that is recorded, to its end. */
async function record(file: string, args: readonly string[] = []): Promise<readonly Told[]> {
  const told: Told[] = [];
  const child = fork(file, args, { execArgv: ['--import', recorder], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += String(text);
  });
  child.on('message', (message) => told.push(message as Told));
  await once(child, 'close');
  expect(child.exitCode, errors).toBe(0);
  return told;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

const isReach = (told: Told): told is Reach => ['connect', 'listen', 'datagram', 'name', 'program'].includes(told.kind);

const targets = (told: readonly Told[], kind: Reach['kind']): string[] =>
  told.filter((one) => isReach(one) && one.kind === kind).map((one) => (one as Reach).target);

/** What was told between the beginning of one phase and the next. */
function phase(told: readonly Told[], name: string): readonly Told[] {
  const start = told.findIndex((one) => one.kind === 'phase' && one.name === name);
  expect(start, `phase ${name}`).toBeGreaterThanOrEqual(0);
  const rest = told.slice(start + 1);
  const end = rest.findIndex((one) => one.kind === 'phase');
  return end < 0 ? rest : rest.slice(0, end);
}

test('a flat node reaches nothing but loopback and the chosen model, and listens at one port', async () => {
  const models = await startModelServer();
  onTestFinished(() => models.stop());
  const port = await freePort();
  const told = await record(silentNode, [path.join(tempFolder(), 'data'), String(port), models.url]);

  const model = `127.0.0.1:${models.port}`;
  const programs = knownPrograms.map((program) => `127.0.0.1:${program.port}`);
  expect(targets(told, 'listen')).toEqual([`127.0.0.1:${port}`]);
  expect(targets(told, 'datagram')).toEqual([]);
  expect(targets(told, 'name')).toEqual([]);
  expect(targets(told, 'program')).toEqual([]);

  // The first run looks at each program; nothing is asked but those and the model, and in the chat the model alone.
  const firstRun = new Set(targets(phase(told, 'first-run'), 'connect'));
  expect(firstRun).toEqual(new Set([...programs, model]));
  expect(new Set(targets(phase(told, 'chat'), 'connect'))).toEqual(new Set([model]));
  expect(targets(phase(told, 'idle'), 'connect')).toEqual([]);
  expect(new Set(targets(told, 'connect'))).toEqual(firstRun);

  const answer = told.find((one) => one.kind === 'answer');
  expect(answer).toMatchObject({ text: expect.stringContaining('You wrote: Are you there?') });

  // Settings, About shows the table that all of this was allowed by.
  const said = told.find((one) => one.kind === 'contacts');
  if (said?.kind !== 'contacts') throw new Error('no contacts');
  // Asked only when the person clicks on a model; all the time it was not, or it would be among what was reached.
  const onClick = new Set(['model-download', 'engine']);
  const atOnce = said.contacts.filter(({ purpose }) => !onClick.has(purpose));
  expect(said.contacts.length - atOnce.length).toBe(2);
  expect(new Set(atOnce.map(({ host }) => host))).toEqual(firstRun);
  expect(atOnce.every(({ location }) => location === 'this-computer')).toBe(true);
});

test('what the recorder would have seen', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'noisy.mjs': `
      import { execFileSync } from 'node:child_process';
      import dgram from 'node:dgram';
      import { lookup } from 'node:dns/promises';
      import http from 'node:http';
      const refused = () => undefined;
      await fetch('http://127.0.0.1:49151/').catch(refused);
      await new Promise((done) => http.get('http://127.0.0.3:9/').on('error', done));
      await lookup('localhost').catch(refused);
      const datagrams = dgram.createSocket('udp4');
      await new Promise((done) => datagrams.send('x', 9, '127.0.0.1', done));
      datagrams.close();
      const server = http.createServer().listen(0, '127.0.0.4');
      await new Promise((done) => server.on('listening', done));
      server.close();
      execFileSync(process.execPath, ['--version']);
      process.disconnect();
    `,
  });
  const told = await record(path.join(folder, 'noisy.mjs'));
  expect(targets(told, 'connect')).toEqual(['127.0.0.1:49151', '127.0.0.3:9']);
  expect(targets(told, 'name')).toContain('localhost');
  expect(targets(told, 'datagram')[0]).toContain('send x 9 127.0.0.1');
  expect(targets(told, 'listen')).toEqual([expect.stringMatching(/^127\.0\.0\.4:\d+$/)]);
  expect(targets(told, 'program')).toEqual([process.execPath]);
});
