import { createHash } from 'node:crypto';
import { describeError } from '../../protocol/describe-error.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { SealedKey } from '../../protocol/trust/enrolment.ts';
import type { FederationKey, FederationKeys } from '../federation-keys.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { MembershipStore } from './membership-store.ts';

/** What a member's federation keys are made of. */
export interface MemberFederationKeysOptions {
  readonly store: Pick<MembershipStore, 'get' | 'onChange'>;
  readonly identity: Pick<NodeIdentity, 'unseal'>;
  /** `HART_NODE_KEY` of the environment, 32 bytes; it wins. */
  readonly environmentKey: Uint8Array | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** `differs`: the environment's key is not the one that the hive delivered, so requests will be refused. */
export type EnvironmentKeyStanding = 'not-set' | 'alone' | 'same' | 'differs';

/** The federation keys of a member. */
export interface MemberFederationKeys extends FederationKeys {
  /** The hive's key that was delivered, whatever the environment says; `null`: none, or it does not open. */
  delivered(): FederationKey | null;
  /** A fact for the status: whether the key of the environment still works. */
  environmentStanding(): EnvironmentKeyStanding;
  /** Whether there is a key, once what is stored was tried. `unreadable`: one was delivered that does not open. */
  present(): Promise<'set' | 'none' | 'unreadable'>;
}

/** Resolves when the keys that are stored have been unsealed. One that does not open is logged and counts as none. */
export async function openMemberFederationKeys(options: MemberFederationKeysOptions): Promise<MemberFederationKeys> {
  const { store, clock, environmentKey } = options;
  const fromEnvironment = environmentKey && federationKeyOf(environmentKey);
  let delivered: FederationKey | null = null;
  let previous: { readonly key: FederationKey; readonly until: number } | null = null;
  let loading: Promise<void> = Promise.resolve();

  const load = async (): Promise<void> => {
    const { hive } = store.get();
    const current = await opened(hive?.federationKey ?? null, options);
    const before = hive?.previousFederationKey ?? null;
    const beforeKey = await opened(before?.sealed ?? null, options);
    delivered = current;
    previous = before && beforeKey ? { key: beforeKey, until: before.until } : null;
  };
  store.onChange(() => {
    loading = loading.then(load);
  });
  await load();

  const current = (): FederationKey | null => fromEnvironment ?? delivered;
  return {
    current,
    accepted() {
      const keys = [fromEnvironment, delivered, previous && clock.now() < previous.until ? previous.key : null];
      const found = keys.filter((key) => key !== null);
      return found.filter((key, index) => found.findIndex((other) => other.id === key.id) === index);
    },
    delivered: () => delivered,
    environmentStanding() {
      if (!fromEnvironment) return 'not-set';
      if (!delivered) return 'alone';
      return fromEnvironment.id === delivered.id ? 'same' : 'differs';
    },
    async present() {
      await loading;
      if (current() !== null) return 'set';
      return store.get().hive?.federationKey ? 'unreadable' : 'none';
    },
  };
}

/** A key with its name: the first 16 hex of its SHA-256. */
function federationKeyOf(key: Uint8Array): FederationKey {
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

async function opened(
  sealed: SealedKey | null,
  { identity, log }: MemberFederationKeysOptions,
): Promise<FederationKey | null> {
  if (!sealed) return null;
  try {
    return federationKeyOf(await identity.unseal(sealed));
  } catch (error) {
    log.error({ error: describeError(error) }, 'The federation key that the hive delivered does not open.');
    return null;
  }
}
