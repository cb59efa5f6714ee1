import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { PastDeed } from '../../../node-core/api/hands-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';

/** How many deeds are asked for at a time. */
const pageSize = 25;
/** Most that are asked for at once. */
const mostAtOnce = 100;

/** What agents did, as far as it was loaded. */
export interface Past {
  /** Newest first; `null`: not asked yet. */
  readonly deeds: readonly PastDeed[] | null;
  /** There may be older ones. */
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  more(): void;
}

/** The deeds of the past, a page at a time; what is loaded follows what agents do. */
export function usePast(): Past {
  const { run, isRunning, failure } = useCall('hands.past');
  const revision = useWatched('hands.watchPast', {}).value?.revision;
  const [deeds, setDeeds] = useState<readonly PastDeed[] | null>(null);
  const [hasMore, setMore] = useState(false);
  const loaded = useRef<readonly PastDeed[]>([]);
  /** One after another, so that none overtakes the one before. */
  const queue = useRef<Promise<void>>(Promise.resolve());
  /** The newest revision that somebody has seen to. */
  const asked = useRef<number | undefined>(undefined);
  const keep = useCallback((all: readonly PastDeed[]) => {
    loaded.current = all;
    setDeeds(all);
  }, []);
  const refresh = useCallback(async () => {
    const count = Math.min(mostAtOnce, Math.max(pageSize, loaded.current.length));
    const outcome = await run({ before: null, count });
    if (!outcome.isOk) return;
    const { deeds: newest } = outcome.value;
    const ids = new Set(newest.map(({ callId }) => callId));
    const oldest = newest.at(-1)?.at ?? 0;
    const older =
      newest.length < count ? [] : loaded.current.filter(({ callId, at }) => at <= oldest && !ids.has(callId));
    if (older.length === 0) setMore(newest.length >= count);
    keep([...newest, ...older]);
  }, [run, keep]);
  const more = useCallback(async () => {
    const outcome = await run({ before: loaded.current.at(-1)?.at ?? null, count: pageSize });
    if (!outcome.isOk) return;
    const ids = new Set(loaded.current.map(({ callId }) => callId));
    setMore(outcome.value.deeds.length >= pageSize);
    keep([...loaded.current, ...outcome.value.deeds.filter(({ callId }) => !ids.has(callId))]);
  }, [run, keep]);
  useEffect(() => {
    if (revision === undefined) return;
    asked.current = revision;
    queue.current = queue.current.then(() => {
      // Of many changes in a row only the last is asked about.
      if (asked.current === revision) return refresh();
    });
  }, [revision, refresh]);
  return {
    deeds,
    hasMore,
    isLoading: isRunning,
    failure,
    more: () => {
      queue.current = queue.current.then(more);
    },
  };
}
