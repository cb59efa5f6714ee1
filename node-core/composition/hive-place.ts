import type { StatusView } from '../api/node-views.ts';
import type { TrustView } from '../api/trust-views.ts';
import type { HivePlace } from '../health/node-status.ts';
import { describeDuration } from '../protocol/age.ts';
import type { HiveReason } from '../protocol/node-state.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { MembershipParts } from '../trust/membership/upkeep.ts';

/** What a node's place in a hive is told from. */
export interface PlaceFacts {
  readonly application: TrustView['application'];
  readonly membership: MembershipParts | null;
  /** Of a central process; `null`: this is none. */
  readonly central: CentralFacts | null;
  /** Of the hive listener. */
  readonly address: string | null;
  readonly isInsecureLab: boolean;
  /** One sentence why a renewal does not work. */
  readonly renewalSentence: string | null;
  /** When the first of the renewals failed that have not worked since, hive time. */
  readonly renewalFailingSince: number | null;
  /** Since when the key of the environment is known not to be the hive's, ms since the epoch; `null`: it is not so. */
  readonly federationKeyDiffersSince: number | null;
  /** Since when this computer's clock is known to be wrong, ms since the epoch; `null`: it is not. */
  readonly clockWrongSince: number | null;
}

/** How a central process stands. */
export interface CentralFacts {
  /** 64 hex; `null`: not known yet. */
  readonly anchor: string | null;
  /** Of its own certificate, ms since the epoch. */
  readonly certificateEndsAt: number | null;
  /** Why it can issue nothing, and since when; `null`: it can. */
  readonly trouble: { readonly since: number; readonly sentence: string } | null;
  readonly isMasterKeyHere: boolean;
}

/** A smaller difference to the hive's clock is not worth telling, ms: requests may be as far off. */
const clockToleranceMs = 5 * 60_000;

/** Whether a person should set the clock. @param offsetMs to the hive's */
export const isClockWrong = (offsetMs: number): boolean => Math.abs(offsetMs) > clockToleranceMs;

/** Remembers when something was first found to be so, ms since the epoch; `null` while it is not. */
export function createSince(clock: Pick<Clock, 'now'>): (isSo: boolean) => number | null {
  let since: number | null = null;
  return (isSo) => {
    since = isSo ? (since ?? clock.now()) : null;
    return since;
  };
}

/** A node that stands alone. */
export const alonePlace: HivePlace = { tier: 'flat', fact: { kind: 'alone', reason: null }, view: null };

/** Puts a node's place in its hive together, for every status. Pure. */
export function placeOf(facts: PlaceFacts): HivePlace {
  if (facts.central !== null) return centralPlace(facts.central, facts);
  if (facts.membership !== null) return memberPlace(facts.membership, facts);
  return facts.application === null ? alonePlace : applicantPlace(facts.application, facts);
}

type OwnListener = Pick<PlaceFacts, 'address' | 'isInsecureLab'>;
type View = NonNullable<StatusView['hive']>;

function centralPlace(central: CentralFacts, { address, isInsecureLab }: OwnListener): HivePlace {
  const { anchor, certificateEndsAt, trouble, isMasterKeyHere } = central;
  const reason: HiveReason | null = trouble && { kind: 'not-issuing', ...trouble };
  const parent = { parentUrl: null, parentVerifiedAt: null };
  const view = {
    anchor,
    certificateEndsAt,
    ...parent,
    mayIssue: trouble === null,
    address,
    isInsecureLab,
    isMasterKeyHere,
  };
  return { tier: 'central', fact: { kind: 'member', reason }, view };
}

function memberPlace(membership: MembershipParts, facts: PlaceFacts): HivePlace {
  const { anchor, parent, expiresAt, mayIssue, ended, tier } = membership;
  const view: View = {
    anchor,
    parentUrl: parent?.url ?? null,
    parentVerifiedAt: parent?.verifiedAt ?? null,
    certificateEndsAt: expiresAt,
    mayIssue,
    address: facts.address,
    isInsecureLab: facts.isInsecureLab,
    isMasterKeyHere: false,
  };
  if (ended !== null) {
    const reason = facts.application === null ? endedReason(ended) : applicationReason(facts.application);
    return { tier: 'flat', fact: { kind: 'alone', reason }, view };
  }
  return { tier, fact: { kind: 'member', reason: memberReason(membership, facts) }, view };
}

/** The weightiest of what holds. */
function memberReason(membership: MembershipParts, facts: PlaceFacts): HiveReason | null {
  const { parent, expiresAt, state, clockOffsetMs } = membership;
  const { renewalSentence, renewalFailingSince, federationKeyDiffersSince, clockWrongSince } = facts;
  const host = hostOf(parent?.url ?? '');
  if (state === 'joining') return { kind: 'membership-lapsed', host, since: expiresAt };
  if (renewalSentence !== null) {
    const since = renewalFailingSince ?? expiresAt;
    return { kind: 'renewal-failing', host, since, sentence: renewalSentence };
  }
  if (federationKeyDiffersSince !== null) return { kind: 'federation-key-differs', since: federationKeyDiffersSince };
  if (clockWrongSince === null) return null;
  const direction = clockOffsetMs > 0 ? 'behind' : 'ahead';
  return {
    kind: 'clock-wrong',
    direction,
    difference: describeDuration(Math.abs(clockOffsetMs)),
    since: clockWrongSince,
  };
}

const endedReason = ({ kind, reason, at }: NonNullable<MembershipParts['ended']>): HiveReason => ({
  kind: 'membership-ended',
  since: at,
  sentence:
    kind === 'revoked'
      ? `The hive has revoked this node: ${reason || 'no reason was given'}. Ask its stewards; to join again, leave first.`
      : 'Its certificate ended too long ago to be renewed by itself. Join again with a new invite, or leave.',
});

type Application = NonNullable<TrustView['application']>;

function applicantPlace(application: Application, { address, isInsecureLab }: OwnListener): HivePlace {
  const view: View = {
    anchor: application.anchor,
    parentUrl: application.at,
    parentVerifiedAt: null,
    certificateEndsAt: null,
    mayIssue: false,
    address,
    isInsecureLab,
    isMasterKeyHere: false,
  };
  return { tier: 'flat', fact: { kind: 'alone', reason: applicationReason(application) }, view };
}

function applicationReason({ phase, since, at, obstacle }: Application): HiveReason {
  const host = hostOf(at);
  switch (phase) {
    case 'unconfirmed':
      return { kind: 'join-unconfirmed', host, since };
    case 'applying':
      return { kind: 'join-applying', host, since };
    case 'pending':
      return { kind: 'join-pending', host, since };
    case 'failed':
      return { kind: 'join-failed', host, since, sentence: obstacle?.sentence ?? 'It did not work.' };
  }
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;
