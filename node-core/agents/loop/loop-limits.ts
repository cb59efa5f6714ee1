import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';

/** How much one answer may take. */
export interface LoopLimits {
  /** Times the model is asked. */
  readonly steps: number;
  readonly timeMs: number;
  /** Characters of text, thoughts, arguments and results together. */
  readonly sizeChars: number;
  readonly toolMs: number;
}

/**
 * Twenty steps, as every agent has them. Half an hour is long for a cloud and little for a large model on a small
 * computer. Two million characters are more than any model remembers.
 */
export const defaultLimits: LoopLimits = {
  steps: 20,
  timeMs: 30 * 60_000,
  sizeChars: 2_000_000,
  toolMs: 30_000,
};

/** Keeps one answer within its limits. Must be ended. */
export class LoopBudget {
  readonly #limits: LoopLimits;
  readonly #over = new AbortController();
  readonly #timer: { cancel(): void };
  #chars = 0;
  /** Aborted when the answer is stopped, or its time is over; the reason is then a FailureError. */
  readonly signal: AbortSignal;

  constructor(limits: LoopLimits, clock: Clock, stop: AbortSignal) {
    this.#limits = limits;
    this.signal = AbortSignal.any([stop, this.#over.signal]);
    this.#timer = clock.after(limits.timeMs, () => {
      const allowed = Math.round(limits.timeMs / 1000);
      this.#over.abort(new FailureError({ kind: 'agent-limit', limit: 'time', allowed }));
    });
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
}
