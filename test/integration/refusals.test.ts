import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Ended, type Environment, runCommand, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

/** Everything in a folder and what is in it, apart from the lock and the log. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  if (!fs.existsSync(folder)) return {};
  const names = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(run|logs)\b/.test(name));
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'base64')]));
}

function expectOneSentence({ code, out, errors }: Ended, sentence: RegExp): void {
  expect([code, out]).toEqual([1, '']);
  expect(errors).toMatch(sentence);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  expect(errors.trimEnd()).toMatch(/[^.]\.$/);
}

const mostFree = ['--port', '0'];

/** `serve` that must refuse, and must leave the folder as it was. */
async function refused(
  folder: string,
  sentence: RegExp,
  args = mostFree,
  environment: Environment = {},
): Promise<void> {
  const before = contentOf(folder);
  expectOneSentence(await runCommand(['serve', '--data', folder, ...args], environment), sentence);
  expect(contentOf(folder)).toEqual(before);
}

describe('serve refuses in one sentence and changes nothing', () => {
  test('a folder that another node has', async () => {
    const folder = path.join(tempFolder(), 'data');
    const first = await serveNode(folder);
    const result = await runCommand(['serve', '--data', folder, ...mostFree]);
    expectOneSentence(result, /is already in use by process \d+, which answers at http:\/\/127\.0\.0\.1:\d+/);
    expect(result.errors).toContain(String(first.process.pid));
    expect(result.errors).toContain(first.address);
    expect((await fetch(`${first.address}/health`)).status).toBe(200);
  });

  test('a port that another program has', async () => {
    const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as net.AddressInfo;
    const folder = path.join(tempFolder(), 'data');
    const result = await runCommand(['serve', '--data', folder, '--port', String(port)]);
    expectOneSentence(result, /is taken by another program\. Port \d+ is free: use --port \d+\./);
    expect(fs.existsSync(folder)).toBe(false);
    const free = /--port (\d+)/.exec(result.errors)?.[1];
    const second = await serveNode(folder, {}, ['--port', String(free)]);
    expect(second.address).toBe(`http://127.0.0.1:${free}`);
  });

  test('a port that another Nunba has', async () => {
    const first = await serveNode(path.join(tempFolder(), 'data'));
    const { port } = new URL(first.address);
    await refusedFresh(/is taken by another Nunba \(\d+\.\d+\.\d+\)/, ['--port', port]);
  });

  test('a damaged database', async () => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 'nunba.db'), 'This is no database at all. '.repeat(400));
    await refused(folder, /is damaged .* Nothing was changed/);
  });

  test('a database with a torn page', async () => {
    const folder = path.join(tempFolder(), 'data');
    const node = await serveNode(folder);
    await node.stop();
    const file = path.join(folder, 'nunba.db');
    const bytes = fs.readFileSync(file);
    bytes.fill(0x41, 4096, bytes.length);
    fs.writeFileSync(file, bytes);
    fs.writeFileSync(`${file}.open`, '');
    await refused(folder, /is damaged/);
  });

  test('a folder that cannot be made', async () => {
    const file = path.join(tempFolder(), 'file');
    fs.writeFileSync(file, '');
    await refused(path.join(file, 'data'), /cannot be written to \(a part of the path is a file\)/);
  });

  test('a folder of the Python Nunba', async () => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 'hevolve_database.db'), 'theirs');
    await refused(folder, /belongs to the Python Nunba/);
    expect(fs.readdirSync(folder)).toEqual(['hevolve_database.db']);
  });

  test('a folder that belongs to a hive', async () => {
    const folder = path.join(tempFolder(), 'data');
    await (await serveNode(folder)).stop();
    const database = new Database(path.join(folder, 'nunba.db'));
    database.prepare(`UPDATE settings SET value_json = '"regional"' WHERE name = 'node.tier'`).run();
    database.close();
    await refused(folder, /belongs to a regional node/, [...mostFree, '--tier', 'flat']);
  });

  test.each([
    [
      ['--tier', 'mesh'],
      {},
      /^--tier \(command line\) cannot be used: there is no tier “mesh”; there are flat, regional, local, central\./,
    ],
    [[], { HEVOLVE_NODE_TIER: 'regional' }, /^HEVOLVE_NODE_TIER .* it needs HEVOLVE_CENTRAL_URL or a join link/],
    [['--tls-cert', 'a.pem'], {}, /--tls-cert and --tls-key belong together/],
    [
      ['--tier', 'central', '--public-url', 'https://localhost:1'],
      { HEVOLVE_MASTER_PRIVATE_KEY: 'ab'.repeat(32) },
      /^HEVOLVE_MASTER_PRIVATE_KEY .* does not belong into the environment/,
    ],
    [['--port', '99999'], {}, /^--port .* ports end at 65535/],
    [['--host', '192.0.2.1'], {}, /^--host .* no such address/],
    [
      [],
      { HEVOLVE_LLM_ENDPOINT_URL: 'localhost:8080' },
      /^HEVOLVE_LLM_ENDPOINT_URL \(environment\) .* begins with http/,
    ],
    [[], { NUNBA_HOST: 'a b' }, /^NUNBA_HOST \(environment\) .* not a host name/],
  ] as const)('%j with %j', async (args, environment, sentence) => {
    await refusedFresh(sentence, [...mostFree, ...args], environment);
  });
});

/** Refused on a folder that does not exist, and of which nothing but its lock may exist afterwards. */
async function refusedFresh(sentence: RegExp, args: readonly string[], environment: Environment = {}): Promise<void> {
  const folder = path.join(tempFolder(), 'data');
  expectOneSentence(await runCommand(['serve', '--data', folder, ...args], environment), sentence);
}
