/** A node that ended this often within the window is not started again by itself. */
export const mostRestarts = 5;
/** ms */
export const restartWindowMs = 10 * 60_000;

const firstDelayMs = 500;
const longestDelayMs = 30_000;

/** What follows when the node's process has ended without being asked to. */
export type RestartDecision =
  | {
      readonly kind: 'restart';
      /** How long to wait before it, ms. */
      readonly delayMs: number;
      /** Which restart within the window this is, from 1. */
      readonly attempt: number;
    }
  | { readonly kind: 'give-up' };

/**
 * Each restart waits twice as long as the one before it, from 0.5 s and never longer than 30 s; those that are older
 * than 10 minutes are forgotten, and after 5 within that time the person decides.
 * @param restarts when the node was started anew, on the monotonic clock, ms
 * @param now on the same clock
 */
export function decideRestart(restarts: readonly number[], now: number): RestartDecision {
  const attempt = recentRestarts(restarts, now).length + 1;
  if (attempt > mostRestarts) return { kind: 'give-up' };
  return { kind: 'restart', delayMs: Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)), attempt };
}

/** The restarts that still count. */
export function recentRestarts(restarts: readonly number[], now: number): readonly number[] {
  return restarts.filter((at) => now - at < restartWindowMs);
}
