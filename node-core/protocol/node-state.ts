import { type HealthCheck, orderChecks } from './health-check.ts';
import { isQuickStart, judgeComputer, judgeRuntime } from './judge-checks.ts';
import { judgeMember, placeReason } from './judge-member.ts';
import type { NodeFacts, RuntimeFact } from './node-facts.ts';
import type { StateReason } from './state-reason.ts';

/**
 * How a node is, as pure rules: facts go in; checks, one state and its reasons come out. The page, the tray, the commands,
 * `/status` and `/ready` all show what this says (interface.md, Health and Tray).
 */

/** When several hold, the first is shown. `halted` comes with the kill switch. */
export const nodeStates = ['halted', 'attention', 'paused', 'joining', 'degraded', 'healthy', 'flat'] as const;

/** How a node is, in one word. */
export type NodeState = (typeof nodeStates)[number];

/** The state, everything that holds, and what was looked at; each the weightiest first. */
export interface StateDecision {
  readonly state: NodeState;
  readonly reasons: readonly StateReason[];
  readonly checks: readonly HealthCheck[];
}

/**
 * Decides the state.
 *
 * @param now ms since the epoch
 */
export function decideState(facts: NodeFacts, now: number): StateDecision {
  const judged = [...judgeComputer(facts, now), ...judgeMember(facts, now)];
  const checks = orderChecks(judged.map((check) => ({ ...check, under: null })));
  const pause: StateReason | null =
    facts.pausedSince === null ? null : { kind: 'paused-by-person', since: facts.pausedSince, fix: 'resume' };
  const found = [...judged.map(({ reason }) => reason), pause, placeReason(facts.hive)];
  return { ...weigh(found, facts.hive.kind === 'member', now), checks };
}

/**
 * What somebody outside of the node's process says of it: while that does not run, nothing is looked at, and what the
 * node said last stands for what does not hang on it (a pause, a membership).
 *
 * @param told what the node said last; its times stay what they are
 */
export function decideAround(
  told: Pick<StateDecision, 'reasons' | 'checks'> & { readonly isMember: boolean },
  runtime: RuntimeFact,
  now: number,
): StateDecision {
  const own = { ...judgeRuntime(runtime, now), under: null };
  const others = told.checks.filter(({ code }) => code !== 'runtime');
  const seen = runtime.kind === 'running' ? others : others.map(unseen);
  const reasons = told.reasons.filter(({ kind }) => !kind.startsWith('runtime-'));
  return { ...weigh([own.reason, ...reasons], told.isMember, now), checks: orderChecks([own, ...seen]) };
}

/** Known from before alone. */
const unseen = (check: HealthCheck): HealthCheck => ({ ...check, verdict: 'unknown' });

function weigh(
  found: readonly (StateReason | null)[],
  isMember: boolean,
  now: number,
): Pick<StateDecision, 'state' | 'reasons'> {
  const reasons = found.filter((reason) => reason !== null).sort((a, b) => weight(a, now) - weight(b, now));
  const [first] = reasons;
  return { state: (first ? stateOf(first, now) : null) ?? (isMember ? 'healthy' : 'flat'), reasons };
}

const weight = (reason: StateReason, now: number): number => nodeStates.indexOf(stateOf(reason, now) ?? 'flat');

/** The state that a reason alone would make; `null`: it changes none. */
export function stateOf(reason: StateReason, now: number): NodeState | null {
  switch (reason.kind) {
    case 'runtime-gave-up':
    case 'keys-locked':
    case 'database-damaged':
    case 'disk-full':
    case 'folder-unwritable':
    case 'join-unconfirmed':
    case 'join-failed':
    case 'membership-ended':
    case 'trust-closed':
    case 'not-issuing':
      return 'attention';
    case 'paused-by-person':
      return 'paused';
    case 'runtime-starting':
      return isQuickStart(reason.since, now) ? null : 'joining';
    case 'join-applying':
    case 'join-pending':
    case 'membership-lapsed':
    case 'hive-reconnecting':
      return 'joining';
    case 'runtime-restarting':
    case 'model-unreachable':
    case 'parent-unreachable':
    case 'renewal-failing':
    case 'federation-key-differs':
    case 'hive-deaf':
    case 'clock-wrong':
      return 'degraded';
    case 'runtime-stopping':
    case 'no-model':
      return null;
  }
}
