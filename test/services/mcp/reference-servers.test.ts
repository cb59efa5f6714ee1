import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Tool } from '../../../node-core/agents/tools/tool.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { allowAndCall, nodeProgram, referenceServers, testToolServers } from '../../builders/tool-servers.ts';

const named = (tools: readonly Tool[], end: string): Tool => {
  const tool = tools.find(({ name }) => name.endsWith(`__${end}`));
  if (!tool) throw new Error(`no ${end} among ${tools.map(({ name }) => name).join(', ')}`);
  return tool;
};

describe('the reference server “everything” over standard input and output', () => {
  test('is connected, tells what it is, and its tools are called with exactly what was shown', async () => {
    const test = await testToolServers();
    const view = await test.connected(nodeProgram(referenceServers.everything, ['stdio']));
    expect(view.state).toMatchObject({ kind: 'ready', protocolVersion: expect.stringMatching(/^2025-/) });
    expect(view.tools.map(({ name }) => name)).toContain('echo');
    const echo = named(await test.tools(view.id), 'echo');
    expect(echo).toMatchObject({ name: 'test__echo', isOutside: true });
    const { deed, effects, result } = await allowAndCall(echo, { message: 'Good morning' });
    const told = { serverId: view.id, serverName: 'Test', toolName: 'echo' };
    expect(deed).toEqual({ kind: 'call-server', ...told, arguments: { message: 'Good morning' } });
    expect(effects).toEqual([{ kind: 'outside', what: 'echo of Test' }]);
    expect(result.value).toContain('Good morning');
  });

  test('wrong arguments are explained before anybody is asked', async () => {
    const test = await testToolServers();
    const view = await test.connected(nodeProgram(referenceServers.everything, ['stdio']));
    const echo = named(await test.tools(view.id), 'echo');
    await expect(allowAndCall(echo, { text: 1 })).rejects.toThrow(/arguments are wrong.*message/);
  });

  test('pictures and links are named, structured answers passed on', async () => {
    const test = await testToolServers();
    const view = await test.connected(nodeProgram(referenceServers.everything, ['stdio']));
    const tools = await test.tools(view.id);
    const picture = await allowAndCall(named(tools, 'get-tiny-image'), {});
    expect(JSON.stringify(picture.result.value)).toMatch(/\[picture, image\/png, \d+ bytes; not shown\]/);
    const weather = await allowAndCall(named(tools, 'get-structured-content'), { location: 'New York' });
    expect(weather.result.value).toMatchObject({ structured: { temperature: expect.any(Number) } });
  });

  test('a secret of the node’s environment does not reach it; what the person gave does, and is told nowhere', async () => {
    process.env.NUNBA_TEST_CANARY = 'canary-of-the-node';
    onTestFinished(() => {
      delete process.env.NUNBA_TEST_CANARY;
    });
    const test = await testToolServers();
    const draft = nodeProgram(referenceServers.everything, ['stdio'], { GIVEN_TOKEN: 'token-of-the-person' });
    const view = await test.connected(draft);
    const printed = await allowAndCall(named(await test.tools(view.id), 'get-env'), {});
    const environment = JSON.stringify(printed.result.value);
    expect(environment).toContain('token-of-the-person');
    expect(environment).toContain('PATH');
    expect(environment).not.toContain('NUNBA_TEST_CANARY');
    expect(environment).not.toContain('canary-of-the-node');
    expect(JSON.stringify(test.servers.list())).not.toContain('token-of-the-person');
    const rows = await test.storage.db.selectFrom('tool_servers').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('token-of-the-person');
    expect([...test.secrets.kept.values()].join()).toContain('token-of-the-person');
  });
});

describe('the reference server “filesystem”', () => {
  test('reads and writes in its folder, and its refusal becomes a failed call', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.txt': 'the rent is due' });
    const test = await testToolServers();
    const view = await test.connected(nodeProgram(referenceServers.filesystem, [folder]));
    expect(view.state.kind).toBe('ready');
    const tools = await test.tools(view.id);
    const read = await allowAndCall(named(tools, 'read_text_file'), { path: path.join(folder, 'a.txt') });
    expect(JSON.stringify(read.result.value)).toContain('the rent is due');
    const target = path.join(folder, 'b.txt');
    await allowAndCall(named(tools, 'write_file'), { path: target, content: 'written' });
    expect(fs.readFileSync(target, 'utf8')).toBe('written');
    await expect(allowAndCall(named(tools, 'read_text_file'), { path: '/etc/passwd' })).rejects.toThrow(
      /The tool failed: .*denied/,
    );
  });

  test('a tool that says it only reads is a deed all the same, and is shown with what it says', async () => {
    const test = await testToolServers();
    const view = await test.connected(nodeProgram(referenceServers.filesystem, [tempFolder()]));
    const shown = new Map(view.tools.map(({ name, saysItOnlyReads }) => [name, saysItOnlyReads]));
    expect(shown.get('list_directory')).toBe(true);
    expect(shown.get('write_file')).toBe(false);
    const list = named(await test.tools(view.id), 'list_allowed_directories');
    const { deed } = await allowAndCall(list, {});
    expect(deed.kind).toBe('call-server');
  });
});
