import { FailureError } from '../../api/failures.ts';
import { areSameWords } from '../../protocol/trust/words.ts';
import type { JoinOrder, Membership } from '../membership/membership-record.ts';
import type { EnvironmentOrder } from './applicant.ts';

/**
 * Refuses an environment that names another hive than the one this node is a member of: a node changes its hive only
 * when a person says so. @throws FailureError `config-invalid`
 */
export async function refuseOtherHive(
  { order, anchorWords, sourceName }: EnvironmentOrder,
  { hive }: Membership,
  wordsOf: (publicKey: string) => Promise<readonly string[]>,
): Promise<void> {
  if (hive === null || hive.ended !== null) return;
  const isOther =
    (order.anchor !== null && order.anchor !== hive.anchor) ||
    (anchorWords !== null && !areSameWords(anchorWords, await wordsOf(hive.anchor)));
  if (!isOther) return;
  throw new FailureError({
    kind: 'config-invalid',
    name: sourceName,
    source: 'environment',
    reason:
      'it names another hive than the one that this node is a member of; leave that first (`nunba-node leave`), or take the variable away',
  });
}

/**
 * Whether what the environment says is to be begun: not while a member, and not while the same, or what a person
 * began, still runs.
 */
export function isNewJoin({ hive, application }: Membership, { order, anchorWords }: EnvironmentOrder): boolean {
  if (hive !== null && hive.ended === null) return false;
  if (application === null || application.phase.kind === 'failed') return true;
  if (application.order.from !== 'environment') return false;
  // Words that came after the question: the issuer is asked anew, and its answer compared with them.
  const waitsForWords = application.phase.kind === 'unconfirmed' && application.phase.statedAnchor !== null;
  return (waitsForWords && anchorWords !== null) || !isSameOrder(application.order, order);
}

/** An anchor that was pinned by words, or confirmed by a person, stays where the environment names none in hex. */
function isSameOrder(running: JoinOrder, asked: JoinOrder): boolean {
  return (
    running.issuer.url === asked.issuer.url &&
    running.issuer.pin === asked.issuer.pin &&
    running.tier === asked.tier &&
    running.invite?.id === asked.invite?.id &&
    running.invite?.secret === asked.invite?.secret &&
    (asked.anchor === null || running.anchor === asked.anchor)
  );
}
