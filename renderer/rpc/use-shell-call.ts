import { useCallback, useState } from 'react';
import type { Failure } from '../../node-core/api/failures.ts';
import type { ShellCallInput, ShellCallName, ShellCallResult } from '../../node-core/api/shell-contract.ts';
import { failureFrom } from './failure-from.ts';
import { useShell } from './shell-provider.tsx';
import type { Outcome } from './use-call.ts';

/** One call to the desktop shell as a component uses it. */
export interface UsedShellCall<N extends ShellCallName> {
  /** Never rejects. */
  run(input: ShellCallInput<N>): Promise<Outcome<ShellCallResult<N>>>;
  readonly isRunning: boolean;
  /** Of the last run, until the next one. */
  readonly failure: Failure | null;
  clear(): void;
}

/** A call to the shell with its state: running, and what the last run failed with. In a browser it fails. */
export function useShellCall<N extends ShellCallName>(name: N): UsedShellCall<N> {
  const shell = useShell();
  const [running, setRunning] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(
    async (input: ShellCallInput<N>): Promise<Outcome<ShellCallResult<N>>> => {
      setRunning((count) => count + 1);
      setFailure(null);
      try {
        if (!shell) throw new Error('there is no desktop shell here');
        return { isOk: true, value: await shell.call(name, input) };
      } catch (error) {
        const failed = failureFrom(error);
        setFailure(failed);
        return { isOk: false, failure: failed };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [shell, name],
  );
  return { run, isRunning: running > 0, failure, clear: useCallback(() => setFailure(null), []) };
}
