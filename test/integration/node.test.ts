import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contract } from '../../node-core/api/contract.ts';
import { failureOf } from '../../node-core/api/failures.ts';
import { createNode, type RunningNode } from '../../node-core/node.ts';
import { createPlainHost } from '../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import { nodeConfig } from '../builders/node-config.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const program = findProgramFiles(import.meta.dirname);

async function startNode(dataFolder: string): Promise<RunningNode> {
  const node = await createNode(nodeConfig(dataFolder), createPlainHost(program));
  onTestFinished(() => node.stop());
  return node;
}

test('every call and every subscription of the contract has a handler', async () => {
  const { handlers } = await startNode(path.join(tempFolder(), 'data'));
  expect(Object.keys(handlers.calls).sort()).toEqual(Object.keys(contract.calls).sort());
  expect(Object.keys(handlers.subscriptions).sort()).toEqual(Object.keys(contract.subscriptions).sort());
});

test('it speaks within the process, listens when asked, and gives everything back when it stops', async () => {
  const folder = path.join(tempFolder(), 'data');
  const first = await startNode(folder);
  const client = await first.client();
  expect(await client.call('api.info', {})).toEqual({ address: null, port: null, openAiAddress: null, obstacle: null });
  const { address, port } = await first.listen();
  expect(await client.call('api.info', {})).toEqual({ address, port, openAiAddress: `${address}/v1`, obstacle: null });
  const { contacts } = await client.call('about.get', {});
  const elsewhere = contacts.filter(({ location }) => location !== 'this-computer').map(({ purpose }) => purpose);
  // Only what somebody has to ask for.
  expect(new Set(elsewhere)).toEqual(new Set(['model-download', 'engine']));
  await first.stop();
  await first.stop();
  await expect(fetch(`${address}/health`)).rejects.toThrow();
  const second = await startNode(folder);
  expect(second.status()).toMatchObject({ address: null, dataFolder: folder });
});

test('a start that fails leaves nothing started', async () => {
  const folder = path.join(tempFolder(), 'data');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'nunba.db'), 'no database '.repeat(1000));
  for (const attempt of [1, 2]) {
    const failure = await startNode(folder).catch(failureOf);
    expect([attempt, failure]).toMatchObject([attempt, { kind: 'storage-damaged' }]);
  }
  fs.rmSync(path.join(folder, 'nunba.db'));
  await startNode(folder);
});

test('a folder that came from another computer goes on with a new identity where it was in no hive, and asks where it was', async () => {
  const folder = path.join(tempFolder(), 'data');
  const identity = (name: string): string => path.join(folder, 'identity', name);
  const keyOf = (): string => fs.readFileSync(identity('node_public_key.pem'), 'utf8');
  const moveAway = (): void => {
    const mark: Record<string, unknown> = JSON.parse(fs.readFileSync(identity('machine.json'), 'utf8'));
    fs.writeFileSync(identity('machine.json'), JSON.stringify({ ...mark, machine: 'f'.repeat(64) }), { mode: 0o600 });
  };
  await (await startNode(folder)).stop();
  const before = keyOf();
  moveAway();
  await (await startNode(folder)).stop();
  expect(keyOf()).not.toBe(before);

  const membership = { version: 1, hive: null, application: null, hiveTime: { offsetMs: 0, floorMs: 0 } };
  fs.writeFileSync(identity('membership.json'), JSON.stringify(membership), { mode: 0o600 });
  moveAway();
  const failure = await startNode(folder).then(() => null, failureOf);
  expect(failure).toMatchObject({ kind: 'identity-elsewhere' });
});
