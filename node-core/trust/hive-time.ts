import type { Clock } from '../protocol/ports/clock.ts';

/** The hive's clock as this node knows it (protocol.md, section 1): own clock + offset. */
export interface HiveTime {
  /** ms since the epoch; never before the newest `issued_at` this node verified. */
  now(): number;
  /** How far this computer's clock is behind the hive's, ms; negative: ahead. */
  offsetMs(): number;
  /** Keeps the difference to a time that an issuer stated over verified TLS. @param theirMs ms since the epoch */
  learn(theirMs: number): void;
  /** A certificate that was issued then has been verified. @param issuedAtMs ms since the epoch */
  saw(issuedAtMs: number): void;
}

/** A request may be this far from the hive's clock, ms; a smaller difference is not worth telling. */
const clockToleranceMs = 5 * 60_000;

/** Whether a person should set the clock. @param offsetMs to the hive's */
export const isClockWrong = (offsetMs: number): boolean => Math.abs(offsetMs) > clockToleranceMs;

/** A hive time that also knows when this computer's clock was really compared with the hive's. */
export interface ComparedHiveTime extends HiveTime {
  /**
   * A node has just taken a request that was stamped with this time, over verified TLS: a large difference, though it was
   * learnt in an earlier run, is still so. Of a small one it says too little, and changes nothing.
   */
  confirm(): void;
  /** When that was last, by this computer's clock; `null`: not in this run, or the clock was set since. */
  comparedAt(): number | null;
}

/** What is taken may be rounded by so much, ms. */
const roundedMs = 2_000;

/** Notes the comparisons that `time` is told of. */
export function noteComparisons(time: HiveTime, clock: Pick<Clock, 'now' | 'elapsed'>): ComparedHiveTime {
  let last: { readonly at: number; readonly offsetMs: number; readonly startedAt: number } | null = null;
  /** By the wall clock; another one when that was set. */
  const startedAt = (): number => clock.now() - clock.elapsed();
  const note = (): void => {
    last = { at: clock.now(), offsetMs: time.offsetMs(), startedAt: startedAt() };
  };
  return {
    ...time,
    learn(theirMs) {
      time.learn(theirMs);
      const isTaken = Math.abs(theirMs - clock.now() - time.offsetMs()) <= roundedMs;
      if (isTaken) note();
    },
    confirm() {
      if (isClockWrong(time.offsetMs())) note();
    },
    comparedAt() {
      if (last === null || last.offsetMs !== time.offsetMs()) return null;
      return Math.abs(startedAt() - last.startedAt) > clockToleranceMs ? null : last.at;
    },
  };
}
