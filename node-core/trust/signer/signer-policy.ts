import {
  type CertificateBody,
  certificateBytes,
  certificateLimitBytes,
  lifetimeMs,
} from '../../protocol/trust/certificate.ts';
import type { RevocationList } from '../../protocol/trust/revocation-list.ts';
import { readWireTime } from '../../protocol/trust/wire-time.ts';
import type { SignerRefusal } from './signer-messages.ts';

/** What a steward allows a signer (protocol.md, section 5, Master key). */
export interface SignerTerms {
  /** The public half of the master key, hex. */
  readonly anchor: string;
  /** Node keys that may get a certificate of tier `central`. */
  readonly centralKeys: ReadonlySet<string>;
  /** Regional certificates that may be signed within any hour. */
  readonly perHour: number;
}

/** What a signer has signed. Digests are SHA-256, hex. */
export interface SignerRecord {
  /** Digest of each regional certificate of the last hour -> when it was signed first, ms since the epoch. */
  readonly issued: ReadonlyMap<string, number>;
  /** The newest revocation list. */
  readonly revocations: { readonly sequence: number; readonly digest: string } | null;
}

export type SignerVerdict = { readonly kind: 'sign' } | { readonly kind: 'refuse'; readonly reason: SignerRefusal };

/** Of `perHour`, where no steward says otherwise: enough for 10,000 members that renew twice a week, many times over. */
export const defaultPerHour = 1_000;
/** How far the beginning of a certificate may be from the signer's clock, ms. */
export const clockToleranceMs = 10 * 60_000;
/** What `perHour` counts over, ms. */
export const hourMs = 60 * 60_000;
/** The signature that is added, as canonical JSON: its name, quotes, colon, comma and 128 digits. */
const signatureBytes = ',"parent_signature":""'.length + 128;

/**
 * Whether a certificate may be signed. One that was signed within the hour is signed again, to the same bytes.
 * @param digest of the bytes that would be signed
 * @param nowMs the signer's own clock
 */
export function judgeCertificate(
  body: CertificateBody,
  digest: string,
  terms: SignerTerms,
  record: Pick<SignerRecord, 'issued'>,
  nowMs: number,
): SignerVerdict {
  const signedAtMs = record.issued.get(digest);
  if (signedAtMs !== undefined && isRecent(signedAtMs, nowMs)) return { kind: 'sign' };
  const reason =
    bindingRefusal(body, terms) ??
    tierRefusal(body, terms) ??
    timeRefusal(body, nowMs) ??
    rateRefusal(body, terms, record, nowMs);
  return reason === null ? { kind: 'sign' } : { kind: 'refuse', reason };
}

/** Whether a revocation list may be signed: its sequence only grows, and one sequence has one list. */
export function judgeRevocations(
  list: RevocationList,
  digest: string,
  terms: Pick<SignerTerms, 'anchor'>,
  record: Pick<SignerRecord, 'revocations'>,
): SignerVerdict {
  const refuse = (reason: SignerRefusal): SignerVerdict => ({ kind: 'refuse', reason });
  if (list.hive !== terms.anchor) return refuse('other-hive');
  if (list.issuer !== terms.anchor) return refuse('other-parent');
  const { revocations } = record;
  if (revocations === null || list.sequence > revocations.sequence) return { kind: 'sign' };
  if (list.sequence < revocations.sequence) return refuse('older-list');
  return digest === revocations.digest ? { kind: 'sign' } : refuse('changed-list');
}

/** Whether something of that time counts for the hour. Set back, a clock frees nothing. */
export const isRecent = (atMs: number, nowMs: number): boolean => nowMs - atMs < hourMs;

function bindingRefusal(body: CertificateBody, { anchor }: SignerTerms): SignerRefusal | null {
  if (body.hive !== anchor) return 'other-hive';
  if (body.parent_public_key !== anchor) return 'other-parent';
  if (body.public_key === anchor) return 'own-key';
  if (certificateBytes(body).length + signatureBytes > certificateLimitBytes) return 'too-large';
  return null;
}

function tierRefusal({ tier, public_key, capabilities }: CertificateBody, terms: SignerTerms): SignerRefusal | null {
  switch (tier) {
    case 'local':
      return 'not-for-tier';
    case 'central':
      if (!terms.centralKeys.has(public_key)) return 'not-listed';
      return capabilities.length > 0 ? 'capability-not-allowed' : null;
    case 'regional':
      return new Set(capabilities).size < capabilities.length ? 'repeated-capability' : null;
  }
}

function timeRefusal({ issued_at, expires_at, tier }: CertificateBody, nowMs: number): SignerRefusal | null {
  const [beginsMs, endsMs] = [issued_at, expires_at].map((text) => (readWireTime(text) ?? Number.NaN) / 1000);
  if (beginsMs === undefined || endsMs === undefined) return 'wrong-time';
  if (!(Math.abs(beginsMs - nowMs) <= clockToleranceMs)) return 'wrong-time';
  if (!(endsMs > beginsMs)) return 'ends-before-it-begins';
  return endsMs - beginsMs <= lifetimeMs[tier] ? null : 'lifetime-too-long';
}

function rateRefusal(
  { tier }: CertificateBody,
  { perHour }: SignerTerms,
  { issued }: Pick<SignerRecord, 'issued'>,
  nowMs: number,
): SignerRefusal | null {
  if (tier !== 'regional' || issued.size < perHour) return null;
  const recent = [...issued.values()].filter((atMs) => isRecent(atMs, nowMs));
  return recent.length < perHour ? null : 'too-many';
}
