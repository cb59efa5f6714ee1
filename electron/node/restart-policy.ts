/** A node that was started again this often, within the window or without getting ready, is left to the person. */
export const mostRestarts = 5;
/** ms */
export const restartWindowMs = 10 * 60_000;

const firstDelayMs = 500;
const longestDelayMs = 30_000;

/** Restarts followed too fast; or they hang so long that they never lie within the window, and none got ready. */
export type GiveUpReason = 'too-often' | 'never-ready';

/** What follows when the node's process has ended without being asked to. */
export type RestartDecision =
  | {
      readonly kind: 'restart';
      /** How long to wait before it, ms. */
      readonly delayMs: number;
      /** Which restart within the window this is, from 1. */
      readonly attempt: number;
    }
  | { readonly kind: 'give-up'; readonly reason: GiveUpReason };

/**
 * Each restart waits twice as long as the one before it, from 0.5 s and never longer than 30 s; those that are older
 * than 10 minutes are forgotten, and after 5 within that time, or 5 in a row that never got ready, the person decides.
 * @param restarts when the node was started anew, on the monotonic clock, ms
 * @param now on the same clock
 * @param unready starts in a row, with the first one and the one that has just ended, that never got ready
 */
export function decideRestart(restarts: readonly number[], now: number, unready: number): RestartDecision {
  const recent = recentRestarts(restarts, now).length;
  if (recent >= mostRestarts) return { kind: 'give-up', reason: 'too-often' };
  if (unready > mostRestarts) return { kind: 'give-up', reason: 'never-ready' };
  const attempt = Math.max(recent + 1, unready);
  return { kind: 'restart', delayMs: Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)), attempt };
}

/** The restarts that still count. */
export function recentRestarts(restarts: readonly number[], now: number): readonly number[] {
  return restarts.filter((at) => now - at < restartWindowMs);
}
