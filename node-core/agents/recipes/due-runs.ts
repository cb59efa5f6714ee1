import type { MissedPolicy } from '../../protocol/recipes/rhythm.ts';

/** A run counts as on time until so long after its moment, ms: timers and a busy computer are never exact. */
export const onTimeMs = 2 * 60 * 1000;

/** What is to be done about a schedule now. */
export type Due =
  | { readonly kind: 'wait' }
  /** `isLate`: its moment went by while nothing could run. */
  | { readonly kind: 'run'; readonly plannedAt: number; readonly isLate: boolean }
  | { readonly kind: 'missed'; readonly plannedAt: number };

/** Judges a schedule by the wall clock. However many moments have gone by, they are one run or one that was missed. Pure. */
export function judgeDue(nextAt: number | null, missed: MissedPolicy, now: number): Due {
  if (nextAt === null || now < nextAt) return { kind: 'wait' };
  if (now - nextAt <= onTimeMs) return { kind: 'run', plannedAt: nextAt, isLate: false };
  return missed === 'run-once'
    ? { kind: 'run', plannedAt: nextAt, isLate: true }
    : { kind: 'missed', plannedAt: nextAt };
}
