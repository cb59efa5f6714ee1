import type { TrustView } from '../../api/trust-views.ts';
import type { ParentReach } from '../../protocol/parent-reach.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Parent } from '../../protocol/trust/directory.ts';
import type { RenewalRequest } from '../../protocol/trust/enrolment.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { HiveClient } from '../transport/hive-client.ts';
import type { ChainVerifier } from '../verification/chain-verifier.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import type { MemberFederationKeys } from './member-federation-keys.ts';
import type { JoinObstacle } from './membership-record.ts';
import type { MembershipStore } from './membership-store.ts';

/** What keeps a membership alive and true: renewal, revocations, moving to another parent, leaving. */
export interface Upkeep {
  /** Begins to renew, to poll and to look for another parent where that is needed. Idempotent. */
  start(): void;
  /** Ends all of it; requests that run are broken off. Idempotent. */
  stop(): Promise<void>;
  /**
   * Renews now, due or not. `isAnswered`: false if it was broken off, as by `stop`. Rejects with a FailureError
   * `not-joined` or `hive-refused`.
   */
  renewNow(): Promise<{ readonly isAnswered: boolean }>;
  /** Asks the parent for revocations now. Resolves when that is done, whatever came of it. */
  pollNow(): Promise<void>;
  /**
   * Tells the issuer where it can be reached within 5 s, then forgets certificates and federation key whatever it
   * answered, and any application. Identity and chats stay. In no hive: does nothing.
   */
  leave(): Promise<{ readonly isIssuerTold: boolean }>;
  /**
   * Asks until it is known how the parent answers: one that was silent has to answer twice. One that answers is also asked
   * something signed, which compares the clocks. Never rejects.
   */
  checkParent(): Promise<void>;
  /** How the parent answers, by this computer's clock. */
  reach(): ParentReach;
  /** `null`: in no hive. */
  view(): MembershipParts | null;
  /** Told when the view may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** `TrustView.membership` without what takes time or sentences to make: the anchor's words and the obstacle's sentence. */
export type MembershipParts = Omit<
  NonNullable<TrustView['membership']>,
  'anchorWords' | 'issuerWords' | 'renewalObstacle'
> & {
  readonly renewalObstacle: JoinObstacle | null;
  /** `joining`: its certificate has ended or stands still, and it waits to be renewed or approved again. */
  readonly state: 'member' | 'joining' | 'ended';
};

/** How upkeep applies at another parent, or again at the same; the applicant does it. */
export interface MoveApplication {
  /**
   * Begins an application without invite (`order.from` is `move`). The present hive record stays until the new
   * certificate is stored, and is then replaced by it.
   */
  move(parent: Parent): Promise<void>;
  /** Ends the application that is there, failed or not. */
  cancel(): Promise<void>;
}

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
  /** The applicant. */
  readonly moves: MoveApplication;
  readonly storage: Pick<Storage, 'onReplaced'>;
  readonly clock: Clock;
  /** 0 <= x < 1, for the jitter of polls and the choice of a parent. */
  readonly random: () => number;
  readonly log: Log;
}
