import { judgeChain } from '../../protocol/trust/chain.ts';
import type { Issued } from '../../protocol/trust/enrolment.ts';
import { newerDirectory } from '../../protocol/trust/judge-directory.ts';
import { withHistory } from '../membership/history.ts';
import { type Application, type HiveRecord, isUnproven, type Membership } from '../membership/membership-record.ts';
import type { ApplicantOptions } from './applicant.ts';

/** Characters of the longest order that is kept. */
const orderLimit = 8_000;

/** The membership after a certificate that was judged: in place of the application, and of the hive record before. */
export function becomeMember(
  present: Membership,
  { order, startedAt }: Application,
  issued: Issued,
  options: ApplicantOptions,
): Membership {
  const { certificate, issuers } = issued;
  const nowMs = options.hiveTime.now();
  // After a move inside a hive, what was known of it goes on.
  const before = present.hive?.anchor === certificate.hive ? present.hive : null;
  const hive: HiveRecord = {
    anchor: certificate.hive,
    tier: order.tier,
    hiveName: order.hiveName ?? before?.hiveName ?? null,
    parent: { ...order.issuer, publicKey: certificate.parent_public_key, nextPin: issued.next_pin ?? null },
    chain: { certificate, issuers },
    federationKey: issued.federation_key ?? before?.federationKey ?? null,
    previousFederationKey: before?.previousFederationKey ?? null,
    directory: directoryOf(issued, before, options, nowMs),
    latestOrder: orderOf(issued) ?? before?.latestOrder ?? null,
    bootstrap: issued.bootstrap,
    joinedAt: before && (before.ended === null || isUnproven(before)) ? before.joinedAt : nowMs,
    parentVerifiedAt: nowMs,
    renewal: { failingSince: null, tries: 0, nextTryAt: null, obstacle: null },
    ended: null,
  };
  const at = options.clock.now();
  // A wall clock that was put back meanwhile makes no time below none.
  const event = { at, tookMs: Math.max(0, at - startedAt), hive, before: present.hive } as const;
  return { ...withHistory(present, { kind: 'became-member', ...event }), hive, application: null };
}

function directoryOf(
  { directory, certificate }: Issued,
  before: HiveRecord | null,
  { verify, isRevoked }: ApplicantOptions,
  nowMs: number,
): HiveRecord['directory'] {
  const known = before?.directory ?? null;
  const newer = newerDirectory(directory, {
    anchor: certificate.hive,
    knownSequence: known?.directory.sequence ?? null,
    judge: (presented) => judgeChain(presented, { anchor: certificate.hive, nowMs, verify, isRevoked }),
    verify,
  });
  return newer ?? known;
}

function orderOf({ order }: Issued): string | null {
  const text = order === undefined || order === null ? null : JSON.stringify(order);
  return text !== null && text.length <= orderLimit ? text : null;
}
