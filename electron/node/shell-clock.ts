import type { Clock } from '../../node-core/protocol/ports/clock.ts';

/** The machine's clocks, as far as the shell needs them. */
export const shellClock: Pick<Clock, 'elapsed' | 'after'> = {
  elapsed: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
