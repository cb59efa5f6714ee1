import { areSameWords } from '../../protocol/trust/words.ts';
import type { HiveRecord, JoinOrder, Membership } from '../membership/membership-record.ts';
import type { EnvironmentOrder } from './applicant.ts';

/** Whether the environment names another hive than this one. */
export async function namesOtherHive(
  { order, anchorWords }: EnvironmentOrder,
  { anchor }: HiveRecord,
  wordsOf: (publicKey: string) => Promise<readonly string[]>,
): Promise<boolean> {
  if (order.anchor !== null && order.anchor !== anchor) return true;
  return anchorWords !== null && !areSameWords(anchorWords, await wordsOf(anchor));
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
