import { useEffect, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import { useCall } from '../../rpc/use-call.ts';
import { draftOf, isFilled, type ServerFields } from './server-draft.ts';

/** What the node would run or ask, in one line, or why it would not. */
export type Line =
  | { readonly kind: 'none' }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The line for what stands in the form, from the node itself, so that what is shown is what is run. */
export function useLine(fields: ServerFields): Line {
  const { run } = useCall('toolServers.preview');
  const [line, setLine] = useState<Line>({ kind: 'none' });
  useEffect(() => {
    let isOld = false;
    if (!isFilled(fields)) setLine({ kind: 'none' });
    else {
      void run(draftOf(fields)).then((outcome) => {
        if (isOld) return;
        setLine(
          outcome.isOk ? { kind: 'line', line: outcome.value.line } : { kind: 'refused', failure: outcome.failure },
        );
      });
    }
    return () => {
      isOld = true;
    };
  }, [fields, run]);
  return line;
}
