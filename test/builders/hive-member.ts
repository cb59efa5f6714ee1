import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import type { CertificateChain } from '../../node-core/protocol/trust/certificate.ts';
import type { Parent, SignedDirectory } from '../../node-core/protocol/trust/directory.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import type { HiveTime } from '../../node-core/trust/hive-time.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';
import { createUpkeep } from '../../node-core/trust/membership/create-upkeep.ts';
import { createKeptHiveTime } from '../../node-core/trust/membership/kept-hive-time.ts';
import { openMemberFederationKeys } from '../../node-core/trust/membership/member-federation-keys.ts';
import { flatMembership, type HiveRecord } from '../../node-core/trust/membership/membership-record.ts';
import type { Upkeep, UpkeepOptions } from '../../node-core/trust/membership/upkeep.ts';
import type { HiveClient } from '../../node-core/trust/transport/hive-client.ts';
import { createCachedChainVerifier } from '../../node-core/trust/verification/cached-chain-verifier.ts';
import type { ChainVerifier } from '../../node-core/trust/verification/chain-verifier.ts';
import type { RevocationBook } from '../../node-core/trust/verification/revocation-book.ts';
import { openRevocationBook } from '../../node-core/trust/verification/stored-revocation-book.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import type { FakeClock } from '../doubles/clock.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { createFakeMembershipStore, type FakeMembershipStore } from '../doubles/trust/membership.ts';
import { tempFolder } from './temp-folder.ts';

/** The clock of one computer: it can be wrong, and its computer can sleep. */
export interface ComputerClock extends Clock {
  /** Sets the wall clock: so much ahead of the true time, ms. */
  setAhead(ms: number): void;
}

/** A sleep is `setAhead` for one computer while the true time stands still, as seen from that computer. */
export function computerClock(base: FakeClock, aheadMs = 0): ComputerClock {
  let ahead = aheadMs;
  return {
    ...base,
    now: () => base.now() + ahead,
    setAhead(ms) {
      ahead = ms;
    },
  };
}

/** A member with everything that keeps it one. */
export interface HiveMember {
  readonly upkeep: Upkeep;
  /** What upkeep was made of, for a part of it alone. */
  readonly options: UpkeepOptions;
  readonly store: FakeMembershipStore;
  readonly identity: NodeIdentity;
  readonly hiveTime: HiveTime;
  readonly book: RevocationBook;
  readonly verifier: ChainVerifier;
  readonly storage: Storage;
  readonly log: ReturnType<typeof createRecordedLog>;
  /** Parents that it applied at. */
  readonly moves: readonly Parent[];
  readonly cancels: () => number;
}

/** What a member of a test is made of. */
export interface HiveMemberOptions {
  readonly clock: Clock;
  readonly client: HiveClient;
  readonly anchor: string;
  readonly chain: CertificateChain;
  readonly identity?: NodeIdentity;
  readonly directory?: SignedDirectory | null;
  readonly changes?: Partial<HiveRecord>;
  readonly store?: FakeMembershipStore;
  readonly folder?: string;
  /** Instead of noting where it applies. */
  readonly onMove?: (parent: Parent, store: FakeMembershipStore) => Promise<void>;
}

export const memberIdentity = createSeededIdentity('member');

/** A member that has not started yet; stopped when the test ends. */
export async function openHiveMember(options: HiveMemberOptions): Promise<HiveMember> {
  const { clock, client, anchor, identity = memberIdentity } = options;
  const log = createRecordedLog();
  const folder = options.folder ?? tempFolder();
  const files = { file: path.join(folder, 'nunba.db'), backupsFolder: path.join(folder, 'backups') };
  const storage = await openStorage({ ...files, clock, log });
  const store = options.store ?? createFakeMembershipStore({ ...flatMembership, hive: recordOf(options) });
  const hiveTime = createKeptHiveTime({ store, clock, log });
  const verify = createStrictVerifier();
  const book = await openRevocationBook({ storage, anchor: () => anchor, hiveTime, verify, log });
  const verifier = createCachedChainVerifier({ anchor: () => anchor, hiveTime, revocations: book, verify });
  const moves: Parent[] = [];
  let cancels = 0;
  const upkeepOptions: UpkeepOptions = {
    store,
    identity,
    client,
    verifier,
    revocations: book,
    hiveTime,
    federationKeys: await openMemberFederationKeys({ store, identity, environmentKey: null, clock, log }),
    verify,
    profile: () => ({ node_name: 'member' }),
    moves: {
      async move(parent) {
        moves.push(parent);
        await options.onMove?.(parent, store);
      },
      async cancel() {
        cancels += 1;
        await store.update((present) => ({ ...present, application: null }));
      },
    },
    storage,
    clock,
    random: () => 0.5,
    log,
  };
  const upkeep = createUpkeep(upkeepOptions);
  onTestFinished(async () => {
    await upkeep.stop();
    await storage.close();
  });
  return {
    upkeep,
    options: upkeepOptions,
    store,
    identity,
    hiveTime,
    book,
    verifier,
    storage,
    log,
    moves,
    cancels: () => cancels,
  };
}

/** What is stored of a membership that was just made. */
export function recordOf({ anchor, chain, directory, clock, changes }: Omit<HiveMemberOptions, 'client'>): HiveRecord {
  const tier = chain.certificate.tier === 'local' ? 'local' : 'regional';
  return {
    anchor,
    tier,
    hiveName: 'Test hive',
    parent: {
      url: 'https://parent.test:6776',
      pin: null,
      publicKey: chain.certificate.parent_public_key,
      nextPin: null,
    },
    chain,
    federationKey: null,
    previousFederationKey: null,
    directory: directory ?? null,
    latestOrder: null,
    bootstrap: [],
    joinedAt: clock.now(),
    parentVerifiedAt: clock.now(),
    renewal: { failingSince: null, tries: 0, nextTryAt: null, obstacle: null },
    ended: null,
    ...changes,
  };
}
