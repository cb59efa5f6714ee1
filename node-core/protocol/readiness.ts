import type { StateDecision } from './node-state.ts';

/**
 * Whether a node can serve, as `/ready` says it. `joining`: it waits for somebody to say whom to trust. `broken`: what it
 * is sent could not be kept.
 */
export type Readiness = 'ready' | 'joining' | 'broken' | 'stopping';

/** Without these nothing can be kept. */
const neededChecks = new Set(['database', 'disk']);

/** By the same reasons and checks that the page and the tray show. Pure. */
export function readinessOf({ reasons, checks }: Pick<StateDecision, 'reasons' | 'checks'>): Readiness {
  if (checks.some(({ code, verdict }) => neededChecks.has(code) && verdict === 'failed')) return 'broken';
  return reasons.some(({ kind }) => kind === 'join-unconfirmed') ? 'joining' : 'ready';
}
