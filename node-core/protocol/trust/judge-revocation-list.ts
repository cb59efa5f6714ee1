import { signedBytes } from './canonical.ts';
import { mayIssue } from './capabilities.ts';
import { judgeChain } from './chain.ts';
import type { VerifySignature } from './key-text.ts';
import { type RevocationList, type SignedRevocationList, signedRevocationListSchema } from './revocation-list.ts';

/** Why a list is left alone. `bad-chain`: its issuer may not revoke, or may not any more. */
export type RevocationListDefect = 'malformed' | 'other-hive' | 'bad-chain' | 'bad-signature';

export type RevocationListVerdict =
  | { readonly kind: 'valid'; readonly signed: SignedRevocationList }
  | { readonly kind: 'refused'; readonly defect: RevocationListDefect };

/** What a list is judged by. */
export interface RevocationListTerms {
  /** The pinned trust anchor, hex. */
  readonly anchor: string;
  /** Hive time, ms since the epoch. */
  readonly nowMs: number;
  readonly verify: VerifySignature;
  readonly isRevoked: (publicKey: string, serial: string, parentKey: string) => boolean;
}

/** A list counts this long after its regional's certificate has ended, ms: until then its entries can matter. */
export const endedIssuerGraceMs = 8 * 24 * 60 * 60_000;

/**
 * Judges a signed list (protocol.md, section 3, Revocation): the anchor's, or that of a regional with `issue`. The
 * signature is looked at over the list as it came, so that fields of later versions do not break it. Takes any value;
 * never throws.
 */
export function judgeRevocationList(presented: unknown, terms: RevocationListTerms): RevocationListVerdict {
  if (!isSignedList(presented)) return { kind: 'refused', defect: 'malformed' };
  const { list, signature } = presented;
  if (list.hive !== terms.anchor) return { kind: 'refused', defect: 'other-hive' };
  if (list.issuer !== terms.anchor && !mayRevoke(presented, terms)) return { kind: 'refused', defect: 'bad-chain' };
  const isSigned = isSignedBy(list, signature, list.issuer, terms.verify);
  return isSigned ? { kind: 'valid', signed: presented } : { kind: 'refused', defect: 'bad-signature' };
}

/** Whether a value has the shape of a signed list; what it holds beyond that stays in it. */
const isSignedList = (value: unknown): value is SignedRevocationList =>
  signedRevocationListSchema.safeParse(value).success;

function mayRevoke({ list, issuers }: SignedRevocationList, terms: RevocationListTerms): boolean {
  const [certificate, ...above] = issuers;
  const verdict = judgeChain({ certificate, issuers: above }, { ...terms, endedLeafGraceMs: endedIssuerGraceMs });
  if (verdict.kind !== 'valid') return false;
  const { certificate: leaf } = verdict.chain;
  return leaf.public_key === list.issuer && mayIssue(leaf);
}

function isSignedBy(list: RevocationList, signature: string, issuer: string, verify: VerifySignature): boolean {
  try {
    return verify(signedBytes('revocation', list), signature, issuer);
  } catch {
    // Nested so deeply, in a field that we do not know, that there is no canonical form.
    return false;
  }
}
