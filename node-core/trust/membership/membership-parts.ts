import { lifetimeOf } from '../../protocol/trust/renewal-schedule.ts';
import type { HiveRecord } from './membership-record.ts';
import type { MembershipParts } from './upkeep.ts';

/** What the record does not hold. Times: hive time, ms since the epoch. */
export interface PresentFacts {
  readonly now: number;
  readonly offsetMs: number;
  readonly nextAt: number | null;
  readonly answeredAt: number | null;
}

/** What people see of a membership. */
export function partsOf(hive: HiveRecord, facts: PresentFacts): MembershipParts {
  const { certificate, issuers } = hive.chain;
  const lifetime = lifetimeOf(certificate);
  const { ended } = hive;
  return {
    state: ended ? 'ended' : facts.now <= lifetime.expiresAtMs ? 'member' : 'joining',
    anchor: hive.anchor,
    hiveName: hive.hiveName,
    tier: certificate.tier,
    certificate,
    issuers: [...issuers],
    joinedAt: hive.joinedAt,
    issuedAt: lifetime.issuedAtMs,
    expiresAt: lifetime.expiresAtMs,
    renewsAt: facts.nextAt,
    renewalObstacle: hive.renewal.obstacle,
    mayIssue: certificate.capabilities.includes('issue'),
    parent: { url: hive.parent.url, publicKey: hive.parent.publicKey, verifiedAt: facts.answeredAt },
    ended: ended && { kind: ended.kind, reason: ended.kind === 'revoked' ? ended.reason : '', at: ended.at },
    clockOffsetMs: facts.offsetMs,
  };
}
