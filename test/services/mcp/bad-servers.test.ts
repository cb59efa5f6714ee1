import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import {
  allowAndCall,
  doubleServer,
  quickLimits,
  type TestToolServers,
  testToolServers,
} from '../../builders/tool-servers.ts';
import { waitFor } from '../../builders/wait.ts';

const quick = (changes = {}): Promise<TestToolServers> => testToolServers({ limits: { ...quickLimits, ...changes } });

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

const untilGone = (pid: number): Promise<void> => waitFor(() => expect(isGone(pid)).toBe(true));

const failing = (view: ToolServerView): boolean => view.state.kind === 'failing';

async function callOnce(servers: TestToolServers, id: string, signal?: AbortSignal): Promise<unknown> {
  const [tool] = await servers.tools(id);
  if (!tool) throw new Error('no tool');
  return (await allowAndCall(tool, { text: 'hello' }, signal)).result.value;
}

describe('a server that cannot be started', () => {
  test.each([
    ['crash-on-start', { kind: 'ended', detail: 'exit code 7' }, {}],
    ['silent-start', { kind: 'silent-start', detail: '2' }, { initializeMs: 2_000 }],
    ['flood', { kind: 'flood', detail: '' }, {}],
  ])('%s: fails with its reason, and its agents have no tools of it', async (manner, trouble, limits) => {
    const servers = await quick(limits);
    const view = await servers.connected(doubleServer(manner));
    expect(view.state).toMatchObject({ kind: 'failing', trouble, retryAt: null });
    expect(await servers.tools(view.id)).toEqual([]);
  });

  test('what it wrote beside the protocol can be read', async () => {
    const servers = await quick();
    const { id } = await servers.connected(doubleServer('crash-on-start'));
    const { lines } = await servers.servers.handlers.calls['toolServers.logs']({ id });
    expect(lines).toContain('cannot find my settings');
  });

  test('a program or a folder that is not there is said', async () => {
    const servers = await quick();
    const missing = await servers.connected({ ...doubleServer('well'), command: 'no-such-program-here' } as never);
    expect(missing.state).toMatchObject({ trouble: { kind: 'no-program', detail: 'no-such-program-here' } });
    const lost = await servers.connected({ ...doubleServer('well'), folder: '/no/such/folder' } as never);
    expect(lost.state).toMatchObject({ trouble: { kind: 'no-folder', detail: '/no/such/folder' } });
  });
});

describe('a server that fails while it is called', () => {
  test.each([
    ['crash-on-call', /ended by itself \(exit code 3\)/, 'ended', {}],
    ['huge', /single message of more than 4 MB/, 'too-large', {}],
    ['busy-call', /did not answer within 0.4 s/, 'hung', { callMs: 400, pingMs: 400 }],
  ])('%s: the call fails with a sentence, and the server is ended', async (manner, message, kind, limits) => {
    const servers = await quick(limits);
    const { id } = await servers.connected(doubleServer(manner));
    await expect(callOnce(servers, id)).rejects.toThrow(message);
    const view = await servers.until(id, failing);
    expect(view.state).toMatchObject({ trouble: { kind } });
  });

  test('one that never answers a call is well otherwise and stays', async () => {
    const servers = await quick({ callMs: 400 });
    const { id } = await servers.connected(doubleServer('silent-call'));
    await expect(callOnce(servers, id)).rejects.toThrow(/did not answer within 0.4 s/);
    expect(servers.view(id).state.kind).toBe('ready');
  });

  test('a call that tells its progress may take longer', async () => {
    const servers = await quick({ callMs: 1_500 });
    const { id } = await servers.connected(doubleServer('progress'));
    expect(await callOnce(servers, id)).toBe('slow but sure');
  });

  test('a call that is stopped is cancelled there, too', async () => {
    const servers = await quick();
    const file = path.join(tempFolder(), 'cancelled');
    const { id } = await servers.connected(doubleServer('cancelled', file));
    const stopped = new AbortController();
    const called = callOnce(servers, id, stopped.signal);
    await waitFor(() => expect(fs.existsSync(`${file}.called`)).toBe(true));
    stopped.abort(new Error('the person stopped it'));
    await expect(called).rejects.toThrow('the person stopped it');
    await waitFor(() => expect(fs.readFileSync(file, 'utf8')).toContain('notifications/cancelled'));
  });

  test('a refusal of the tool is a failed call with its words', async () => {
    const servers = await quick();
    const { id } = await servers.connected(doubleServer('fails'));
    await expect(callOnce(servers, id)).rejects.toThrow('The tool failed: no such file');
  });

  test('an answer without bottom is cut, and the node goes on', async () => {
    const servers = await quick();
    const { id } = await servers.connected(doubleServer('deep-result'));
    expect(JSON.stringify(await callOnce(servers, id))).toContain('[left out]');
  });
});

describe('a server that does more than it should', () => {
  test('lines that are no messages are passed over', async () => {
    const servers = await quick();
    const { id } = await servers.connected(doubleServer('garbage'));
    expect(await callOnce(servers, id)).toBe('hello');
    const { lines } = await servers.servers.handlers.calls['toolServers.logs']({ id });
    expect(lines).toContain('(no message of the protocol) Listening ...');
  });

  test('of 10,000 tools 200 are used, and the rest is counted', async () => {
    const servers = await quick();
    const view = await servers.connected(doubleServer('many-tools'));
    expect(view.tools).toHaveLength(200);
    expect(view.leftOutCount).toBe(9_800);
    expect(await servers.tools(view.id)).toHaveLength(200);
  });

  test('tools that are malformed or too deep are left out one by one, and references go nowhere', async () => {
    const servers = await quick();
    const view = await servers.connected(doubleServer('bad-tools'));
    expect(view.tools.map(({ name }) => name)).toEqual(['echo', 'remote']);
    expect(view.leftOutCount).toBe(4);
    const remote = (await servers.tools(view.id)).find(({ name }) => name.endsWith('remote'));
    expect(JSON.stringify(remote?.inputSchema)).not.toContain('example.org');
  });

  test('a long log is cut at its beginning, without the colours of terminals', async () => {
    const servers = await quick();
    const { id } = await servers.connected(doubleServer('noisy'));
    expect(await callOnce(servers, id)).toBe('hello');
    const { lines } = await servers.servers.handlers.calls['toolServers.logs']({ id });
    expect(lines).toHaveLength(200);
    expect(lines.at(-1)).toBe('red warning');
  });
});

describe('the end of a server', () => {
  test.each(['ignores-sigterm', 'grandchild'])('%s: nothing of it is left', async (manner) => {
    const servers = await quick();
    const file = path.join(tempFolder(), 'pid');
    const { id } = await servers.connected(doubleServer(manner, file));
    const pid = Number(fs.readFileSync(file, 'utf8'));
    expect(isGone(pid)).toBe(false);
    await servers.servers.handlers.calls['toolServers.stop']({ id });
    await untilGone(pid);
    expect(servers.view(id).state.kind).toBe('stopped');
    expect(await servers.tools(id)).toEqual([]);
  });

  test('what a crashed one has started is killed with it', async () => {
    const servers = await quick();
    const file = path.join(tempFolder(), 'pid');
    const { id } = await servers.connected(doubleServer('grandchild', file));
    const pid = Number(fs.readFileSync(file, 'utf8'));
    await servers.servers.stop();
    await untilGone(pid);
    expect(servers.view(id).state.kind).toBe('off');
  });
});
