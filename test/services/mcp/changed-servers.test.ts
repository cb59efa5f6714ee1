import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NothingDone } from '../../../node-core/agents/tools/tool.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { allowAndCall, doubleServer, quickLimits, testToolServers } from '../../builders/tool-servers.ts';
import { createFakeSecrets } from '../../doubles/secrets.ts';

const limits = quickLimits;

test('one that was removed while the person was asked is not started for the answer', async () => {
  const file = path.join(tempFolder(), 'started');
  const servers = await testToolServers({ limits });
  const { calls } = servers.servers.handlers;
  const { id } = await servers.connected(doubleServer('well', file));
  const [echo] = await servers.tools(id);
  if (!echo) throw new Error('no tool');
  await calls['toolServers.remove']({ id });
  fs.rmSync(file);
  const refusal: unknown = await allowAndCall(echo, { text: 'hello' }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NothingDone);
  expect(String(refusal)).toContain('The person has removed it.');
  expect(fs.existsSync(file)).toBe(false);
});

test('nothing is started by an agent while the person changes what it runs', async () => {
  const folder = tempFolder();
  const [before, after] = [path.join(folder, 'before'), path.join(folder, 'after')];
  const secrets = createFakeSecrets();
  let between = async (): Promise<void> => undefined;
  const servers = await testToolServers({
    limits,
    secrets: {
      ...secrets,
      remove: async (name) => {
        await between();
        await secrets.remove(name);
      },
    },
  });
  const { calls } = servers.servers.handlers;
  const { id } = await servers.connected(doubleServer('well', before));
  const [echo] = await servers.tools(id);
  if (!echo) throw new Error('no tool');
  fs.rmSync(before);
  const said: unknown[] = [];
  between = async () => {
    said.push(await allowAndCall(echo, { text: 'hello' }).then(String, String));
    said.push(await calls['toolServers.start']({ id, line: servers.view(id).line }).then(String, String));
  };
  await calls['toolServers.update']({ id, draft: doubleServer('well', after) });
  between = async () => undefined;
  expect(said).toEqual([expect.stringContaining('does not run'), expect.stringContaining('conflict')]);
  expect([fs.existsSync(before), servers.view(id).state.kind]).toEqual([false, 'off']);
  // What the person then confirms is what runs.
  await calls['toolServers.start']({ id, line: servers.view(id).line });
  expect([servers.view(id).state.kind, fs.existsSync(before), fs.existsSync(after)]).toEqual(['ready', false, true]);
});

test('one of before a backup was brought back is not started by an answer that still holds its tools', async () => {
  const file = path.join(tempFolder(), 'started');
  const servers = await testToolServers({ limits });
  const { id } = await servers.connected(doubleServer('well', file));
  const [echo] = await servers.tools(id);
  if (!echo) throw new Error('no tool');
  const { name } = await servers.storage.backup();
  await servers.storage.restore({ name, mode: 'replace', permit: () => undefined });
  fs.rmSync(file);
  await expect(allowAndCall(echo, { text: 'hello' })).rejects.toThrow('does not run');
  expect(fs.existsSync(file)).toBe(false);
});

test('one whose change cannot be kept is as it was', async () => {
  const secrets = createFakeSecrets();
  let fails = false;
  const remove = async (name: string): Promise<void> => {
    if (fails) throw new Error('the disk is full');
    await secrets.remove(name);
  };
  const servers = await testToolServers({ limits, secrets: { ...secrets, remove } });
  const { calls } = servers.servers.handlers;
  const { id } = await servers.connected(doubleServer('well'));
  const [echo] = await servers.tools(id);
  if (!echo) throw new Error('no tool');
  fails = true;
  await expect(calls['toolServers.update']({ id, draft: doubleServer('noisy') })).rejects.toThrow('the disk is full');
  expect((await allowAndCall(echo, { text: 'hello' })).result.value).toBe('hello');
});
