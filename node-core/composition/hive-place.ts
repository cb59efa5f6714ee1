import type { StatusView } from '../api/node-views.ts';
import type { TrustView } from '../api/trust-views.ts';
import type { HivePlace } from '../health/node-status.ts';
import type { HiveFact, HiveReason } from '../protocol/node-state.ts';
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
  return { tier, fact: memberFact(membership, facts), view };
}

function memberFact(membership: MembershipParts, { renewalSentence }: PlaceFacts): HiveFact {
  const { parent, expiresAt, state, renewsAt } = membership;
  const host = hostOf(parent?.url ?? '');
  if (state === 'joining') return { kind: 'member', reason: { kind: 'membership-lapsed', host, since: expiresAt } };
  if (renewalSentence === null) return { kind: 'member', reason: null };
  const since = renewsAt ?? expiresAt;
  return { kind: 'member', reason: { kind: 'renewal-failing', host, since, sentence: renewalSentence } };
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
