import {
  decideState,
  type HiveFact,
  isHiveReason,
  type ModelFact,
  type NodeFacts,
  type RuntimeFact,
  type StateDecision,
} from '../protocol/node-state.ts';
import type { StatusView } from './node-views.ts';
import type { RuntimeView } from './shell-views.ts';

/**
 * The state as the desktop shell and its page see it: what the node last said of itself, and what the shell sees of the
 * node's process. While that does not run, the node's word still stands for what does not hang on it (a pause, the model).
 *
 * @param status what the node last said, `null` before it said anything
 * @param now ms since the epoch
 */
export function shellDecision(status: StatusView | null, runtime: RuntimeView, now: number): StateDecision {
  return decideState({ runtime: runtimeFact(runtime), ...factsOf(status) }, now);
}

function runtimeFact(runtime: RuntimeView): RuntimeFact {
  if (runtime.kind !== 'attention') return runtime;
  const { cause, since, sentence } = runtime;
  return { kind: 'gave-up', cause, since, sentence };
}

/** Since when the agents are paused, ms since the epoch, as the reasons say it; `null`: they are not. */
export function pausedSince({ reasons }: Pick<StateDecision, 'reasons'>): number | null {
  const reason = reasons.find(({ kind }) => kind === 'paused-by-person');
  return reason?.kind === 'paused-by-person' ? reason.since : null;
}

function factsOf(status: StatusView | null): Omit<NodeFacts, 'runtime'> {
  if (status === null) return { pausedSince: null, keysLockedSince: null, model: { kind: 'fine' }, hive: alone };
  const locked = status.reasons.find((reason) => reason.kind === 'keys-locked');
  return {
    pausedSince: pausedSince(status),
    keysLockedSince: locked?.since ?? null,
    model: modelFact(status),
    hive: hiveFact(status),
  };
}

const alone: HiveFact = { kind: 'alone', reason: null };

function hiveFact({ reasons, tier }: StatusView): HiveFact {
  return { kind: tier === 'flat' ? 'alone' : 'member', reason: reasons.find(isHiveReason) ?? null };
}

function modelFact({ reasons }: StatusView): ModelFact {
  for (const reason of reasons) {
    if (reason.kind === 'no-model') return { kind: 'none' };
    if (reason.kind !== 'model-unreachable') continue;
    const { model, host, cause, since, checkedAt } = reason;
    return { kind: 'unreachable', model, host, cause, since, checkedAt };
  }
  return { kind: 'fine' };
}
