import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallName, CallResult } from '../../../node-core/api/contract.ts';
import type { Failure } from '../../../node-core/api/failures.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';

/** Calls that ask for something and take nothing. */
type Question = Extract<CallName, 'storage.info' | 'api.info' | 'about.get'>;

/** What a question was answered with when the component appeared, and again after each `reload`. */
export function useLoaded<N extends Question>(name: N) {
  const client = useClient();
  const [value, setValue] = useState<CallResult<N> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reload = useCallback(async (): Promise<void> => {
    try {
      // Every question takes nothing, which the types cannot see while N is open.
      setValue(await client.call(name, {} as CallInput<N>));
      setFailure(null);
    } catch (error) {
      setFailure(failureFrom(error));
    }
  }, [client, name]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { value, setValue, failure, reload };
}
