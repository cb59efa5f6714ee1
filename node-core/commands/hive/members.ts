import { failureOf } from '../../api/failures.ts';
import type { MemberView } from '../../api/trust-views.ts';
import type { Flags } from '../../config/read-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ReachedNode, withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { keyText, textTable, timeText } from './text-table.ts';

/** Prints every member that this node has issued for. */
export async function listMembers(surroundings: Surroundings, flags: Flags, asJson: boolean): Promise<number> {
  const { members } = await withNode(surroundings, flags, ({ client }) => client.call('authority.listMembers', {}));
  surroundings.print(asJson ? `${JSON.stringify({ members }, null, 2)}\n` : membersText(members));
  return exitCodes.done;
}

/** The members as a person reads them. */
export function membersText(members: readonly MemberView[]): string {
  if (members.length === 0) return 'There are no members yet. `nunba-node invite create` invites one.\n';
  const rows = members.map((member) => [
    keyText(member.publicKey),
    member.nodeName,
    member.mayIssue ? `${member.tier}, may issue` : member.tier,
    member.state,
    timeText(member.certificateEndsAt),
    member.fqdn ?? '',
    member.revokedReason ?? '',
  ]);
  return textTable(['KEY', 'CALLS ITSELF', 'TIER', 'STATE', 'CERTIFICATE UNTIL', 'DOMAIN', 'REASON'], rows);
}

/** Ends a membership for good. */
export function revokeMember(
  surroundings: Surroundings,
  flags: Flags,
  order: { readonly key: string; readonly reason: string },
): Promise<number> {
  return withNode(surroundings, flags, async ({ client }) => {
    await client.call('authority.revoke', order);
    surroundings.print(
      'Revoked. Members that are on know it within a minute; the key gets no certificate here any more.\n',
    );
    surroundings.print(await federationKeyNote(client));
    return exitCodes.done;
  });
}

/** Whether the revoked member still knows the federation key in use. */
async function federationKeyNote(client: ReachedNode['client']): Promise<string> {
  try {
    const { source } = await client.call('authority.federationKey', {});
    if (source === 'own') return 'The federation key was rotated; members get the new one when they renew.\n';
    if (source === 'environment')
      return 'The federation key was not rotated: HART_NODE_KEY in the environment sets it. Change it there, on every node that has it.\n';
    return 'The federation key is central’s: ask its stewards to rotate it.\n';
  } catch (error) {
    if (failureOf(error) === null) throw error;
    return '';
  }
}

/** Lets a proven domain pass to another key. */
export async function releaseDomain(surroundings: Surroundings, flags: Flags, fqdn: string): Promise<number> {
  await withNode(surroundings, flags, ({ client }) => client.call('authority.release', { fqdn }));
  surroundings.print('Released. The next node that proves the domain gets it.\n');
  return exitCodes.done;
}
