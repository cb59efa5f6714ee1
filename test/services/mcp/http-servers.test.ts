import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ToolServerDraft } from '../../../node-core/api/mcp-views.ts';
import { freePort } from '../../builders/free-port.ts';
import { allowAndCall, quickLimits, referenceServers, testToolServers } from '../../builders/tool-servers.ts';

const address = (url: string, headers: Readonly<Record<string, string>> = {}): ToolServerDraft => ({
  kind: 'http',
  name: 'Far',
  url,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
});

/** The reference server over streamable HTTP, on a port of its own. */
async function startEverything(): Promise<string> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [referenceServers.everything, 'streamableHttp'], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the reference server ended')));
    child.stderr?.on('data', (chunk: Buffer) => chunk.toString().includes('listening') && resolve());
  });
  return `http://127.0.0.1:${port}/mcp`;
}

/** A server of the test's own that answers every request so. */
async function startOwn(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

describe('the reference server “everything” over streamable HTTP', () => {
  test('is connected in a session, and its tools are called', async () => {
    const servers = await testToolServers();
    const view = await servers.connected(address(await startEverything()));
    expect(view.state).toMatchObject({ kind: 'ready' });
    const echo = (await servers.tools(view.id)).find(({ name }) => name === 'far__echo');
    if (!echo) throw new Error('no echo');
    const { result } = await allowAndCall(echo, { message: 'over the wire' });
    expect(result.value).toContain('over the wire');
  });
});

describe('an address where something else answers', () => {
  const state = async (url: string, changes = {}) =>
    (await (await testToolServers({ limits: { ...quickLimits, ...changes } })).connected(address(url))).state;

  test('nobody: unreachable, with the host', async () => {
    const port = await freePort();
    const detail = `127.0.0.1:${port} (refused)`;
    expect(await state(`http://127.0.0.1:${port}/mcp`)).toMatchObject({ trouble: { kind: 'unreachable', detail } });
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [500, 'http-status'],
    [404, 'http-status'],
  ])('%i is told as %s', async (status, kind) => {
    const url = await startOwn((_request, response) => void response.writeHead(status).end());
    expect(await state(url)).toMatchObject({ trouble: { kind } });
  });

  test('a redirect is not followed, and no header goes where it leads', async () => {
    const asked: unknown[] = [];
    const thief = await startOwn((request, response) => {
      asked.push(request.headers);
      response.end();
    });
    const url = await startOwn((_request, response) => void response.writeHead(307, { location: thief }).end());
    const servers = await testToolServers({ limits: quickLimits });
    const view = await servers.connected(address(url, { Authorization: 'Bearer of-the-person' }));
    expect(view.state).toMatchObject({ trouble: { kind: 'redirected' } });
    expect(asked).toEqual([]);
  });

  test('a page instead of the protocol', async () => {
    const url = await startOwn(
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<p>Hello'),
    );
    expect(await state(url)).toMatchObject({ trouble: { kind: 'not-mcp' } });
  });

  test('silence ends the wait', async () => {
    const url = await startOwn(() => undefined);
    expect(await state(url, { initializeMs: 500 })).toMatchObject({ trouble: { kind: 'silent-start' } });
  });

  test.each(['application/json', 'text/event-stream'])('an endless answer as %s breaks off', async (type) => {
    const url = await startOwn((_request, response) => {
      response.setHeader('content-type', type);
      const more = (): void => {
        if (
          !response.destroyed &&
          response.write(type === 'application/json' ? ' '.repeat(65_536) : `data: ${'x'.repeat(65_536)}`)
        )
          setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    expect(await state(url)).toMatchObject({ trouble: { kind: 'too-large', detail: '4' } });
  });

  test('its header is sent and told nowhere', async () => {
    const seen: (string | undefined)[] = [];
    const url = await startOwn((request, response) => {
      seen.push(request.headers['x-token']?.toString());
      response.writeHead(500).end();
    });
    const servers = await testToolServers({ limits: quickLimits });
    const view = await servers.connected(address(url, { 'X-Token': 'of-the-person' }));
    expect(seen).toEqual(['of-the-person']);
    expect(view.line).toBe(`${url} X-Token: •••`);
    expect(JSON.stringify(servers.servers.list())).not.toContain('of-the-person');
  });
});
