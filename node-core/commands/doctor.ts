import process from 'node:process';
import { describeFailure } from '../api/failure-sentences.ts';
import { failureOf } from '../api/failures.ts';
import { type Flags, readConfig } from '../config/read-config.ts';
import { findFreePort, isFreePort } from '../http/port-holder.ts';
import { type CheckLine, checkText, hasTrouble, lineOfCheck } from './check-lines.ts';
import { exitCodes } from './exit-codes.ts';
import { type ReachedNode, withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** A line, and whether it hangs on the one above. */
type Found = CheckLine & { readonly isFolded?: boolean };

/**
 * Looks at everything anew and says what was found: the node's own checks, as the page and the tray show them, and what
 * can be seen from outside alone. Fails if something has to be mended.
 */
export async function doctor(surroundings: Surroundings, flags: Flags): Promise<number> {
  const lines = await examine(surroundings, flags);
  for (const line of lines) surroundings.print(checkText(line, line.isFolded));
  return hasTrouble(lines) ? exitCodes.failed : exitCodes.done;
}

async function examine(surroundings: Surroundings, flags: Flags): Promise<readonly Found[]> {
  const runtime = passed('Program', `Node ${process.versions.node} on ${process.platform} ${process.arch}.`);
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

const passed = (title: string, why: string): Found => ({ verdict: 'passed', title, why });

function failed(title: string, error: unknown): Found {
  const failure = failureOf(error);
  if (!failure) throw error;
  return { verdict: 'failed', title, why: describeFailure(failure) };
}

async function examineNode(node: ReachedNode): Promise<readonly Found[]> {
  const { client, config, isRunning } = node;
  const { checks, dataFolder, at } = await client.call('status.check', {});
  return [
    passed('Data folder', `${dataFolder} is writable and belongs to this node.`),
    ...checks.map((check) => ({ ...lineOfCheck(check, at), isFolded: check.under !== null })),
    ...(isRunning ? [] : [await checkPort(node)]),
    ...config.notes.map((why): Found => ({ verdict: 'noted', title: 'Settings', why })),
  ];
}

/** Where no node runs, whether one could listen. */
async function checkPort({ config }: ReachedNode): Promise<Found> {
  const { host, port } = config.values;
  if (await isFreePort(host, port)) return passed('Port', `Port ${port} is free.`);
  const freePort = await findFreePort(host, port);
  const failure = { kind: 'port-taken', port, heldBy: 'another program', freePort } as const;
  return { verdict: 'failed', title: 'Port', why: describeFailure(failure) };
}
