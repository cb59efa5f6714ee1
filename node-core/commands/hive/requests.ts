import type { RequestView } from '../../api/trust-views.ts';
import type { Flags } from '../../config/read-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { keyText, textTable, timeText } from './text-table.ts';

/** Prints who waits for a steward. */
export async function listRequests(surroundings: Surroundings, flags: Flags, asJson: boolean): Promise<number> {
  const { requests } = await withNode(surroundings, flags, ({ client }) => client.call('authority.listRequests', {}));
  surroundings.print(asJson ? `${JSON.stringify({ requests }, null, 2)}\n` : requestsText(requests));
  return exitCodes.done;
}

/** The requests as a person reads them; the words are what both sides compare. */
export function requestsText(requests: readonly RequestView[]): string {
  if (requests.length === 0) return 'Nobody waits to be approved.\n';
  const rows = requests.map((request) => [
    keyText(request.publicKey),
    request.words?.join(' ') ?? '(later)',
    request.nodeName,
    request.tier,
    request.fqdn ?? '',
    request.address,
    timeText(request.askedAt),
  ]);
  const table = textTable(['KEY', 'WORDS', 'CALLS ITSELF', 'TIER', 'DOMAIN', 'FROM', 'ASKED'], rows);
  const later = requests.some(({ words }) => words === null)
    ? 'The words of the others are shown when some of these are decided.\n'
    : '';
  return `${table}\n${later}Compare the words with those that the node shows to its owner, then: nunba-node requests approve <key>\n`;
}

/** Lets an applicant in. */
export async function approveRequest(
  surroundings: Surroundings,
  flags: Flags,
  order: { readonly id: string; readonly mayIssue: boolean },
): Promise<number> {
  await withNode(surroundings, flags, ({ client }) => client.call('authority.approve', order));
  surroundings.print('Approved. It gets its certificate when it asks next, within seconds if it runs.\n');
  return exitCodes.done;
}

/** Turns an applicant down. */
export async function rejectRequest(
  surroundings: Surroundings,
  flags: Flags,
  order: { readonly id: string; readonly reason: string },
): Promise<number> {
  await withNode(surroundings, flags, ({ client }) => client.call('authority.reject', order));
  surroundings.print('Rejected. It is told so when it asks next.\n');
  return exitCodes.done;
}
