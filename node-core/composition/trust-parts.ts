import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { FailureError } from '../api/failures.ts';
import type { ReportBug } from '../api/server.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import type { StopList } from '../platform/stop-list.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { VerifySignature } from '../protocol/trust/key-text.ts';
import type { Storage } from '../storage/storage.ts';
import type { HiveTime } from '../trust/hive-time.ts';
import type { NodeIdentity } from '../trust/identity/node-identity.ts';
import { createKeptHiveTime } from '../trust/membership/kept-hive-time.ts';
import { openMembershipFile } from '../trust/membership/membership-file.ts';
import type { MembershipStore } from '../trust/membership/membership-store.ts';
import { createCachedChainVerifier } from '../trust/verification/cached-chain-verifier.ts';
import type { ChainVerifier } from '../trust/verification/chain-verifier.ts';
import { createKeyWords } from '../trust/verification/key-words.ts';
import type { RevocationBook } from '../trust/verification/revocation-book.ts';
import { openRevocationBook } from '../trust/verification/stored-revocation-book.ts';
import { createStrictVerifier } from '../trust/verification/strict-verify.ts';

/** What trust is built on. */
export interface TrustBase {
  readonly config: NodeConfig;
  readonly places: FolderPlaces;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly breaker: Breaker;
  readonly identity: NodeIdentity;
  /** How long the identity took to open, ms. */
  readonly keysReadyMs: number;
  readonly stops: StopList;
  /** Folder of the page that links open. */
  readonly joinFolder: string;
  readonly reportBug: ReportBug;
}

/** What central, members and applicants share. */
export interface TrustParts extends TrustBase {
  readonly store: MembershipStore;
  readonly hiveTime: HiveTime;
  readonly verify: VerifySignature;
  readonly revocations: RevocationBook;
  readonly verifier: ChainVerifier;
  readonly wordsOf: (publicKey: string) => Promise<readonly string[]>;
  /** 32 bytes of `HART_NODE_KEY`, or `null`. */
  readonly environmentKey: Uint8Array | null;
  /** Roots beside the system's, PEM, or `null`. */
  readonly caBundle: string | null;
  /** The hive that this node is in; central's is known once its signer was heard. */
  readonly anchor: { central: string | null; now(): string | null };
}

/** Opens what everything about trust needs. */
export async function openTrustParts(base: TrustBase): Promise<TrustParts> {
  const { config, places, storage, clock, log, stops } = base;
  const store = await openMembershipFile({ file: path.join(places.identity, 'membership.json') });
  // The first to be added is the last to stop: no write may outlive the hold on the folder.
  stops.add(() => store.settled());
  const hiveTime = createKeptHiveTime({ store, clock, log });
  const verify = createStrictVerifier();
  const anchor: TrustParts['anchor'] = {
    central: null,
    now: () => anchor.central ?? store.get().hive?.anchor ?? null,
  };
  const revocations = await openRevocationBook({ storage, anchor: () => anchor.now(), hiveTime, verify, log });
  const { federationKey, caBundle } = config.hive;
  return {
    ...base,
    store,
    hiveTime,
    verify,
    revocations,
    verifier: createCachedChainVerifier({ anchor: () => anchor.now(), hiveTime, verify, revocations }),
    wordsOf: createKeyWords(),
    environmentKey: federationKey === null ? null : Buffer.from(federationKey, 'hex'),
    caBundle: caBundle === null ? null : readBundle(caBundle),
    anchor,
  };
}

function readBundle(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const reason = `${file} cannot be read`;
    throw new FailureError(
      { kind: 'config-invalid', name: 'HEVOLVE_CA_BUNDLE', source: file, reason },
      { cause: error },
    );
  }
}

/** 0 <= x < 1, from the system's dice. */
export const secureRandom = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
