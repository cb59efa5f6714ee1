import { useState } from 'react';
import type { CallResult } from '../../node-core/api/contract.ts';
import type { Failure } from '../../node-core/api/failures.ts';
import { useCall } from '../rpc/use-call.ts';

/** Taking back what one use of a tool did. */
export interface Undoing {
  run(): void;
  readonly isRunning: boolean;
  readonly failure: Failure | null;
  /** What came of it; `null`: not yet. */
  readonly result: CallResult<'hands.undo'> | null;
}

/** The undo of one use of a tool, with what came of it. */
export function useUndo(callId: string): Undoing {
  const { run, isRunning, failure } = useCall('hands.undo');
  const [result, setResult] = useState<Undoing['result']>(null);
  return {
    run: () => void run({ callId }).then((outcome) => outcome.isOk && setResult(outcome.value)),
    isRunning,
    failure,
    result,
  };
}
