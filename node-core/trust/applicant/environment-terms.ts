import { isDeepStrictEqual } from 'node:util';
import { areSameWords } from '../../protocol/trust/words.ts';
import {
  declined,
  type HiveRecord,
  type JoinOrder,
  type Membership,
  type TakenOrder,
} from '../membership/membership-record.ts';
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

/** What the environment asks for, to be known again. */
export const takenOrder = ({ order, anchorWords }: EnvironmentOrder): TakenOrder => ({
  url: order.issuer.url,
  anchor: order.anchor ?? anchorWords?.join(' ') ?? null,
  inviteId: order.invite?.id ?? null,
  isDeclined: false,
});

/** Whether a person has left or cancelled exactly what the environment still asks for. */
export const isDeclined = ({ environmentOrder }: Membership, environment: EnvironmentOrder): boolean =>
  isDeepStrictEqual(environmentOrder, declined(takenOrder(environment)));

/** The anchor of the application that runs, if its words are not those of the environment; else `null`. */
export async function otherPinnedAnchor(
  { anchorWords }: EnvironmentOrder,
  { application }: Membership,
  wordsOf: (publicKey: string) => Promise<readonly string[]>,
): Promise<string | null> {
  const anchor = application?.order.anchor ?? null;
  if (anchor === null || anchorWords === null) return null;
  return areSameWords(anchorWords, await wordsOf(anchor)) ? null : anchor;
}

/**
 * Whether what the environment says is to be begun: not while a member, and not while the same, or what a person
 * began, still runs.
 * @param otherAnchor of `otherPinnedAnchor`: the words in the environment were corrected since it was pinned
 */
export function isNewJoin(present: Membership, environment: EnvironmentOrder, otherAnchor: string | null): boolean {
  const { hive, application } = present;
  const { order, anchorWords } = environment;
  if ((hive !== null && hive.ended === null) || isDeclined(present, environment)) return false;
  if (application === null || application.phase.kind === 'failed') return true;
  if (application.order.from !== 'environment') return false;
  if (otherAnchor !== null && application.order.anchor === otherAnchor) return true;
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
