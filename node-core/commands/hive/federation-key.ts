import type { CallResult } from '../../api/contract.ts';
import type { Flags } from '../../config/read-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { timeText } from './text-table.ts';

/** What is asked of the federation key. */
interface FederationKeyWish {
  readonly call: 'authority.federationKey' | 'authority.rotateFederationKey';
  readonly asJson: boolean;
}

/** Prints the federation key, after making a new one where that is asked. */
export async function federationKey(
  surroundings: Surroundings,
  flags: Flags,
  wish: FederationKeyWish,
): Promise<number> {
  const key = await withNode(surroundings, flags, ({ client }) => client.call(wish.call, {}));
  surroundings.print(wish.asJson ? `${JSON.stringify(key, null, 2)}\n` : federationKeyText(key));
  if (wish.call === 'authority.rotateFederationKey' && !wish.asJson) {
    surroundings.print('Members get it when they renew; the one before is accepted for 8 days.\n');
  }
  return exitCodes.done;
}

const sources = {
  environment: 'the environment (HART_NODE_KEY), which wins over the hive’s',
  hive: 'the hive, delivered with the certificate',
  own: 'made here',
} as const;

/** The key as a person reads it. */
export function federationKeyText({ id, key, source, since }: CallResult<'authority.federationKey'>): string {
  const lines = [
    ['Id', id],
    ['Key', key],
    ['From', sources[source]],
    ...(since === null ? [] : [['Since', timeText(since)]]),
  ];
  return lines.map(([name = '', value = '']) => `${name.padEnd(12)} ${value}\n`).join('');
}
