import type { TrustView } from '../../api/trust-views.ts';
import type { Parent } from '../../protocol/trust/directory.ts';
import type { JoinObstacle } from './membership-record.ts';

/** What keeps a membership alive and true: renewal, revocations, moving to another parent, leaving. */
export interface Upkeep {
  /** Begins to renew, to poll and to look for another parent where that is needed. Idempotent. */
  start(): void;
  /** Ends all of it; requests that run are broken off. Idempotent. */
  stop(): Promise<void>;
  /** Renews now, due or not. Throws a FailureError `not-joined` or `hive-refused`. */
  renewNow(): Promise<void>;
  /** Asks the parent for revocations now. Resolves when that is done, whatever came of it. */
  pollNow(): Promise<void>;
  /**
   * Tells the issuer where it can be reached within 5 s, then forgets certificates and federation key whatever it
   * answered, and any application. Identity and chats stay. In no hive: does nothing.
   */
  leave(): Promise<{ readonly isIssuerTold: boolean }>;
  /** `null`: in no hive. */
  view(): MembershipParts | null;
  /** Told when the view may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** `TrustView.membership` without what takes time or sentences to make: the anchor's words and the obstacle's sentence. */
export type MembershipParts = Omit<NonNullable<TrustView['membership']>, 'anchorWords' | 'renewalObstacle'> & {
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
