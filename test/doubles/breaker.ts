import { FailureError } from '../../node-core/api/failures.ts';
import type { Breaker } from '../../node-core/protocol/ports/breaker.ts';

/** A breaker that the test holds in its hand. */
export interface FakeBreaker extends Breaker {
  trip(): void;
  lift(): void;
}

/** A breaker that lets everything pass until it is told to. */
export function createFakeBreaker(): FakeBreaker {
  const listeners = new Set<() => void>();
  const refusal = (): FailureError => new FailureError({ kind: 'agents-paused', since: 0 });
  let control = new AbortController();
  return {
    pass() {
      if (control.signal.aborted) throw refusal();
    },
    signal: () => control.signal,
    onTrip(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    trip() {
      control.abort(refusal());
      for (const listener of [...listeners]) listener();
    },
    lift() {
      control = new AbortController();
    },
  };
}
