import { describeError } from '../protocol/describe-error.ts';
import { markTier } from '../storage/tier-mark.ts';
import type { TrustParts } from './trust-parts.ts';

/**
 * Keeps the folder's mark in step with the membership, so that the next start knows what the folder is without opening
 * anything. The membership decides; the mark follows.
 */
export function keepMarkedTier({ store, storage, config, log, stops }: TrustParts): void {
  if (config.tier === 'central') return;
  let marking: Promise<void> = Promise.resolve();
  const mark = (): void => {
    const { hive } = store.get();
    const tier = hive === null || hive.ended !== null ? 'flat' : hive.tier;
    marking = marking
      .then(() => markTier(storage, tier))
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'The tier could not be marked.'));
  };
  stops.add(() => marking);
  stops.add(store.onChange(mark));
  mark();
}
