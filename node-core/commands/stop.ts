import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { type Flags, readConfig } from '../config/read-config.ts';
import { placesIn } from '../platform/data-folder.ts';
import { readEndpoint } from '../platform/endpoint-file.ts';
import { exitCodes } from './exit-codes.ts';
import { connectRunning } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

const stopTimeoutMs = 15_000;
const lookIntervalMs = 50;

/** Asks the node of the data folder to stop and waits until it has given the folder back. */
export async function stop(surroundings: Surroundings, flags: Flags): Promise<number> {
  const { dataFolder } = readConfig(flags, surroundings.environment, surroundings.program).values;
  const { run } = placesIn(dataFolder);
  const client = await connectRunning(dataFolder);
  const endpoint = readEndpoint(run);
  if (client === null || endpoint === null) {
    surroundings.print('No node runs in this folder.\n');
    return exitCodes.done;
  }
  // It has just answered with this folder's token, so the process id is its own and not that of a successor.
  client.close();
  process.kill(endpoint.pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < stopTimeoutMs; waitedMs += lookIntervalMs) {
    if (readEndpoint(run)?.token !== endpoint.token) {
      surroundings.print('Nunba has stopped.\n');
      return exitCodes.done;
    }
    await wait(lookIntervalMs);
  }
  surroundings.say(`Process ${endpoint.pid} was asked to stop and still runs.`);
  return exitCodes.failed;
}
