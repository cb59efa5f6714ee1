import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { PastDeed } from '../../../node-core/api/hands-views.ts';
import { useCall } from '../../rpc/use-call.ts';

/** How many deeds are asked for at a time. */
const pageSize = 25;

/** What agents did, as far as it was loaded. */
export interface Past {
  /** Newest first; `null`: not asked yet. */
  readonly deeds: readonly PastDeed[] | null;
  /** There may be older ones. */
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  more(): void;
  /** Asks for the newest ones anew. */
  reload(): void;
}

/** The deeds of the past, a page at a time. */
export function usePast(): Past {
  const { run, isRunning, failure } = useCall('hands.past');
  const [deeds, setDeeds] = useState<readonly PastDeed[] | null>(null);
  const [hasMore, setMore] = useState(false);
  /** Only the latest request may answer. */
  const latest = useRef(0);
  const load = useCallback(
    async (known: readonly PastDeed[]): Promise<void> => {
      latest.current += 1;
      const mine = latest.current;
      const outcome = await run({ before: known.at(-1)?.at ?? null, count: pageSize });
      if (!outcome.isOk || mine !== latest.current) return;
      const ids = new Set(known.map(({ callId }) => callId));
      setDeeds([...known, ...outcome.value.deeds.filter(({ callId }) => !ids.has(callId))]);
      setMore(outcome.value.deeds.length >= pageSize);
    },
    [run],
  );
  useEffect(() => void load([]), [load]);
  return {
    deeds,
    hasMore,
    isLoading: isRunning,
    failure,
    more: () => void load(deeds ?? []),
    reload: () => void load([]),
  };
}
