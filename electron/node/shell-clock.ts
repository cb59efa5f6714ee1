import type { Clock, Timer } from '../../node-core/protocol/ports/clock.ts';

const timer = (handle: NodeJS.Timeout): Timer => {
  handle.unref();
  return { cancel: () => clearTimeout(handle) };
};

/** The machine's clocks and timers in the main process, which Electron keeps alive. */
export const shellClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (delayMs, action) => timer(setTimeout(action, delayMs)),
  every: (intervalMs, action) => timer(setInterval(action, intervalMs)),
};
