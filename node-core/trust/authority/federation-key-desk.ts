import type { CallResult } from '../../api/contract.ts';

/** The federation key as a person sees it. */
export type FederationKeyView = CallResult<'authority.federationKey'>;

/** The federation key as stewards see and change it. */
export interface FederationKeyDesk {
  /** `null`: there is none here. */
  view(): FederationKeyView | null;
  /**
   * Makes a new one; the one before is accepted for 8 days. Durable when it resolves. Rejects with a FailureError:
   * `federation-key` where it is not this node's to change, `set-elsewhere` where the environment sets it.
   */
  rotate(): Promise<void>;
}
