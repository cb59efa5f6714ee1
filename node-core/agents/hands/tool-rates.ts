import type { Clock } from '../../protocol/ports/clock.ts';

const windowMs = 60_000;

/** Counts the calls of each tool within the last minute, over all answers. */
export class ToolRates {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  /** Takes one call down; `false`: that would be more than `perMinute`, and it is not taken down. */
  take(toolName: string, perMinute: number): boolean {
    const now = this.#clock.elapsed();
    const recent = (this.#calls.get(toolName) ?? []).filter((at) => now - at < windowMs);
    const isAllowed = recent.length < perMinute;
    if (isAllowed) recent.push(now);
    this.#calls.set(toolName, recent);
    return isAllowed;
  }
}
