import type { StatusView } from '../api/node-views.ts';
import type { TrustView } from '../api/trust-views.ts';
import type { HivePlace } from '../health/node-status.ts';
import type { CertificateFact, HiveFact, HivePortFact } from '../protocol/node-facts.ts';
import type { ParentReach } from '../protocol/parent-reach.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { PlaceReason } from '../protocol/state-reason.ts';
import type { TrustObstacle } from '../protocol/trust/obstacle.ts';
import type { MembershipParts } from '../trust/membership/upkeep.ts';

/** What a node's place in a hive is told from. */
export interface PlaceFacts {
  readonly application: TrustView['application'];
  readonly membership: MembershipParts | null;
  /** Of a central process; `null`: this is none. */
  readonly central: CentralFacts | null;
  /** Of the hive listener. */
  readonly address: string | null;
  /** Whether it could be opened. */
  readonly port: HivePortFact;
  readonly isInsecureLab: boolean;
  /** Why a renewal does not work. */
  readonly renewalObstacle: TrustObstacle | null;
  /** When the first of the renewals failed that have not worked since, hive time. */
  readonly renewalFailingSince: number | null;
  /** How the parent answers. */
  readonly reach: ParentReach;
  /** Since when the key of the environment is known not to be the hive's, ms since the epoch; `null`: it is not so. */
  readonly federationKeyDiffersSince: number | null;
  /** Since when this computer's clock is known to be wrong, ms since the epoch; `null`: it is not. */
  readonly clockWrongSince: number | null;
  /** When it was last compared with the hive's, ms since the epoch; `null`: not in this run. */
  readonly clockComparedAt: number | null;
}

/** How a central process stands. */
export interface CentralFacts {
  /** As it calls its hive. */
  readonly name: string;
  /** 64 hex; `null`: not known yet. */
  readonly anchor: string | null;
  /** Of its own certificate, ms since the epoch. */
  readonly certificate: { readonly issuedAt: number; readonly endsAt: number } | null;
  /** Why it can issue nothing, and since when; `null`: it can. */
  readonly trouble: { readonly since: number; readonly sentence: string } | null;
  /** When its signer was last asked something, ms since the epoch; `null`: not in this run. */
  readonly signerLookedAt: number | null;
  readonly isMasterKeyHere: boolean;
}

/** Remembers when something was first found to be so, ms since the epoch; `null` while it is not. */
export function createSince(clock: Pick<Clock, 'now'>): (isSo: boolean) => number | null {
  let since: number | null = null;
  return (isSo) => {
    since = isSo ? (since ?? clock.now()) : null;
    return since;
  };
}

/** A node that stands alone. */
export const alonePlace: HivePlace = {
  tier: 'flat',
  fact: { kind: 'alone', reason: null },
  clock: null,
  view: null,
  port: { kind: 'none' },
};

/** Puts a node's place in its hive together, for every status. Pure. */
export function placeOf(facts: PlaceFacts): HivePlace {
  if (facts.central !== null) return centralPlace(facts.central, facts);
  if (facts.membership !== null) return memberPlace(facts.membership, facts);
  return facts.application === null ? { ...alonePlace, port: facts.port } : applicantPlace(facts.application, facts);
}

type OwnListener = Pick<PlaceFacts, 'address' | 'port' | 'isInsecureLab'>;
type View = NonNullable<StatusView['hive']>;

function centralPlace(central: CentralFacts, { address, port, isInsecureLab }: OwnListener): HivePlace {
  const { name, anchor, certificate, trouble, signerLookedAt, isMasterKeyHere } = central;
  const parent = { parentUrl: null, parentVerifiedAt: null };
  const view = {
    name,
    anchor,
    certificateEndsAt: certificate?.endsAt ?? null,
    ...parent,
    mayIssue: trouble === null,
    address,
    isInsecureLab,
    isMasterKeyHere,
  };
  const fact: HiveFact = {
    kind: 'member',
    // Without one it can issue nothing, which its signer's trouble says.
    certificate: certificate && { ...certificate, renewsAt: middleOf(certificate), trouble: null },
    parent: null,
    keyDiffersSince: null,
    signerTrouble: trouble,
    signerLookedAt,
  };
  return { tier: 'central', fact, clock: null, view, port };
}

/** When a signer's certificate is renewed. */
const middleOf = ({ issuedAt, endsAt }: { readonly issuedAt: number; readonly endsAt: number }): number =>
  (issuedAt + endsAt) / 2;

function memberPlace(membership: MembershipParts, facts: PlaceFacts): HivePlace {
  const { anchor, parent, expiresAt, mayIssue, ended, tier, clockOffsetMs } = membership;
  const { reach } = facts;
  const verifiedAt = reach.answeredAt ?? ownTime(parent?.verifiedAt ?? null, clockOffsetMs);
  const view: View = {
    name: membership.hiveName,
    anchor,
    parentUrl: parent?.url ?? null,
    parentVerifiedAt: verifiedAt,
    certificateEndsAt: ownTime(expiresAt, clockOffsetMs),
    mayIssue: mayIssue && ended === null,
    address: facts.address,
    isInsecureLab: facts.isInsecureLab,
    isMasterKeyHere: false,
  };
  if (ended !== null) {
    const reason = facts.application === null ? endedReason(ended) : applicationReason(facts.application);
    return { tier: 'flat', fact: { kind: 'alone', reason }, clock: null, view, port: facts.port };
  }
  const fact: HiveFact = {
    kind: 'member',
    certificate: certificateFact(membership, facts),
    parent: {
      host: hostOf(parent?.url ?? ''),
      verifiedAt,
      askedAt: reach.askedAt,
      silentSince: reach.silentSince,
    },
    keyDiffersSince: facts.federationKeyDiffersSince,
    signerTrouble: null,
    signerLookedAt: null,
  };
  const clock = { offsetMs: clockOffsetMs, wrongSince: facts.clockWrongSince, lookedAt: facts.clockComparedAt };
  return { tier, fact, clock, view, port: facts.port };
}

/** A time of the hive, by this computer's clock. */
function ownTime<Time extends number | null>(hiveTime: Time, offsetMs: number): Time;
function ownTime(hiveTime: number | null, offsetMs: number): number | null {
  return hiveTime === null ? null : hiveTime - offsetMs;
}

function certificateFact(membership: MembershipParts, facts: PlaceFacts): CertificateFact {
  const { issuedAt, expiresAt, renewsAt, clockOffsetMs } = membership;
  const { renewalObstacle, renewalFailingSince } = facts;
  const since = ownTime(renewalFailingSince, clockOffsetMs);
  return {
    issuedAt: ownTime(issuedAt, clockOffsetMs),
    endsAt: ownTime(expiresAt, clockOffsetMs),
    renewsAt: ownTime(renewsAt, clockOffsetMs),
    trouble: since === null ? null : { since, obstacle: renewalObstacle },
  };
}

const endedReason = ({ kind, reason, at }: NonNullable<MembershipParts['ended']>): PlaceReason => ({
  kind: 'membership-ended',
  ending: kind,
  since: at,
  said: kind === 'revoked' ? reason : '',
});

type Application = NonNullable<TrustView['application']>;

function applicantPlace(application: Application, { address, port, isInsecureLab }: OwnListener): HivePlace {
  const view: View = {
    name: application.hiveName,
    anchor: application.anchor,
    parentUrl: application.at,
    parentVerifiedAt: null,
    certificateEndsAt: null,
    mayIssue: false,
    address,
    isInsecureLab,
    isMasterKeyHere: false,
  };
  return { tier: 'flat', fact: { kind: 'alone', reason: applicationReason(application) }, clock: null, view, port };
}

function applicationReason({ phase, since, at, obstacle }: Application): PlaceReason {
  const host = hostOf(at);
  switch (phase) {
    case 'unconfirmed':
      return { kind: 'join-unconfirmed', host, since };
    case 'applying':
      return { kind: 'join-applying', host, since };
    case 'pending':
      return { kind: 'join-pending', host, since };
    case 'failed':
      return { kind: 'join-failed', host, since, obstacle: obstacle && factOf(obstacle) };
  }
}

const factOf = ({ kind, code, said }: TrustObstacle): TrustObstacle => ({ kind, code, said });

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;
