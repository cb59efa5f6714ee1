import { createHash } from 'node:crypto';

/** A federation key (`HART_NODE_KEY`) and its name: the first 16 hex of its SHA-256. */
export interface FederationKey {
  readonly id: string;
  /** 32 bytes */
  readonly key: Uint8Array;
}

/** The federation keys of this node. */
export interface FederationKeys {
  /** What requests are signed with; `null`: none yet. */
  current(): FederationKey | null;
  /** What requests may be signed with: the current one, and for 8 days the one before. */
  accepted(): readonly FederationKey[];
}

/** The key with its name. @param key 32 bytes */
export function namedFederationKey(key: Uint8Array): FederationKey {
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}
