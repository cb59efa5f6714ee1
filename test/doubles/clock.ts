import type { Clock, Timer } from '../../node-core/protocol/ports/clock.ts';

/** A Clock that stands still until the test moves it. */
export interface FakeClock extends Clock {
  /**
   * Moves time on by `ms` and runs, in order, every timer that falls due. Between timers, and at both ends, work
   * that is already under way (promises, setImmediate) gets its turn, so a test sees what it led to.
   */
  advance(ms: number): Promise<void>;
  /** Timers that wait to fall due. */
  pendingTimers(): number;
}

interface Waiting {
  at: number;
  readonly order: number;
  readonly everyMs: number | null;
  readonly action: () => void;
}

/** Rounds of the event loop that pass at each stop of `advance`. */
const settlingRounds = 5;

/** @param startMs wall clock at the beginning, ms since the epoch; the monotonic clock begins at 0 */
export function createFakeClock(startMs: number): FakeClock {
  const waiting = new Set<Waiting>();
  let passedMs = 0;
  let lastOrder = 0;

  const wait = (delayMs: number, everyMs: number | null, action: () => void): Timer => {
    lastOrder += 1;
    const entry = { at: passedMs + Math.max(0, delayMs), order: lastOrder, everyMs, action };
    waiting.add(entry);
    return { cancel: () => void waiting.delete(entry) };
  };
  const nextDue = (untilMs: number): Waiting | undefined =>
    [...waiting].filter((entry) => entry.at <= untilMs).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  const fire = (entry: Waiting): void => {
    passedMs = Math.max(passedMs, entry.at);
    if (entry.everyMs === null) waiting.delete(entry);
    else entry.at += Math.max(1, entry.everyMs);
    entry.action();
  };

  return {
    now: () => startMs + Math.floor(passedMs),
    elapsed: () => passedMs,
    after: (delayMs, action) => wait(delayMs, null, action),
    every: (intervalMs, action) => wait(intervalMs, intervalMs, action),
    pendingTimers: () => waiting.size,
    async advance(ms) {
      const until = passedMs + ms;
      await settle();
      for (let entry = nextDue(until); entry; entry = nextDue(until)) {
        fire(entry);
        await settle();
      }
      passedMs = until;
      await settle();
    },
  };
}

async function settle(): Promise<void> {
  for (let round = 0; round < settlingRounds; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
