import type { NodeConfig } from '../config/node-config.ts';
import { describeError } from '../protocol/describe-error.ts';
import { markTier } from '../storage/tier-mark.ts';
import { forgetOtherHive } from '../trust/authority/forget-other-hive.ts';
import type { TrustParts } from './trust-parts.ts';

type MarkedParts = Pick<TrustParts, 'store' | 'storage' | 'clock' | 'log' | 'stops'> & {
  readonly config: Pick<NodeConfig, 'tier'>;
};

/**
 * Keeps the folder's mark in step with the membership, so that the next start knows what the folder is without opening
 * anything. The membership decides; the mark follows, and so do the records of an issuer, which are of one hive.
 */
export function keepMarkedTier({ store, storage, config, clock, log, stops }: MarkedParts): void {
  if (config.tier === 'central') return;
  let marking: Promise<void> = Promise.resolve();
  let forgetting: Promise<unknown> = Promise.resolve();
  const mark = (): void => {
    const { hive } = store.get();
    const tier = hive === null || hive.ended !== null ? 'flat' : hive.tier;
    marking = marking
      .then(() => markTier(storage, tier))
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'The tier could not be marked.'));
    if (hive === null) return;
    // Begun in the turn of the change itself, so that in the queue of the database nobody of the new hive is before it.
    forgetting = Promise.all([forgetting, forgetOtherHive(storage, clock, hive.anchor)]).catch((error: unknown) =>
      log.error({ error: describeError(error) }, 'The records of another hive could not be removed.'),
    );
  };
  stops.add(() => marking);
  stops.add(async () => void (await forgetting));
  stops.add(store.onChange(mark));
  mark();
}
