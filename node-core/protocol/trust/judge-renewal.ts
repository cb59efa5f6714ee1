import type { CertificateChain, MemberTier } from './certificate.ts';
import type { ChainVerdict } from './chain.ts';
import type { ChainDefect } from './chain-terms.ts';
import { type Issued, issuedSchema } from './enrolment.ts';
import { lifetimeOf } from './renewal-schedule.ts';

/** Why the answer to a renewal is refused; nothing of it is taken then. */
export type RenewalDefect = 'other-key' | 'other-hive' | 'tier-changed' | 'other-parent' | 'not-later' | ChainDefect;

export type RenewalVerdict =
  | { readonly kind: 'renewed'; readonly issued: Issued; readonly chain: CertificateChain }
  /** It is the certificate that this node has; the parent is alive, and that is all. */
  | { readonly kind: 'unchanged'; readonly issued: Issued }
  | { readonly kind: 'refused'; readonly defect: RenewalDefect };

/** What an answer is judged by. */
export interface RenewalTerms {
  readonly anchor: string;
  readonly tier: MemberTier;
  /** What this node has. */
  readonly present: CertificateChain;
  readonly judge: (presented: unknown) => ChainVerdict;
}

/**
 * Judges what a parent answered to `POST /renew`, before it replaces anything: a valid chain of this hive, for this
 * node's own key, of the same tier and parent, that ends later than the present one. Takes any value; never throws.
 */
export function judgeRenewal(answer: unknown, terms: RenewalTerms): RenewalVerdict {
  const parsed = issuedSchema.safeParse(answer);
  if (!parsed.success) return { kind: 'refused', defect: 'malformed' };
  const issued = parsed.data;
  const defect = defectOf(issued, terms);
  if (defect) return { kind: 'refused', defect };
  if (issued.certificate.parent_signature === terms.present.certificate.parent_signature) {
    return { kind: 'unchanged', issued };
  }
  const verdict = terms.judge({ certificate: issued.certificate, issuers: issued.issuers });
  if (verdict.kind === 'refused') return { kind: 'refused', defect: verdict.defect };
  const isLater = verdict.endsAtMs > lifetimeOf(terms.present.certificate).expiresAtMs;
  return isLater ? { kind: 'renewed', issued, chain: verdict.chain } : { kind: 'refused', defect: 'not-later' };
}

function defectOf({ certificate }: Issued, { anchor, tier, present }: RenewalTerms): RenewalDefect | null {
  if (certificate.public_key !== present.certificate.public_key) return 'other-key';
  if (certificate.hive !== anchor) return 'other-hive';
  if (certificate.tier !== tier) return 'tier-changed';
  if (certificate.parent_public_key !== present.certificate.parent_public_key) return 'other-parent';
  return null;
}
