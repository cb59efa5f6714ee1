import type { UpdateFailureReason } from '../../node-core/api/shell-views.ts';

/** The first check after a start, when everything else has started; ms. */
export const firstCheckMs = 60_000;
const checkEveryMs = 6 * 3_600_000;
const firstRetryMs = 10 * 60_000;
/** Share of the time that chance adds, so that not everybody asks the feed at once. */
const jitter = 0.2;
/** What may be better in a moment without anybody doing anything. */
const passing: ReadonlySet<UpdateFailureReason> = new Set(['unreachable', 'cut-download']);

/**
 * When to look again, ms: every 6 hours; after a failure that may pass, 10 minutes, then twice as long each time.
 * @param failures checks in a row that ended with a reason, the last one last
 * @param random 0 to 1
 */
export function nextCheckMs(failures: readonly UpdateFailureReason[], random: number): number {
  const last = failures.at(-1);
  const base = last !== undefined && passing.has(last) ? firstRetryMs * 2 ** (failures.length - 1) : checkEveryMs;
  return Math.min(base, checkEveryMs) * (1 + jitter * random);
}
