import type { Clock, Timer } from '../protocol/ports/clock.ts';

const timer = (handle: NodeJS.Timeout): Timer => {
  handle.unref();
  return { cancel: () => clearTimeout(handle) };
};

/** The machine's own clocks and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (delayMs, action) => timer(setTimeout(action, delayMs)),
  every: (intervalMs, action) => timer(setInterval(action, intervalMs)),
};
