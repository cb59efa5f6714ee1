import type { ClockMeasure, PlaceReason, UnreachableCause } from './state-reason.ts';
import type { TrustObstacle } from './trust/obstacle.ts';

/**
 * What is known of a node, each with the time of the last real look at it (`lookedAt`). All times are ms since the epoch
 * by this computer's clock; `since` is when a trouble was first found.
 */
export interface NodeFacts {
  /** When this run of the node began. */
  readonly startedAt: number;
  /** When a person last asked for a look; what it found needs not last before it is shown. `null`: nobody has. */
  readonly askedAt: number | null;
  readonly runtime: RuntimeFact;
  /** Since when the person has paused the agents; `null`: not paused. */
  readonly pausedSince: number | null;
  readonly database: DatabaseFact;
  readonly disk: DiskFact;
  readonly clock: ClockFact;
  readonly port: PortFact;
  readonly hivePort: HivePortFact;
  readonly keys: KeysFact;
  readonly model: ModelFact;
  readonly hive: HiveFact;
}

/** How the process that carries the node is. What a running node says of itself is always `running`. */
export type RuntimeFact =
  | { readonly kind: 'running' }
  | { readonly kind: 'starting'; readonly since: number }
  | { readonly kind: 'restarting'; readonly cause: 'crashed' | 'hung'; readonly since: number }
  | {
      readonly kind: 'gave-up';
      readonly cause: 'keeps-crashing' | 'cannot-start';
      readonly since: number;
      readonly sentence: string;
    }
  | { readonly kind: 'stopping'; readonly since: number };

export type DatabaseFact =
  /** Nobody has looked through it in this run. */
  | { readonly kind: 'not-looked' }
  | { readonly kind: 'sound'; readonly conversations: number; readonly messages: number; readonly lookedAt: number }
  | { readonly kind: 'damaged'; readonly problem: string; readonly since: number; readonly lookedAt: number };

export type DiskFact =
  | { readonly kind: 'not-looked' }
  | {
      readonly kind: 'room';
      readonly freeBytes: number;
      /** The program that synchronises the data folder, or `null`. */
      readonly synchronisedBy: string | null;
      readonly lookedAt: number;
    }
  /** A write was refused, or next to nothing is free. */
  | { readonly kind: 'full'; readonly freeBytes: number; readonly since: number; readonly lookedAt: number }
  /** A write was refused for another reason than room: a disk that was set to read only, rights that are missing. */
  | { readonly kind: 'unwritable'; readonly freeBytes: number; readonly since: number; readonly lookedAt: number };

export type ClockFact =
  | { readonly kind: 'right'; readonly against: ClockMeasure; readonly differenceMs: number; readonly lookedAt: number }
  | {
      readonly kind: 'wrong';
      readonly against: ClockMeasure;
      /** How far this computer's clock is behind, ms; negative: ahead. */
      readonly differenceMs: number;
      readonly since: number;
      readonly lookedAt: number;
    };

/** Where the node answers on this computer. */
export type PortFact =
  /** This shell opens none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly address: string; readonly lookedAt: number }
  /** The one that was asked for is another program's. */
  | { readonly kind: 'moved'; readonly address: string; readonly takenPort: number; readonly lookedAt: number }
  | { readonly kind: 'closed'; readonly lookedAt: number };

/** Where others of the hive reach this node. */
export type HivePortFact =
  /** It is not to be reached, or has not begun to listen. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly address: string }
  /** `port`: the one that is another program's; `null`: something else was in the way, which the log says. */
  | { readonly kind: 'deaf'; readonly port: number | null; readonly since: number; readonly lookedAt: number };

export type KeysFact =
  | { readonly kind: 'sealed'; readonly openedBy: 'keyring' | 'passphrase'; readonly lookedAt: number }
  /** Some could not be encrypted. */
  | { readonly kind: 'left-plain'; readonly count: number; readonly lookedAt: number }
  /** There is no keyring here. */
  | { readonly kind: 'plain'; readonly lookedAt: number }
  | { readonly kind: 'locked'; readonly since: number; readonly lookedAt: number };

/** What is known of the model that answers where nothing else is said; only what a real request has shown. */
export type ModelFact =
  | { readonly kind: 'none' }
  | { readonly kind: 'not-asked'; readonly model: string }
  | { readonly kind: 'answers'; readonly model: string; readonly lookedAt: number }
  /** Its host was reached, but the last request did not end well. */
  | { readonly kind: 'answered-badly'; readonly model: string; readonly lookedAt: number }
  | {
      readonly kind: 'unreachable';
      readonly model: string;
      readonly host: string;
      readonly cause: UnreachableCause;
      readonly since: number;
      readonly checkedAt: number;
    };

/** A node's place in a hive. */
export type HiveFact =
  | { readonly kind: 'alone'; readonly reason: PlaceReason | null }
  | {
      readonly kind: 'member';
      /** `null`: a central that has none yet. */
      readonly certificate: CertificateFact | null;
      /** `null` at central. */
      readonly parent: ParentFact | null;
      /** Since when the environment's key is known not to be the hive's; `null`: it is not so. */
      readonly keyDiffersSince: number | null;
      /** Of central alone: why nothing can be issued; `null`: it can, or this is no central. */
      readonly signerTrouble: { readonly since: number; readonly sentence: string } | null;
      /** Of central alone: when its signer was last asked something; `null`: not in this run. */
      readonly signerLookedAt: number | null;
    };

/** A certificate that was verified when it was stored; its end is compared with the hive's time. */
export interface CertificateFact {
  readonly issuedAt: number;
  readonly endsAt: number;
  /** `null`: nothing renews it. */
  readonly renewsAt: number | null;
  /** Renewals that failed, the last one for this; `null`: none since the last that worked. */
  readonly trouble: { readonly since: number; readonly obstacle: TrustObstacle | null } | null;
}

/** What is known of the parent in the hive. */
export interface ParentFact {
  readonly host: string;
  /** When it last proved itself over verified TLS. */
  readonly verifiedAt: number | null;
  /** When it was last asked in this run, whatever it answered. */
  readonly askedAt: number | null;
  /** Since when it counts as silent (parent-reach.ts); `null`: it does not. */
  readonly silentSince: number | null;
}
