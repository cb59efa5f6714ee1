import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type KeyWords, wordsOfDigest } from '../../node-core/protocol/trust/words.ts';
import type { Applicant, ApplicantOptions } from '../../node-core/trust/applicant/applicant.ts';
import { createApplicant } from '../../node-core/trust/applicant/create-applicant.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';
import { createKeptHiveTime } from '../../node-core/trust/membership/kept-hive-time.ts';
import type { HiveClient } from '../../node-core/trust/transport/hive-client.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { createFakeMembershipStore, type FakeMembershipStore } from '../doubles/trust/membership.ts';
import { deskNoonMs } from './hive-desk.ts';

/** An applicant with what a test needs to look behind it. */
export interface TestApplicant {
  readonly applicant: Applicant;
  readonly store: FakeMembershipStore;
  readonly clock: FakeClock;
  readonly identity: NodeIdentity;
  /** Kinds and values that its key has signed, in order. */
  readonly signed: readonly { readonly kind: string; readonly value: unknown }[];
  readonly log: ReturnType<typeof createRecordedLog>;
}

interface ApplicantParts
  extends Partial<
    Pick<ApplicantOptions, 'tier' | 'describeNode' | 'random' | 'isRevoked' | 'settling' | 'keysReadyMs'>
  > {
  readonly client: HiveClient;
  readonly clock?: FakeClock;
  readonly store?: FakeMembershipStore;
  readonly identity?: NodeIdentity;
}

/** Words in a moment, where the real ones take a third of a second. */
export const quickWords = (publicKey: string): KeyWords =>
  wordsOfDigest(createHash('sha256').update(publicKey).digest());

/** A started applicant; stopped when the test ends. */
export async function startApplicant(parts: ApplicantParts): Promise<TestApplicant> {
  const { clock = createFakeClock(deskNoonMs), store = createFakeMembershipStore() } = parts;
  const log = createRecordedLog();
  const signed: { kind: string; value: unknown }[] = [];
  const real = parts.identity ?? createSeededIdentity('applicant');
  const identity: NodeIdentity = {
    ...real,
    sign(kind, value) {
      signed.push({ kind, value });
      return real.sign(kind, value);
    },
  };
  const applicant = createApplicant({
    identity,
    store,
    client: parts.client,
    hiveTime: createKeptHiveTime({ store, clock, log }),
    clock,
    log,
    verify: createStrictVerifier(),
    isRevoked: parts.isRevoked ?? (() => false),
    wordsOf: async (key) => quickWords(key),
    tier: parts.tier ?? null,
    describeNode:
      parts.describeNode ?? (() => ({ nodeName: 'a node', fqdn: null, advertisedUrl: null, advertisedTls: null })),
    random: parts.random ?? (() => 0),
    keysReadyMs: parts.keysReadyMs ?? 0,
    settling: parts.settling ?? { federationKey: async () => 'set', askSigned: async () => true },
  });
  await applicant.resume();
  onTestFinished(() => applicant.stop());
  return { applicant, store, clock, identity, signed, log };
}

/** Waits until a condition of the store holds; work goes on meanwhile, time stands still. */
export async function until(store: FakeMembershipStore, isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const end = store.onChange(() => {
      if (!isSo()) return;
      end();
      resolve();
    });
  });
}
