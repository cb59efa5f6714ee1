import type { ClockFact } from '../protocol/node-facts.ts';

/** The first version of this program is not older; a clock before it is wrong. */
const earliestTime = Date.UTC(2026, 0, 1);
/** Files may be a little newer than a clock that is right, ms. */
const toleranceMs = 5 * 60_000;

/** This computer's clock beside that of its hive, by what was learnt from its issuer. */
export interface HiveClock {
  /** How far this computer's clock is behind, ms; negative: ahead. */
  readonly offsetMs: number;
  /** Since when it is known to be wrong, ms since the epoch; `null`: it is not. */
  readonly wrongSince: number | null;
  /** When the two were last compared, ms since the epoch; `null`: not in this run, so that nothing is said of it. */
  readonly lookedAt: number | null;
}

/**
 * Judges the clock by the newest file of the data folder. Pure.
 *
 * @param newestFile when the system last wrote one, ms since the epoch; `null`: there is none
 * @param since when this clock was first found wrong, or `null`
 */
export function clockByFiles(now: number, newestFile: number | null, since: number | null): ClockFact {
  const behindMs = Math.max(earliestTime, newestFile ?? 0) - now;
  const isWrong = now < earliestTime || (newestFile !== null && newestFile > now + toleranceMs);
  const seen = { against: 'files', differenceMs: isWrong ? behindMs : 0, lookedAt: now } as const;
  return isWrong ? { kind: 'wrong', ...seen, since: since ?? now } : { kind: 'right', ...seen };
}

/** Both measures in one: what is wrong by one of them is wrong. Pure. */
export function clockFact(byFiles: ClockFact, hive: HiveClock | null): ClockFact {
  if (hive === null || hive.lookedAt === null) return byFiles;
  const seen = { against: 'hive', differenceMs: hive.offsetMs, lookedAt: hive.lookedAt } as const;
  if (hive.wrongSince !== null) return { kind: 'wrong', ...seen, since: hive.wrongSince };
  return byFiles.kind === 'wrong' ? byFiles : { kind: 'right', ...seen };
}
