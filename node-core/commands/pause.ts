import type { Flags } from '../config/read-config.ts';
import { exitCodes } from './exit-codes.ts';
import { withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Ends what agents do and lets them begin nothing more, or lets them work again. It holds over restarts. */
export async function pauseAgents(
  surroundings: Surroundings,
  flags: Flags,
  order: 'agents.pause' | 'agents.resume',
): Promise<number> {
  await withNode(surroundings, flags, ({ client }) => client.call(order, {}));
  surroundings.print(order === 'agents.pause' ? 'Agents are paused.\n' : 'Agents may work again.\n');
  return exitCodes.done;
}
