import type { ChainVerdict } from '../../protocol/trust/chain.ts';

/** Judges chains for this hive, with its anchor, hive time and the revocations known here. Repeated verdicts are cached. */
export interface ChainVerifier {
  /** Takes any value; never throws. */
  judge(presented: unknown, terms?: { readonly endedLeafGraceMs?: number }): ChainVerdict;
}
