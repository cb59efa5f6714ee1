import fs from 'node:fs/promises';
import process from 'node:process';
import type { Client } from '../api/client.ts';
import { describeFailure } from '../api/failure-sentences.ts';
import { failureOf } from '../api/failures.ts';
import { type Flags, readConfig } from '../config/read-config.ts';
import { findFreePort, isFreePort } from '../http/port-holder.ts';
import { type Check, judgeClock, judgeDatabase, judgeDisk, judgeKeys, judgeModel } from './checks.ts';
import { exitCodes } from './exit-codes.ts';
import { firstItem } from './first-item.ts';
import { type ReachedNode, withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Checks what a node needs; each check is one line, with what mends it. Fails if one of them fails. */
export async function doctor(surroundings: Surroundings, flags: Flags): Promise<number> {
  const checks = await examine(surroundings, flags);
  for (const { name, state, sentence } of checks) {
    surroundings.print(`${marks[state]} ${name.padEnd(12)} ${sentence}\n`);
  }
  return checks.some(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.done;
}

const marks = { passed: 'ok  ', noted: 'note', failed: 'FAIL' } as const;

async function examine(surroundings: Surroundings, flags: Flags): Promise<readonly Check[]> {
  const runtime = checkRuntime();
  try {
    readConfig(flags, surroundings.environment, surroundings.program);
  } catch (error) {
    return [runtime, failed('Settings', error)];
  }
  try {
    return [runtime, ...(await withNode(surroundings, flags, (node) => examineNode(node)))];
  } catch (error) {
    return [runtime, failed('Data folder', error)];
  }
}

const checkRuntime = (): Check => ({
  name: 'Runtime',
  state: 'passed',
  sentence: `Node ${process.versions.node} on ${process.platform} ${process.arch}.`,
});

function failed(name: string, error: unknown): Check {
  const failure = failureOf(error);
  if (!failure) throw error;
  return { name, state: 'failed', sentence: describeFailure(failure) };
}

async function examineNode(node: ReachedNode): Promise<readonly Check[]> {
  const { client, config } = node;
  const storage = await client.call('storage.check', {});
  const notes = config.notes.map((sentence): Check => ({ name: 'Settings', state: 'noted', sentence }));
  const newest = Math.max(0, ...storage.backups.map(({ at }) => at), await modifiedAt(storage.folder));
  return [
    { name: 'Data folder', state: 'passed', sentence: `${storage.folder} is writable and belongs to this node.` },
    judgeDatabase(storage),
    judgeDisk(storage),
    judgeClock(Date.now(), newest),
    await checkPort(node),
    judgeKeys(await firstItem(client, 'keys.watch')),
    await checkModel(client),
    ...notes,
  ];
}

/** When the database was last written, by the file system's word. */
const modifiedAt = async (folder: string): Promise<number> => {
  const { mtimeMs } = await fs.stat(folder);
  return mtimeMs;
};

async function checkPort({ client, config, isRunning }: ReachedNode): Promise<Check> {
  const { address } = await client.call('status.get', {});
  if (isRunning) return { name: 'Port', state: 'passed', sentence: `The node answers at ${address}.` };
  const { host, port } = config.values;
  if (await isFreePort(host, port)) return { name: 'Port', state: 'passed', sentence: `Port ${port} is free.` };
  const freePort = await findFreePort(host, port);
  return {
    name: 'Port',
    state: 'failed',
    sentence: describeFailure({ kind: 'port-taken', port, heldBy: 'another program', freePort }),
  };
}

/** Asks the provider of the chosen model for its models: the cheapest question there is. */
async function checkModel(client: Client): Promise<Check> {
  const models = await firstItem(client, 'models.watch');
  const provider = models.providers.find(({ id }) => id === models.chosen?.model.providerId) ?? models.providers[0];
  if (!provider) return judgeModel({ kind: 'none' });
  try {
    await client.call('models.refresh', { providerId: provider.id });
    return judgeModel({ kind: 'answers', provider: provider.name, model: models.chosen?.model.modelId ?? null });
  } catch (error) {
    return failed('Model', error);
  }
}
