import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput, CallName, CallResult } from '../../node-core/api/contract.ts';
import type { Failure } from '../../node-core/api/failures.ts';
import { useClient } from './client-provider.tsx';
import { failureFrom } from './failure-from.ts';

/** How a call ended. */
export type Outcome<T> =
  | { readonly isOk: true; readonly value: T }
  | { readonly isOk: false; readonly failure: Failure };

/** One call of the contract as a component uses it. */
export interface UsedCall<N extends CallName> {
  /** Never rejects. */
  run(input: CallInput<N>): Promise<Outcome<CallResult<N>>>;
  readonly isRunning: boolean;
  /** Of the last run, until the next one. */
  readonly failure: Failure | null;
  clear(): void;
}

interface State {
  readonly running: number;
  readonly failure: Failure | null;
}

/** A call with its state: running, and what the last run failed with. */
export function useCall<N extends CallName>(name: N): UsedCall<N> {
  const client = useClient();
  const [state, setState] = useState<State>({ running: 0, failure: null });
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (input: CallInput<N>): Promise<Outcome<CallResult<N>>> => {
      const change = (next: (state: State) => State) => isMounted.current && setState(next);
      change(({ running }) => ({ running: running + 1, failure: null }));
      try {
        const value = await client.call(name, input);
        change(({ running, failure }) => ({ running: running - 1, failure }));
        return { isOk: true, value };
      } catch (error) {
        const failure = failureFrom(error);
        change(({ running }) => ({ running: running - 1, failure }));
        return { isOk: false, failure };
      }
    },
    [client, name],
  );
  const clear = useCallback(() => setState(({ running }) => ({ running, failure: null })), []);
  return { run, isRunning: state.running > 0, failure: state.failure, clear };
}
