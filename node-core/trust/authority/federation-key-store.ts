import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Storage } from '../../storage/storage.ts';
import { type FederationKey, type FederationKeys, namedFederationKey } from '../federation-keys.ts';
import type { FederationKeyDesk, FederationKeyView } from './federation-key-desk.ts';
import { createHiveState, type HiveState } from './hive-state.ts';

/** What central's federation key is kept with. */
export interface FederationKeyStoreOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  /** `HART_NODE_KEY` of the environment, 32 bytes; it wins. */
  readonly environmentKey: Uint8Array | null;
  readonly clock: Pick<Clock, 'now' | 'every'>;
  /** Of node:crypto; doubles in tests. */
  readonly randomBytes: (sizeBytes: number) => Uint8Array;
}

/** Central's federation keys: it made them, and stewards change them here. */
export interface FederationKeyStore extends FederationKeys, FederationKeyDesk {
  /** There always is one. */
  current(): FederationKey;
  /** Ends its timer. */
  stop(): void;
}

const keyBytes = 32;
/** How long the key before is accepted, ms. */
const acceptedMs = 8 * 24 * 60 * 60_000;
/** How often it is looked whether another process has rotated, ms. */
const lookMs = 30_000;

const hexSchema = z.string().regex(/^[0-9a-f]{64}$/);
const storedSchema = z.object({
  current: z.object({ key: hexSchema, since: z.number() }),
  /** `until`: ms since the epoch */
  previous: z.array(z.object({ key: hexSchema, until: z.number() })),
});
type StoredKeys = z.infer<typeof storedSchema>;

/**
 * Opens the hive's federation key, or makes it at the first start: of several processes that start together, one key
 * stays. Rejects when the stored one cannot be read; it is never replaced by itself.
 */
export async function openFederationKeyStore(options: FederationKeyStoreOptions): Promise<FederationKeyStore> {
  const state = createHiveState(options.storage, 'federation-keys', storedSchema);
  const first = await state.change((present) => present ?? freshKeys(options));
  return new StoredFederationKeys(options, state, first);
}

/** What a regional, or any other member, can see of the key that it was given. */
export function showHeldFederationKey(keys: FederationKeys, isFromEnvironment: () => boolean): FederationKeyDesk {
  return {
    view() {
      const current = keys.current();
      return current && toView(current, isFromEnvironment() ? 'environment' : 'hive', null);
    },
    async rotate() {
      throw new FailureError({ kind: 'federation-key', what: keys.current() === null ? 'none' : 'of-central' });
    },
  };
}

class StoredFederationKeys implements FederationKeyStore {
  readonly #options: FederationKeyStoreOptions;
  readonly #state: HiveState<StoredKeys>;
  readonly #fromEnvironment: FederationKey | null;
  readonly #stopLooking: () => void;
  #stored: StoredKeys;

  constructor(options: FederationKeyStoreOptions, state: HiveState<StoredKeys>, first: StoredKeys) {
    this.#options = options;
    this.#state = state;
    this.#stored = first;
    this.#fromEnvironment = options.environmentKey && namedFederationKey(options.environmentKey);
    const timer = options.clock.every(lookMs, () => void this.#look().catch(() => undefined));
    const endReplaced = options.storage.onReplaced(() => this.#keep());
    this.#stopLooking = () => {
      timer.cancel();
      endReplaced();
    };
  }

  current(): FederationKey {
    return this.#fromEnvironment ?? fromHex(this.#stored.current.key);
  }

  accepted(): readonly FederationKey[] {
    const now = this.#options.clock.now();
    const before = this.#stored.previous.filter(({ until }) => now < until).map(({ key }) => key);
    const keys = [this.current(), ...[this.#stored.current.key, ...before].map(fromHex)];
    return keys.filter((key, index) => keys.findIndex(({ id }) => id === key.id) === index);
  }

  view(): FederationKeyView {
    return this.#fromEnvironment
      ? toView(this.#fromEnvironment, 'environment', null)
      : toView(this.current(), 'own', this.#stored.current.since);
  }

  async rotate(): Promise<void> {
    if (this.#fromEnvironment) {
      throw new FailureError({ kind: 'set-elsewhere', name: 'HART_NODE_KEY', source: 'the environment' });
    }
    const now = this.#options.clock.now();
    // One key for every try, so that a slower process does not make a third.
    const next = freshKeys(this.#options);
    this.#stored = await this.#state.change((present) => ({
      current: next.current,
      previous:
        present === null ? [] : [{ key: present.current.key, until: now + acceptedMs }, ...stillAccepted(present, now)],
    }));
  }

  stop(): void {
    this.#stopLooking();
  }

  async #look(): Promise<void> {
    this.#stored = (await this.#state.read()) ?? this.#stored;
  }

  /** A restored backup brings an older key, perhaps one that a revoked member knows: the present one stays. */
  async #keep(): Promise<void> {
    const present = this.#stored;
    this.#stored = await this.#state.change(() => present);
  }
}

function freshKeys({ randomBytes, clock }: FederationKeyStoreOptions): StoredKeys {
  return { current: { key: Buffer.from(randomBytes(keyBytes)).toString('hex'), since: clock.now() }, previous: [] };
}

const stillAccepted = ({ previous }: StoredKeys, now: number): StoredKeys['previous'] =>
  previous.filter(({ until }) => now < until);

const fromHex = (hex: string): FederationKey => namedFederationKey(Buffer.from(hex, 'hex'));

function toView(
  { id, key }: FederationKey,
  source: FederationKeyView['source'],
  since: number | null,
): FederationKeyView {
  return { id, key: Buffer.from(key).toString('hex'), source, since };
}
