import { useCallback, useSyncExternalStore } from 'react';
import type { SubscriptionInput, SubscriptionItem, SubscriptionName } from '../../node-core/api/contract.ts';
import { useProvided } from './client-provider.tsx';
import type { Fold, Watched } from './watch-cache.ts';

const newest = (_: unknown, item: unknown): unknown => item;

/** The newest item of a subscription; shared by all components that ask for the same. */
export function useWatched<N extends SubscriptionName>(
  name: N,
  input: SubscriptionInput<N>,
): Watched<SubscriptionItem<N>> {
  return useFolded(name, input, 'newest', newest as Fold<N, SubscriptionItem<N>>);
}

/**
 * A value folded from all items of a subscription.
 * @param foldName tells different folds of the same subscription apart
 * @param fold must not change between renders
 */
export function useFolded<N extends SubscriptionName, T>(
  name: N,
  input: SubscriptionInput<N>,
  foldName: string,
  fold: Fold<N, T>,
): Watched<T> {
  const entry = useProvided().watches.entry(name, input, foldName, fold);
  return useSyncExternalStore(
    useCallback((listener) => entry.listen(listener), [entry]),
    () => entry.snapshot(),
  );
}
