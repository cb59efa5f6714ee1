/** Time as the node sees it. Handed in, so that tests can hold it still. */
export interface Clock {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Monotonic clock, ms with fractions, origin unspecified. */
  elapsed(): number;
  /** Calls `action` once after `delayMs`. Does not keep the process alive. */
  after(delayMs: number, action: () => void): Timer;
  /** Calls `action` every `intervalMs` until cancelled. Does not keep the process alive. */
  every(intervalMs: number, action: () => void): Timer;
}

export interface Timer {
  /** Idempotent. */
  cancel(): void;
}
