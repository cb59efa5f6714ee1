import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';

/** How much one answer may take. */
export interface LoopLimits {
  /** Times the model is asked. */
  readonly steps: number;
  readonly timeMs: number;
  /** Characters of text, thoughts, arguments and results together. */
  readonly sizeChars: number;
}

/**
 * Fifty steps are enough for a job of twenty with some looking around in between. Half an hour, without the time in which
 * the person thinks, is long for a cloud and little for a large model on a small
 * computer. Two million characters are more than any model remembers.
 */
export const defaultLimits: LoopLimits = {
  steps: 50,
  timeMs: 30 * 60_000,
  sizeChars: 2_000_000,
};

/** Keeps one answer within its limits. Must be ended. */
export class LoopBudget {
  readonly #limits: LoopLimits;
  readonly #over = new AbortController();
  readonly #clock: Clock;
  #timer: { cancel(): void };
  #leftMs: number;
  #since: number;
  #chars = 0;
  /** Aborted when the answer is stopped, or its time is over; the reason is then a FailureError. */
  readonly signal: AbortSignal;

  constructor(limits: LoopLimits, clock: Clock, stop: AbortSignal) {
    this.#limits = limits;
    this.signal = AbortSignal.any([stop, this.#over.signal]);
    this.#clock = clock;
    this.#leftMs = limits.timeMs;
    this.#since = clock.elapsed();
    this.#timer = this.#start();
  }

  /** Runs `wait` while the time stands still. */
  async untimed<T>(wait: () => Promise<T>): Promise<T> {
    this.#timer.cancel();
    this.#leftMs -= this.#clock.elapsed() - this.#since;
    try {
      return await wait();
    } finally {
      this.#since = this.#clock.elapsed();
      this.#timer = this.#start();
    }
  }

  /** Throws a FailureError when the answer has become too large with `text`. */
  take(text: string): void {
    this.#chars += text.length;
    if (this.#chars > this.#limits.sizeChars) {
      throw new FailureError({ kind: 'agent-limit', limit: 'size', allowed: this.#limits.sizeChars });
    }
  }

  end(): void {
    this.#timer.cancel();
  }

  #start(): { cancel(): void } {
    return this.#clock.after(Math.max(0, this.#leftMs), () => {
      const allowed = Math.round(this.#limits.timeMs / 1000);
      this.#over.abort(new FailureError({ kind: 'agent-limit', limit: 'time', allowed }));
    });
  }
}
