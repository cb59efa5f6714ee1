/**
 * How a node is, as pure rules: facts go in, one state and its reasons come out. The page, the tray, the commands and
 * `/status` all show what this says (interface.md, Tray).
 */

/** When several hold, the first is shown. `halted` comes with the kill switch. */
export const nodeStates = ['halted', 'attention', 'paused', 'joining', 'degraded', 'healthy', 'flat'] as const;

/** How a node is, in one word. */
export type NodeState = (typeof nodeStates)[number];

/** What mends a reason, so that every place can offer it. `wait`: it mends itself; `by-command`: its sentence says how. */
export const stateFixes = ['resume', 'restart', 'check', 'open-models', 'open-keys', 'by-command', 'wait'] as const;
export type StateFix = (typeof stateFixes)[number];

/** Why a chosen model was not reached. `key`: its host answers, but refuses the key or wants one. */
export const unreachableCauses = ['dns', 'refused', 'tls', 'timeout', 'closed', 'network', 'key'] as const;
export type UnreachableCause = (typeof unreachableCauses)[number];

/** One thing worth telling. Times are ms since the epoch. */
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
  | HiveReason
);

/** What there is to tell of a node's place in a hive. `host`: of the issuer it asks. */
export type HiveReason =
  /** It waits for the words by which a person says whom to trust. */
  | { readonly kind: 'join-unconfirmed'; readonly host: string; readonly since: number }
  | { readonly kind: 'join-applying'; readonly host: string; readonly since: number }
  /** A steward of the hive decides. */
  | { readonly kind: 'join-pending'; readonly host: string; readonly since: number }
  | { readonly kind: 'join-failed'; readonly host: string; readonly since: number; readonly sentence: string }
  /** Its certificate has ended and is being renewed. */
  | { readonly kind: 'membership-lapsed'; readonly host: string; readonly since: number }
  /** The certificate still counts, but was not renewed when it should have been. */
  | { readonly kind: 'renewal-failing'; readonly host: string; readonly since: number; readonly sentence: string }
  /** The key of the environment is not the one that the hive delivered, so what is signed with it is refused. */
  | { readonly kind: 'federation-key-differs'; readonly since: number }
  /** This computer's clock against the hive's. `difference`: how far, for the person: `3 hours`. */
  | {
      readonly kind: 'clock-wrong';
      readonly direction: 'behind' | 'ahead';
      readonly difference: string;
      readonly since: number;
    }
  | { readonly kind: 'membership-ended'; readonly since: number; readonly sentence: string }
  /** A central that has no certificate of its own: its signer does not answer, or refuses. */
  | { readonly kind: 'not-issuing'; readonly since: number; readonly sentence: string };

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

/** What is known of the model that answers where nothing else is said; only what a real request has shown. */
export type ModelFact =
  /** Nothing was heard of it yet, or it answered when it was last asked. */
  | { readonly kind: 'fine' }
  | {
      readonly kind: 'unreachable';
      readonly model: string;
      readonly host: string;
      readonly cause: UnreachableCause;
      readonly since: number;
      readonly checkedAt: number;
    }
  | { readonly kind: 'none' };

/** A node's place in a hive. `reason`: what there is to tell of it. */
export type HiveFact =
  | { readonly kind: 'alone'; readonly reason: HiveReason | null }
  | { readonly kind: 'member'; readonly reason: HiveReason | null };

/** Everything that the state is decided from. */
export interface NodeFacts {
  readonly runtime: RuntimeFact;
  /** Since when the person has paused the agents, ms since the epoch; `null`: not paused. */
  readonly pausedSince: number | null;
  /** Since when the stored keys cannot be read, ms since the epoch; `null`: they can. */
  readonly keysLockedSince: number | null;
  readonly model: ModelFact;
  readonly hive: HiveFact;
}

/** The state and everything that holds, the weightiest first. */
export interface StateDecision {
  readonly state: NodeState;
  readonly reasons: readonly StateReason[];
}

/** A start that takes no longer is not worth a state, ms. */
const quickStartMs = 10_000;

/**
 * Decides the state.
 *
 * @param now ms since the epoch
 */
export function decideState(facts: NodeFacts, now: number): StateDecision {
  const reasons = [
    runtimeReason(facts.runtime),
    keysReason(facts.keysLockedSince),
    pauseReason(facts.pausedSince),
    hiveReason(facts.hive.reason),
    modelReason(facts.model),
  ]
    .filter((reason) => reason !== null)
    .sort((a, b) => weight(a, now) - weight(b, now));
  const [first] = reasons;
  const well = facts.hive.kind === 'member' ? 'healthy' : 'flat';
  return { state: (first ? stateOf(first, now) : null) ?? well, reasons };
}

const weight = (reason: StateReason, now: number): number => nodeStates.indexOf(stateOf(reason, now) ?? 'flat');

/** The state that a reason alone would make; `null`: it changes none. */
function stateOf(reason: StateReason, now: number): NodeState | null {
  switch (reason.kind) {
    case 'runtime-gave-up':
    case 'keys-locked':
    case 'join-unconfirmed':
    case 'join-failed':
    case 'membership-ended':
    case 'not-issuing':
      return 'attention';
    case 'paused-by-person':
      return 'paused';
    case 'runtime-starting':
      return now - reason.since < quickStartMs ? null : 'joining';
    case 'join-applying':
    case 'join-pending':
    case 'membership-lapsed':
      return 'joining';
    case 'runtime-restarting':
    case 'model-unreachable':
    case 'renewal-failing':
    case 'federation-key-differs':
    case 'clock-wrong':
      return 'degraded';
    case 'runtime-stopping':
    case 'no-model':
      return null;
  }
}

function runtimeReason(runtime: RuntimeFact): StateReason | null {
  switch (runtime.kind) {
    case 'running':
      return null;
    case 'starting':
      return { kind: 'runtime-starting', since: runtime.since, fix: 'wait' };
    case 'restarting':
      return { kind: 'runtime-restarting', cause: runtime.cause, since: runtime.since, fix: 'wait' };
    case 'gave-up': {
      const { cause, since, sentence } = runtime;
      return { kind: 'runtime-gave-up', cause, since, sentence, fix: 'restart' };
    }
    case 'stopping':
      return { kind: 'runtime-stopping', since: runtime.since, fix: 'wait' };
  }
}

const keysReason = (since: number | null): StateReason | null =>
  since === null ? null : { kind: 'keys-locked', since, fix: 'open-keys' };

const pauseReason = (since: number | null): StateReason | null =>
  since === null ? null : { kind: 'paused-by-person', since, fix: 'resume' };

const hiveFixes: Readonly<Record<HiveReason['kind'], StateFix>> = {
  'join-unconfirmed': 'by-command',
  'join-applying': 'wait',
  'join-pending': 'wait',
  'join-failed': 'by-command',
  'membership-lapsed': 'wait',
  'renewal-failing': 'wait',
  'federation-key-differs': 'by-command',
  'clock-wrong': 'by-command',
  'membership-ended': 'by-command',
  'not-issuing': 'by-command',
};

/** Whether a reason is about the node's place in a hive. */
export const isHiveReason = (reason: StateReason): reason is StateReason & HiveReason => reason.kind in hiveFixes;

const hiveReason = (reason: HiveReason | null): StateReason | null =>
  reason === null ? null : { ...reason, fix: hiveFixes[reason.kind] };

function modelReason(model: ModelFact): StateReason | null {
  if (model.kind === 'none') return { kind: 'no-model', fix: 'open-models' };
  if (model.kind !== 'unreachable') return null;
  const isSetting = model.cause === 'key' || model.cause === 'tls';
  return { ...model, kind: 'model-unreachable', fix: isSetting ? 'open-models' : 'check' };
}
