import type { CertificateChain } from './certificate.ts';
import type { VerifySignature } from './key-text.ts';

/** Why a chain is refused, in the order in which it is looked at (protocol.md, section 2). */
export const chainDefects = [
  'malformed',
  'too-large',
  'bad-signature',
  'other-anchor',
  'tier-not-allowed',
  'capability-missing',
  'not-yet-valid',
  'expired',
  'lifetime-too-long',
  'outlives-parent',
  'revoked',
  'other-hive',
] as const;
export type ChainDefect = (typeof chainDefects)[number];

/** `position` counts from the leaf, 0; its parent is 1. */
export type ChainVerdict =
  | { readonly kind: 'valid'; readonly chain: CertificateChain; readonly endsAtMs: number }
  | { readonly kind: 'refused'; readonly defect: ChainDefect; readonly position: number };

/** What a chain is judged by. */
export interface ChainTerms {
  /** The pinned trust anchor, hex. */
  readonly anchor: string;
  /** Hive time, ms since the epoch. */
  readonly nowMs: number;
  readonly verify: VerifySignature;
  /** `parentKey`: who signed it. A regional's list counts only for what that regional issued. */
  readonly isRevoked: (publicKey: string, serial: string, parentKey: string) => boolean;
  /** How long ago a leaf may have ended, ms; only renewal takes ended leaves. Default 0. */
  readonly endedLeafGraceMs?: number;
  /** Certificates in HART OS's shape (no `hive`, no `serial`, capabilities of their own) count. Default: no. */
  readonly hartCompat?: boolean;
}

/** Judges what somebody presented as `{certificate, issuers}`. Takes any value; never throws. */
export function judgeChain(_presented: unknown, _terms: ChainTerms): ChainVerdict {
  return { kind: 'refused', defect: 'malformed', position: 0 };
}
