import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createClient } from '../../node-core/api/client.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';
import { openNodeSocket } from '../../node-core/commands/open-node-socket.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import { runCommand, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const newFolder = (): string => path.join(tempFolder(), 'data');
const isPageBuilt = findProgramFiles(import.meta.dirname).page !== null;

/** Status of a request whose path is sent exactly as it is. */
const statusOf = (address: string, exactPath: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    http
      .get({ hostname, port, path: exactPath, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject);
  });

test('without --ui there is no page', async () => {
  const { address } = await serveNode(newFolder());
  expect((await fetch(address)).status).toBe(404);
});

test.runIf(isPageBuilt)('with --ui the printed address lets one page in, once', async () => {
  const node = await serveNode(newFolder(), {}, ['--ui']);
  const [, token = ''] = await node.says(/\/#token=([\w-]+)/);
  const page = await fetch(node.address);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  expect((await fetch(node.address + script)).headers.get('cache-control')).toContain('immutable');

  const exchange = (): Promise<Response> =>
    fetch(`${node.address}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: node.address },
      body: JSON.stringify({ token }),
    });
  const first = await exchange();
  expect(first.status).toBe(204);
  expect((await exchange()).status).toBe(401);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = await openNodeSocket(node.address, { cookie, origin: node.address }, 5_000);
  if (!socket) throw new Error('the node does not know its page');
  const client = createClient(webSocketChannel(socket));
  expect(await client.call('api.info', {})).toMatchObject({
    address: node.address,
    openAiAddress: `${node.address}/v1`,
  });
  client.close();
  expect(await openNodeSocket(node.address, { origin: node.address }, 5_000)).toBeNull();
});

test.runIf(isPageBuilt)('only the files of the page are served', async () => {
  const { address, dataFolder } = await serveNode(newFolder(), {}, ['--ui']);
  const inside = path.relative('/', path.join(dataFolder, 'run', 'endpoint.json'));
  for (const wanted of [
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    `/${'../'.repeat(12)}${inside}`,
    '//etc/passwd',
    '/.env',
    '/assets/',
  ]) {
    expect([wanted, await statusOf(address, wanted)]).toEqual([wanted, expect.toSatisfy((status) => status >= 400)]);
  }
});

test.runIf(isPageBuilt)('a page that was opened stays signed in when the node starts anew', async () => {
  const folder = newFolder();
  const first = await serveNode(folder, {}, ['--ui']);
  const port = new URL(first.address).port;
  const headers = { authorization: `Bearer ${adminTokenOf(folder)}` };
  const { token } = await (await fetch(`${first.address}/page-token`, { method: 'POST', headers })).json();
  const answer = await fetch(`${first.address}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  await first.kill();
  const second = await serveNode(folder, {}, ['--port', port]);
  const socket = await openNodeSocket(second.address, { cookie, origin: second.address }, 5_000);
  expect(socket).not.toBeNull();
  socket?.close();
});

test.runIf(isPageBuilt)(
  'where no window can be opened the address is printed, and a second start finds the first',
  async () => {
    const folder = newFolder();
    const node = await serveNode(folder, {}, ['--ui', '--open']);
    const [, token = ''] = await node.says(/Open this address .*\/#token=([\w-]+)/);
    const second = await runCommand(['serve', '--ui', '--open', '--data', folder]);
    expect(second).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\/#token=[\w-]+/),
      errors: expect.stringContaining(`Nunba runs already (process ${node.process.pid})`),
    });
    expect(second.out).not.toContain(token);
    expect(second.out).toContain(node.address);
    expect(fs.readdirSync(path.join(folder, 'run')).filter((name) => name.endsWith('.html'))).toEqual([]);
  },
);

const adminTokenOf = (folder: string): string =>
  JSON.parse(fs.readFileSync(path.join(folder, 'run', 'endpoint.json'), 'utf8')).token;
