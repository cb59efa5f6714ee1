import type { TrustObstacle } from './trust/obstacle.ts';

/** What mends a reason, so that every place can offer it. `check`: to look again; `wait`: it mends itself. */
export const stateFixes = [
  'resume',
  'restart',
  'check',
  'renew',
  'open-models',
  'open-keys',
  'open-storage',
  'open-join',
  'open-trust',
  'wait',
] as const;
export type StateFix = (typeof stateFixes)[number];

/** Why a chosen model was not reached. `key`: its host answers, but refuses the key or wants one. */
export const unreachableCauses = ['dns', 'refused', 'tls', 'timeout', 'closed', 'network', 'key'] as const;
export type UnreachableCause = (typeof unreachableCauses)[number];

/** What a computer's clock is compared with. `files`: the newest file of the data folder. */
export const clockMeasures = ['hive', 'files'] as const;
export type ClockMeasure = (typeof clockMeasures)[number];

/** One thing worth telling. Times are ms since the epoch, by this computer's clock. */
export type StateReason = { readonly fix: StateFix } & (
  | {
      readonly kind: 'runtime-gave-up';
      readonly cause: 'keeps-crashing' | 'cannot-start';
      readonly since: number;
      /** Why, for the person. */
      readonly sentence: string;
    }
  | { readonly kind: 'runtime-restarting'; readonly cause: 'crashed' | 'hung'; readonly since: number }
  | { readonly kind: 'runtime-starting'; readonly since: number }
  | { readonly kind: 'runtime-stopping'; readonly since: number }
  | { readonly kind: 'keys-locked'; readonly since: number }
  | { readonly kind: 'paused-by-person'; readonly since: number }
  | { readonly kind: 'database-damaged'; readonly problem: string; readonly since: number }
  /** Nothing more can be written. `free`: for the person, `12 MB`. */
  | { readonly kind: 'disk-full'; readonly free: string; readonly since: number }
  /** There is room, but nothing may be written to the data folder. */
  | { readonly kind: 'folder-unwritable'; readonly since: number }
  /** `difference`: how far, for the person: `3 hours`. */
  | {
      readonly kind: 'clock-wrong';
      readonly direction: 'behind' | 'ahead';
      readonly difference: string;
      readonly against: ClockMeasure;
      readonly since: number;
    }
  | {
      readonly kind: 'model-unreachable';
      readonly model: string;
      readonly host: string;
      readonly cause: UnreachableCause;
      readonly since: number;
      /** When it was last asked in earnest. */
      readonly checkedAt: number;
    }
  | { readonly kind: 'no-model' }
  | PlaceReason
  | MemberReason
);

/** What there is to tell of a node that is a member of no hive. `host`: of the issuer it asks. */
export type PlaceReason =
  /** It waits for the words by which a person says whom to trust. */
  | { readonly kind: 'join-unconfirmed'; readonly host: string; readonly since: number }
  | { readonly kind: 'join-applying'; readonly host: string; readonly since: number }
  /** It has a membership and takes no part in its hive: its identity or its record could not be opened. */
  | { readonly kind: 'trust-closed'; readonly since: number }
  /** A steward of the hive decides. */
  | { readonly kind: 'join-pending'; readonly host: string; readonly since: number }
  | {
      readonly kind: 'join-failed';
      readonly host: string;
      readonly since: number;
      readonly obstacle: TrustObstacle | null;
    }
  | {
      readonly kind: 'membership-ended';
      readonly ending: 'revoked' | 'lapsed';
      readonly since: number;
      /** What the stewards gave as reason; empty: nothing. */
      readonly said: string;
    };

/** What there is to tell of a member. `host`: of its parent. */
export type MemberReason =
  /** Its certificate has ended and is being renewed. */
  | { readonly kind: 'membership-lapsed'; readonly host: string; readonly since: number }
  /** The certificate still counts, but is in its last quarter and was not renewed. */
  | {
      readonly kind: 'renewal-failing';
      readonly host: string;
      readonly since: number;
      readonly endsAt: number;
      readonly obstacle: TrustObstacle | null;
    }
  /** The parent was not heard for a while, and no try has failed for long: this node has just begun to ask. */
  | { readonly kind: 'hive-reconnecting'; readonly host: string; readonly since: number }
  /** `checkedAt`: when it was last asked. `verifiedAt`: when it last proved itself; `null`: not in this membership. */
  | {
      readonly kind: 'parent-unreachable';
      readonly host: string;
      readonly since: number;
      readonly checkedAt: number;
      readonly verifiedAt: number | null;
    }
  /** The key of the environment is not the one that the hive delivered, so what is signed with it is refused. */
  | { readonly kind: 'federation-key-differs'; readonly since: number }
  /** Others cannot reach it. `port`: the one that is another program's; `null`: the log says why. */
  | { readonly kind: 'hive-deaf'; readonly port: number | null; readonly since: number }
  /** A central that has no certificate of its own: its signer does not answer, or refuses. */
  | { readonly kind: 'not-issuing'; readonly since: number; readonly sentence: string };
