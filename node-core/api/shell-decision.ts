import type { RuntimeFact } from '../protocol/node-facts.ts';
import { decideAround, type StateDecision } from '../protocol/node-state.ts';
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
  const told = { reasons: status?.reasons ?? [], checks: status?.checks ?? [] };
  return decideAround({ ...told, isMember: status !== null && status.tier !== 'flat' }, runtimeFact(runtime), now);
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
