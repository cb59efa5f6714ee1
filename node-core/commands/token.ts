import type { Flags } from '../config/read-config.ts';
import { exitCodes } from './exit-codes.ts';
import { withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints the token of the API, alone on its line. */
export async function printToken(surroundings: Surroundings, flags: Flags): Promise<number> {
  const { token } = await withNode(surroundings, flags, ({ client }) => client.call('api.token', {}));
  surroundings.print(`${token}\n`);
  return exitCodes.done;
}
