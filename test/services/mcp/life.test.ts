import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { tempFolder } from '../../builders/temp-folder.ts';
import { allowAndCall, doubleServer, nodeProgram, quickLimits, testToolServers } from '../../builders/tool-servers.ts';

describe('what the person confirms', () => {
  test('adding starts nothing, and an agent starts nothing that was not confirmed', async () => {
    const file = path.join(tempFolder(), 'started');
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id } = await calls['toolServers.add'](doubleServer('well', file));
    expect(await servers.tools(id)).toEqual([]);
    expect(servers.view(id)).toMatchObject({ isConfirmed: false, state: { kind: 'off' } });
    expect(fs.existsSync(file)).toBe(false);
  });

  test('only exactly the line that would be run is started', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id } = await calls['toolServers.add'](doubleServer('well'));
    const shown = servers.view(id).line;
    await calls['toolServers.update']({ id, draft: doubleServer('noisy') });
    await expect(calls['toolServers.start']({ id, line: shown })).rejects.toMatchObject({
      failure: { kind: 'conflict' },
    });
    expect(servers.view(id).state.kind).toBe('off');
  });

  test('another command has to be confirmed anew, another name has not', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id } = await servers.connected(doubleServer('well'));
    await calls['toolServers.update']({ id, draft: { ...doubleServer('well'), name: 'Renamed' } });
    expect(servers.view(id)).toMatchObject({ name: 'Renamed', isConfirmed: true, state: { kind: 'off' } });
    await calls['toolServers.update']({ id, draft: doubleServer('noisy') });
    expect(servers.view(id).isConfirmed).toBe(false);
  });

  test('the server is told that Nunba offers it neither samples, nor folders, nor the person', async () => {
    const file = path.join(tempFolder(), 'initialize');
    const servers = await testToolServers({ limits: quickLimits });
    await servers.connected(doubleServer('well', file));
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
      capabilities: {},
      clientInfo: { name: 'nunba', version: '1.2.3' },
    });
  });
});

describe('a server that runs', () => {
  test('is ended when it is idle, and started again by the next call', async () => {
    const servers = await testToolServers({ limits: { ...quickLimits, idleMs: 50 } });
    const { id } = await servers.connected(doubleServer('well'));
    await servers.until(id, ({ state }) => state.kind === 'off');
    const [echo] = await servers.tools(id);
    if (!echo) throw new Error('no tool');
    expect((await allowAndCall(echo, { text: 'awake' })).result.value).toBe('awake');
  });

  test('that does not answer a ping is ended as hung', async () => {
    const servers = await testToolServers({ limits: { ...quickLimits, pingEveryMs: 50, pingMs: 100 } });
    const { id } = await servers.connected(doubleServer('no-ping'));
    const view = await servers.until(id, ({ state }) => state.kind === 'failing');
    expect(view.state).toMatchObject({ trouble: { kind: 'hung' }, retryAt: null });
  });

  test('that crashes is started again a few times, then no more', async () => {
    const servers = await testToolServers({ limits: { ...quickLimits, retries: 2, retryMs: 10 } });
    const seen: string[] = [];
    servers.servers.handlers.subscriptions['toolServers.watch'](
      {},
      {
        next: ([view]) =>
          view && seen.push(view.state.kind === 'failing' ? `failing ${view.state.retryAt !== null}` : view.state.kind),
      },
    );
    const { id } = await servers.connected(doubleServer('crash-on-start'));
    await servers.until(id, ({ state }) => state.kind === 'failing' && state.retryAt === null);
    const changes = seen.filter((state, at) => state !== seen[at - 1]);
    expect(changes).toEqual([
      'off',
      ...['starting', 'failing true'],
      ...['starting', 'failing true'],
      'starting',
      'failing false',
    ]);
  });

  test('is stopped by the person for good, until they connect it again', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id, line } = await servers.connected(doubleServer('well'));
    const [echo] = await servers.tools(id);
    await calls['toolServers.stop']({ id });
    if (!echo) throw new Error('no tool');
    await expect(allowAndCall(echo, { text: 'hello' })).rejects.toThrow('The person has stopped it.');
    await calls['toolServers.start']({ id, line });
    expect(servers.view(id).state.kind).toBe('ready');
  });

  test('takes so many calls at once and refuses more', async () => {
    const servers = await testToolServers({ limits: { ...quickLimits, callMs: 600, callsAtOnce: 2 } });
    const { id } = await servers.connected(doubleServer('silent-call'));
    const [echo] = await servers.tools(id);
    if (!echo) throw new Error('no tool');
    const calls = await Promise.allSettled([1, 2, 3].map(() => allowAndCall(echo, { text: 'hello' })));
    expect(
      calls
        .filter(({ status }) => status === 'rejected')
        .map((call) => String((call as PromiseRejectedResult).reason))
        .sort(),
    ).toEqual([
      expect.stringContaining('did not answer'),
      expect.stringContaining('did not answer'),
      expect.stringContaining('too many calls'),
    ]);
  });
});

describe('a tool that changes after it was shown', () => {
  test('is told before the list is taken up, and a call planned on what it was is refused', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const changed = vi.fn<(serverId: string, toolName: string) => void>();
    servers.servers.onToolChanged(changed);
    const { id } = await servers.connected(doubleServer('changes'));
    const [before] = await servers.tools(id);
    if (!before) throw new Error('no tool');
    await allowAndCall(before, { text: 'first' });
    const view = await servers.until(id, ({ tools }) => tools.some(({ changedAt }) => changedAt !== null));
    expect(changed.mock.calls).toEqual([[id, 'echo']]);
    expect(view.tools[0]?.description).toBe('Says it again, and sends it elsewhere.');
    await expect(allowAndCall(before, { text: 'second' })).rejects.toThrow('nothing was called');
    const [after] = await servers.tools(id);
    if (!after) throw new Error('no tool');
    expect((await allowAndCall(after, { text: 'third' })).result.value).toBe('third');
  });

  test('another command, and removal, end the permissions of all its tools', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const changed = vi.fn<(serverId: string, toolName: string) => void>();
    servers.servers.onToolChanged(changed);
    const { id } = await servers.connected(doubleServer('well'));
    await calls['toolServers.update']({ id, draft: { ...doubleServer('well'), name: 'Renamed' } });
    expect(changed).not.toHaveBeenCalled();
    await calls['toolServers.update']({ id, draft: doubleServer('noisy') });
    expect(changed.mock.calls).toEqual([[id, 'echo']]);
    await calls['toolServers.remove']({ id });
    expect(changed).toHaveBeenCalledTimes(2);
  });
});

describe('what is kept', () => {
  test('servers of one name that are added at once have tools of different names', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const views = await Promise.all([1, 2].map(() => servers.connected(doubleServer('well'))));
    const names = views.flatMap(({ tools }) => tools.map(({ callName }) => callName));
    expect(names.sort()).toEqual(['test-2__echo', 'test__echo']);
  });

  test('a removed server comes back with its values, and is forgotten with them at the next start', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id } = await calls['toolServers.add'](nodeProgram('server.js', [], { TOKEN: 'secret' }));
    await calls['toolServers.remove']({ id });
    expect(servers.servers.list()).toEqual([]);
    await calls['toolServers.restore']({ id });
    expect(servers.view(id).definition).toMatchObject({ environmentNames: ['TOKEN'] });
    expect([...servers.secrets.kept.values()]).toEqual(['{"TOKEN":"secret"}']);
    await calls['toolServers.remove']({ id });
    await servers.again();
    expect([...servers.secrets.kept.values()]).toEqual([]);
    expect(await servers.storage.db.selectFrom('tool_servers').selectAll().execute()).toEqual([]);
  });

  test('values that the form leaves are kept, others replaced or forgotten', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const draft = nodeProgram('server.js', [], { KEPT: 'old', CHANGED: 'old', GONE: 'old' });
    const { id } = await calls['toolServers.add'](draft);
    const environment = [
      { name: 'KEPT', value: null },
      { name: 'CHANGED', value: 'new' },
    ];
    await calls['toolServers.update']({ id, draft: { ...draft, environment } as never });
    expect([...servers.secrets.kept.values()]).toEqual(['{"KEPT":"old","CHANGED":"new"}']);
  });

  test('what is known of tools and confirmations outlives the node', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { id } = await servers.connected(doubleServer('well'));
    const again = await servers.again();
    expect(again.list()).toMatchObject([{ id, isConfirmed: true, state: { kind: 'off' }, tools: [{ name: 'echo' }] }]);
  });

  test('a backup in which the server runs another program ends what was allowed of its tools', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { id } = await servers.connected(doubleServer('well', 'a'));
    const { name } = await servers.storage.backup();
    const ended: string[] = [];
    servers.servers.onToolChanged((server, tool) => void ended.push(`${server === id} ${tool}`));
    await servers.storage.restore({ name, mode: 'replace', permit: () => undefined });
    expect(ended).toEqual([]);
    await servers.servers.handlers.calls['toolServers.update']({ id, draft: doubleServer('well', 'b') });
    await servers.servers.handlers.calls['toolServers.start']({ id, line: servers.view(id).line });
    ended.splice(0);
    await servers.storage.restore({ name, mode: 'replace', permit: () => undefined });
    expect(servers.view(id).isConfirmed).toBe(false);
    expect(ended).toEqual(['true echo']);
  });

  test('keys that are locked are a trouble of the server, not of the node', async () => {
    const servers = await testToolServers({ limits: quickLimits });
    const { calls } = servers.servers.handlers;
    const { id } = await calls['toolServers.add'](nodeProgram('server.js', [], { TOKEN: 'secret' }));
    servers.secrets.spoil(`tool-server.${id.toLowerCase()}`);
    await calls['toolServers.start']({ id, line: servers.view(id).line });
    expect(servers.view(id).state).toMatchObject({ trouble: { kind: 'keys-locked' }, retryAt: null });
  });
});
