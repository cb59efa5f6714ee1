import type { MemberTier } from './certificate.ts';
import { judgeChain } from './chain.ts';
import type { ChainDefect, ChainTerms } from './chain-terms.ts';
import { type Issued, issuedSchema } from './enrolment.ts';
import type { VerifySignature } from './key-text.ts';

/** Why a certificate that came for this node is refused; nothing of it is stored then. */
export type IssuedDefect = ChainDefect | 'malformed-answer' | 'wrong-key' | 'wrong-tier' | 'wrong-capabilities';

export type IssuedVerdict =
  | { readonly kind: 'ours'; readonly issued: Issued }
  | { readonly kind: 'refused'; readonly defect: IssuedDefect };

/** What it is judged by. */
export interface IssuedTerms {
  readonly publicKey: string;
  /** What was asked for: this and no other. */
  readonly tier: MemberTier;
  /** The pinned trust anchor, hex. */
  readonly anchor: string;
  /** Hive time, ms since the epoch. */
  readonly nowMs: number;
  readonly verify: VerifySignature;
  readonly isRevoked: ChainTerms['isRevoked'];
}

/** Judges what an issuer delivers as this node's own certificate. Takes any value; never throws. */
export function judgeIssued(presented: unknown, terms: IssuedTerms): IssuedVerdict {
  const parsed = issuedSchema.safeParse(presented);
  if (!parsed.success) return { kind: 'refused', defect: 'malformed-answer' };
  const { certificate, issuers } = parsed.data;
  if (certificate.public_key !== terms.publicKey) return { kind: 'refused', defect: 'wrong-key' };
  if (certificate.tier !== terms.tier) return { kind: 'refused', defect: 'wrong-tier' };
  const verdict = judgeChain({ certificate, issuers }, terms);
  if (verdict.kind === 'refused') return { kind: 'refused', defect: verdict.defect };
  const has = (capability: 'mesh' | 'work' | 'issue'): boolean => certificate.capabilities.includes(capability);
  const isFit = has('mesh') && has('work') && !(certificate.tier === 'local' && has('issue'));
  return isFit ? { kind: 'ours', issued: parsed.data } : { kind: 'refused', defect: 'wrong-capabilities' };
}
