import { finding, isQuietStart, type JudgedCheck, trouble } from './judge-checks.ts';
import type { CertificateFact, HiveFact, NodeFacts } from './node-facts.ts';
import { isHeard } from './parent-reach.ts';
import type { PlaceReason, StateFix, StateReason } from './state-reason.ts';

type Member = Extract<HiveFact, { kind: 'member' }>;

/** What mends the place of a node that is in no hive. */
const placeFixes: Readonly<Record<PlaceReason['kind'], StateFix>> = {
  'join-unconfirmed': 'open-join',
  'join-applying': 'open-join',
  'join-pending': 'open-join',
  'join-failed': 'open-join',
  'membership-ended': 'open-trust',
  'trust-closed': 'check',
};

/** What a node that is in no hive has to tell of joining, or of the hive that it was in; `null`: nothing. */
export const placeReason = (hive: HiveFact): StateReason | null =>
  hive.kind === 'alone' && hive.reason !== null ? { ...hive.reason, fix: placeFixes[hive.reason.kind] } : null;

/** What a member is judged by, besides its computer. Empty for others. Pure. */
export function judgeMember({ hive, startedAt }: NodeFacts, now: number): readonly JudgedCheck[] {
  if (hive.kind === 'alone') return [];
  return [
    ...judgeCertificate(hive, now),
    ...judgeParent(hive, startedAt, now),
    ...judgeSigner(hive),
    ...judgeKey(hive, now),
  ];
}

function judgeCertificate({ certificate, parent }: Member, now: number): readonly JudgedCheck[] {
  if (certificate === null) return [];
  const { endsAt, renewsAt, trouble: renewal } = certificate;
  const host = parent?.host ?? '';
  if (endsAt < now) {
    const reason = { kind: 'membership-lapsed', host, since: endsAt, fix: 'renew' } as const;
    return [trouble('certificate', 'degraded', reason, now)];
  }
  if (renewal === null || !isLate(certificate, now)) {
    const values = { until: { at: endsAt }, ...(renewsAt === null ? {} : { renewal: { at: renewsAt } }) };
    const isTriedAgain = renewal !== null && parent !== null;
    const name = isTriedAgain ? 'tried-again' : renewsAt === null ? 'valid-until' : 'valid';
    const verdict = isTriedAgain ? 'noted' : 'passed';
    return [finding('certificate', { verdict, finding: name, values, lookedAt: now })];
  }
  const { since, obstacle } = renewal;
  const reason = { kind: 'renewal-failing', host, since, endsAt, obstacle, fix: 'renew' } as const;
  return [trouble('certificate', 'degraded', reason, now)];
}

/** In the last quarter of its lifetime. */
const isLate = ({ issuedAt, endsAt }: CertificateFact, now: number): boolean => endsAt - now < (endsAt - issuedAt) / 4;

function judgeParent({ parent }: Member, startedAt: number, now: number): readonly JudgedCheck[] {
  if (parent === null) return [];
  const { host, verifiedAt, askedAt, silentSince } = parent;
  const looked = askedAt ?? verifiedAt;
  if (silentSince !== null && !isQuietStart(startedAt, now)) {
    const checkedAt = askedAt ?? silentSince;
    const reason = {
      kind: 'parent-unreachable',
      host,
      since: silentSince,
      checkedAt,
      verifiedAt,
      fix: 'check',
    } as const;
    return [trouble('parent', 'degraded', reason, checkedAt)];
  }
  if (silentSince === null && isHeard(verifiedAt, now)) {
    // One try is no trouble yet; but what did not answer is not said to have.
    if (askedAt !== null && verifiedAt !== null && askedAt > verifiedAt) {
      return [finding('parent', { verdict: 'unknown', finding: 'not-answered', values: { host }, lookedAt: askedAt })];
    }
    return [finding('parent', { verdict: 'passed', finding: 'verified', values: { host }, lookedAt: verifiedAt })];
  }
  const since = silentSince ?? Math.max(startedAt, verifiedAt ?? startedAt);
  return [trouble('parent', 'unknown', { kind: 'hive-reconnecting', host, since, fix: 'check' }, looked)];
}

function judgeSigner({ parent, signerTrouble, signerLookedAt }: Member): readonly JudgedCheck[] {
  if (parent !== null) return [];
  if (signerTrouble === null) {
    return [finding('signer', { verdict: 'passed', finding: 'issuing', lookedAt: signerLookedAt })];
  }
  return [trouble('signer', 'failed', { kind: 'not-issuing', ...signerTrouble, fix: 'check' }, signerLookedAt)];
}

function judgeKey({ keyDiffersSince }: Member, now: number): readonly JudgedCheck[] {
  if (keyDiffersSince === null) return [];
  const reason = { kind: 'federation-key-differs', since: keyDiffersSince, fix: 'check' } as const;
  return [trouble('federation-key', 'degraded', reason, now)];
}
