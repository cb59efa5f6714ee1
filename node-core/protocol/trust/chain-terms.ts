import type { VerifySignature } from './key-text.ts';

/** Why a chain is refused, in the order in which it is looked at (protocol.md, section 2). */
export const chainDefects = [
  'too-large',
  'malformed',
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
export interface ChainRefusal {
  readonly kind: 'refused';
  readonly defect: ChainDefect;
  readonly position: number;
}

/** What a chain is judged by. */
export interface ChainTerms {
  /** The pinned trust anchor, hex. */
  readonly anchor: string;
  /** Hive time, ms since the epoch; a fraction counts, to the microsecond. */
  readonly nowMs: number;
  readonly verify: VerifySignature;
  /** `parentKey`: who signed it. A regional's list counts only for what that regional issued. */
  readonly isRevoked: (publicKey: string, serial: string, parentKey: string) => boolean;
  /**
   * How long ago a leaf may have ended, ms; only renewal takes ended leaves. Its issuers may have ended with it, never
   * before it. Default 0.
   */
  readonly endedLeafGraceMs?: number;
}
