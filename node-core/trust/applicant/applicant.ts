import type { TrustView } from '../../api/trust-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { MemberTier } from '../../protocol/trust/certificate.ts';
import type { ChainTerms } from '../../protocol/trust/chain-terms.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { JoinOrder } from '../membership/membership-record.ts';
import type { MembershipStore } from '../membership/membership-store.ts';
import type { MoveApplication } from '../membership/upkeep.ts';
import type { HiveClient } from '../transport/hive-client.ts';
import type { TypedJoin } from './address-order.ts';

/** Joins a hive (protocol.md, section 3, the applicant's side). One join at a time; each step survives a crash. */
export interface Applicant extends MoveApplication {
  /**
   * Begins to join by a link `nunba://join?...`. Resolves when it is stored; the view tells how it goes. Rejects with a
   * FailureError `link-invalid`, `tier-contradiction`, `already-joined` or `join-running`.
   */
  join(link: string): Promise<void>;
  /**
   * Begins to join by an address alone. The issuer is asked for its anchor; where words were given they are compared with
   * those of that anchor, else `confirm` is waited for. Rejects as `join` does, and with `invalid-input` for what is not
   * four words.
   */
  joinAddress(typed: TypedJoin): Promise<void>;
  /**
   * Begins or goes on with what the environment says; the same at every start is fine, best before `resume`. A member is
   * left as it is: another hive than its own is logged. Rejects with a FailureError `tier-contradiction`.
   */
  joinFromEnvironment(order: EnvironmentOrder): Promise<void>;
  /**
   * Pins the anchor that the issuer states, if these are its four words. Rejects with a FailureError `not-joined`
   * (confirm), `words-differ`, or `hive-refused` when the issuer states none.
   */
  confirm(words: string): Promise<void>;
  /** Tries what waits for its next try at once. Does nothing where none waits. */
  retry(): Promise<void>;
  /** Ends a join that is not done. Rejects with a FailureError `not-joined` (cancel). */
  cancel(): Promise<void>;
  /** Goes on with what was begun before the last end of the process. Call once, at the start. */
  resume(): Promise<void>;
  /** Ends all work; what is stored stays. */
  stop(): Promise<void>;
  /** `null`: nothing is being joined. */
  view(): TrustView['application'];
  /** The steps of the last join of this run. `null`: there was none, or it was cancelled, or its hive was left. */
  progress(): TrustView['join'];
  /** Told when the view changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** For an issuer that proves this node's domain: the proof for the applicant's own open enrolment, or `null`. */
  challengeAnswer(enrolmentId: string): ChallengeAnswer | null;
}

/** The answer of `GET /.well-known/hart-challenge?enrolment=<id>`. */
export interface ChallengeAnswer {
  readonly enrolment_id: string;
  /** 64 hex */
  readonly public_key: string;
  /** Kind `challenge-answer`, over the applicant's open challenge; 128 hex. */
  readonly signature: string;
}

/** What the environment asks for. */
export interface EnvironmentOrder {
  readonly order: JoinOrder;
  /** Four words in place of the anchor: they are compared with those of the anchor that the issuer states. */
  readonly anchorWords: readonly string[] | null;
  /** The variable that named the hive, for sentences. */
  readonly sourceName: string;
}

export interface ApplicantOptions {
  readonly identity: NodeIdentity;
  readonly store: MembershipStore;
  readonly client: HiveClient;
  readonly hiveTime: HiveTime;
  readonly clock: Clock;
  readonly log: Log;
  /** `strictVerify` */
  readonly verify: VerifySignature;
  /** What this node's hive has revoked; asked only while moving inside it. */
  readonly isRevoked: ChainTerms['isRevoked'];
  /** The four words of a key; slow (scrypt), so they are asked for once per key. */
  readonly wordsOf: (publicKey: string) => Promise<readonly string[]>;
  /** The tier that flags or environment ask for; `null`: any. */
  readonly tier: MemberTier | null;
  /** What the request says about this node; asked when one is made. */
  readonly describeNode: () => NodeDescription;
  /** 0..1, for jitter. */
  readonly random: () => number;
  /** How long the keys of this node took to open, ms. */
  readonly keysReadyMs: number;
  readonly settling: Settling;
}

/** What is looked at when a certificate is stored, before a join counts as done. */
export interface Settling {
  /** Whether there is a federation key that opens, once what came with the certificate was tried. */
  federationKey(): Promise<'set' | 'none' | 'unreadable'>;
  /** Sends the issuer a signed request. Resolves with whether one could be sent; rejects when the answer was no good. */
  askSigned(): Promise<boolean>;
}

/** How a node describes itself to an issuer. */
export interface NodeDescription {
  /** Printable ASCII, 1..60 characters. */
  readonly nodeName: string;
  /** Sent only for admission by domain. */
  readonly fqdn: string | null;
  /** Base address of the own hive listener, where others can reach it. */
  readonly advertisedUrl: string | null;
  /** Pin of its self-made certificate. */
  readonly advertisedTls: string | null;
}
