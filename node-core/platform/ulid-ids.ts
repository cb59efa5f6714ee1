import { monotonicFactory } from 'ulid';
import type { Clock } from '../protocol/ports/clock.ts';

/** Makes ULIDs that only grow within this process, also within one millisecond and when the clock steps back. */
export function createIds(clock: Pick<Clock, 'now'>): () => string {
  const next = monotonicFactory();
  return () => next(clock.now());
}
