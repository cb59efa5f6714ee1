import type { Flags } from '../../config/read-config.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { exitCodes } from '../exit-codes.ts';
import { withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { timeText } from './text-table.ts';
import { trustJson, trustText } from './trust-text.ts';

/** Prints the chain of this node, or how its join stands. */
export async function printTrust(surroundings: Surroundings, flags: Flags, asJson: boolean): Promise<number> {
  const trust = await withNode(surroundings, flags, ({ client }) => client.call('trust.get', {}));
  surroundings.print(asJson ? trustJson(trust) : trustText(trust, systemClock.now()));
  return exitCodes.done;
}

/** Renews the certificate now. */
export async function renew(surroundings: Surroundings, flags: Flags): Promise<number> {
  const { membership } = await withNode(surroundings, flags, ({ client }) => client.call('trust.renew', {}));
  const until = membership === null ? '' : `; the certificate is valid until ${timeText(membership.expiresAt)}`;
  surroundings.print(`Renewed${until}.\n`);
  return exitCodes.done;
}

/** Leaves the hive. */
export async function leave(surroundings: Surroundings, flags: Flags): Promise<number> {
  const { isIssuerTold } = await withNode(surroundings, flags, ({ client }) => client.call('trust.leave', {}));
  surroundings.print(
    isIssuerTold
      ? 'This node has left the hive, and its issuer was told. Its key and the chats stay.\n'
      : 'This node has left the hive. Its issuer could not be told, so it lists this node until its certificate ends. Its key and the chats stay.\n',
  );
  return exitCodes.done;
}
