import type { Client } from '../api/client.ts';
import { FailureError } from '../api/failures.ts';
import type { Flags } from '../config/read-config.ts';
import { exitCodes } from './exit-codes.ts';
import { firstItem } from './first-item.ts';
import { withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints the token of the API, alone on its line. */
export async function printToken(surroundings: Surroundings, flags: Flags): Promise<number> {
  const { token } = await withNode(surroundings, flags, async ({ client, isRunning }) => {
    // While keys are locked a node makes a token that ends with it: of use only where the node goes on.
    if (!isRunning) await refuseLocked(client);
    return client.call('api.token', {});
  });
  surroundings.print(`${token}\n`);
  return exitCodes.done;
}

async function refuseLocked(client: Client): Promise<void> {
  const storage = await firstItem(client, 'keys.watch');
  if (storage.kind !== 'locked') return;
  const { reason, recordedBackend, presentBackend } = storage;
  throw new FailureError({ kind: 'keys-locked', reason, recordedBackend, presentBackend });
}
