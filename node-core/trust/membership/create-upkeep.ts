import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { RenewalRequest } from '../../protocol/trust/enrolment.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { HiveClient } from '../transport/hive-client.ts';
import type { ChainVerifier } from '../verification/chain-verifier.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import type { MemberFederationKeys } from './member-federation-keys.ts';
import type { MembershipStore } from './membership-store.ts';
import type { MoveApplication, Upkeep } from './upkeep.ts';

/** What upkeep works with. */
export interface UpkeepOptions {
  readonly store: MembershipStore;
  readonly identity: NodeIdentity;
  readonly client: HiveClient;
  /** For the anchor of the membership. */
  readonly verifier: ChainVerifier;
  readonly revocations: RevocationBook;
  readonly hiveTime: HiveTime;
  readonly federationKeys: Pick<MemberFederationKeys, 'delivered'>;
  readonly verify: VerifySignature;
  /** What this node says of itself when it renews. */
  readonly profile: () => Pick<RenewalRequest, 'node_name' | 'advertised_url' | 'advertised_tls'>;
  readonly moves: MoveApplication;
  readonly storage: Pick<Storage, 'onReplaced'>;
  readonly clock: Clock;
  /** 0 <= x < 1, for the jitter of polls and the choice of a parent. */
  readonly random: () => number;
  readonly log: Log;
}

/** Makes what keeps a membership alive. Nothing runs before `start`, and nothing while there is no membership. */
export function createUpkeep(_options: UpkeepOptions): Upkeep {
  throw new Error('It follows.');
}
