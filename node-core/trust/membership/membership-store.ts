import type { Membership } from './membership-record.ts';

/** Keeps the membership. Changes run one after another. */
export interface MembershipStore {
  /** As last stored. */
  get(): Membership;
  /** Stores what `change` makes of the present, durably, then tells the listeners; resolves with it. */
  update(change: (present: Membership) => Membership): Promise<Membership>;
  /** Resolves when every change that was asked for is stored or has failed. Never rejects. */
  settled(): Promise<void>;
  /** Told after each change; returns what ends it. */
  onChange(listener: () => void): () => void;
}
