import { useMemo } from 'react';
import type { WaitingDeed } from '../../node-core/api/hands-views.ts';
import { useWatched } from '../rpc/use-watched.ts';

const none: readonly WaitingDeed[] = [];

/** Deeds that wait for the person, by chat; the one that waits longest comes first. */
export function useWaiting(): ReadonlyMap<string, readonly WaitingDeed[]> {
  const waiting = useWatched('hands.watch', {}).value?.waiting ?? none;
  return useMemo(() => Map.groupBy([...waiting].sort(bySince), ({ conversationId }) => conversationId), [waiting]);
}

const bySince = (one: WaitingDeed, other: WaitingDeed): number => one.since - other.since;
