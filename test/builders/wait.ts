import { vi } from 'vitest';

/** What a test waits for comes soon or never; a busy computer is no failure. */
const patience = { timeout: 10_000 };

interface Waiting {
  /** ms */
  readonly timeout?: number;
  /** ms */
  readonly interval?: number;
}

/** Waits until `condition` gives something truthy, and gives that. Rejects after 10 s. */
export const waitUntil = <T>(condition: () => T | Promise<T>, options: Waiting = {}) =>
  vi.waitUntil(condition, { ...patience, ...options });

/** Waits until `attempt` does not throw any more, and gives what it gave. Rejects after 10 s with what it threw last. */
export const waitFor = <T>(attempt: () => T | Promise<T>, options: Waiting = {}) =>
  vi.waitFor(attempt, { ...patience, ...options });
