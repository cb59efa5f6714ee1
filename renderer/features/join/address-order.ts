import type { MemberTier } from '../../../node-core/protocol/trust/certificate.ts';

/** What joins by an address instead of a link. */
export interface AddressOrder {
  readonly address: string;
  readonly tier: MemberTier;
  /** The hive's four words, as the person was told them; `null`: they compare them when the server has stated them. */
  readonly words: string | null;
}
