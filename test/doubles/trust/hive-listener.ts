import { createHash, sign } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { HiveHttpNode } from '../../../node-core/http/hive/hive-http-node.ts';
import { type HiveListening, listenHive } from '../../../node-core/http/hive/hive-listener.ts';
import type { JsonValue } from '../../../node-core/protocol/json-value.ts';
import { type CertificateChain, certificateBytes } from '../../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import type { EnrolmentDesk } from '../../../node-core/trust/authority/enrolment-desk.ts';
import type { HiveReply } from '../../../node-core/trust/authority/hive-reply.ts';
import type { FederationKey, FederationKeys } from '../../../node-core/trust/federation-keys.ts';
import type { HiveTime } from '../../../node-core/trust/hive-time.ts';
import type { NodeIdentity } from '../../../node-core/trust/identity/node-identity.ts';
import { createHiveClient } from '../../../node-core/trust/transport/create-hive-client.ts';
import type { HiveAnswer, HiveCall } from '../../../node-core/trust/transport/hive-client.ts';
import { createRequestJudge } from '../../../node-core/trust/transport/judge-request.ts';
import { createNonceStore } from '../../../node-core/trust/transport/nonce-store.ts';
import { selfMadeCertificate, type TlsCertificate } from '../../../node-core/trust/transport/tls-certificate.ts';
import { createCachedChainVerifier } from '../../../node-core/trust/verification/cached-chain-verifier.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock, type FakeClock } from '../clock.ts';
import { createRecordedLog } from '../recorded-log.ts';
import { createSeededIdentity, keyFromSeed } from './identity.ts';

/** Hive time when a test begins. */
export const hiveStartMs = Date.UTC(2026, 5, 1, 12);
export const renewalGraceMs = 90 * 24 * 60 * 60_000;
const hourMs = 60 * 60_000;

/** A federation key that a text decides. */
export function federationKeyOf(seed: string): FederationKey {
  const key = createHash('sha256').update(seed).digest();
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) };
}

/** The chain of a regional below the anchor of the tests. */
export function regionalChain(publicKey: string, issuedMs = hiveStartMs - hourMs, endsMs = issuedMs + 24 * hourMs) {
  const anchor = createSeededIdentity('anchor').publicKey;
  const body = {
    node_id: 'north',
    public_key: publicKey,
    tier: 'regional' as const,
    region_name: '',
    issued_at: toWireTime(issuedMs),
    expires_at: toWireTime(endsMs),
    capabilities: ['mesh', 'work'] as const,
    parent_public_key: anchor,
    hive: anchor,
    serial: createHash('sha256').update(`${publicKey} ${issuedMs}`).digest('hex').slice(0, 32),
  };
  const signature = sign(
    null,
    certificateBytes({ ...body, capabilities: [...body.capabilities] }),
    keyFromSeed('ed25519', 'anchor'),
  );
  const certificate = { ...body, capabilities: [...body.capabilities], parent_signature: signature.toString('hex') };
  return { certificate, issuers: [] } satisfies CertificateChain;
}

/** Storage of one file; opened once more it is another handle on the same. */
export async function openTestStorage(folder: string): Promise<Storage> {
  const storage = await openStorage({
    file: path.join(folder, 'nunba.db'),
    backupsFolder: path.join(folder, 'backups'),
    clock: createFakeClock(hiveStartMs),
    log: createRecordedLog(),
  });
  onTestFinished(() => storage.close());
  return storage;
}

/** A hive time that a test sets, and what it learned. */
export function createFakeHiveTime(clock: Pick<FakeClock, 'now'>, startOffsetMs = 0): HiveTime & { learned: number[] } {
  let offsetMs = startOffsetMs;
  const learned: number[] = [];
  return {
    learned,
    now: () => clock.now() + offsetMs,
    offsetMs: () => offsetMs,
    learn(theirMs) {
      learned.push(theirMs);
      offsetMs = theirMs - clock.now();
    },
    saw: () => undefined,
  };
}

const keysOf = (accepted: readonly FederationKey[]): FederationKeys => ({
  current: () => accepted[0] ?? null,
  accepted: () => accepted,
});

/** What a recording desk was asked. */
export type AskedDesk = readonly [keyof EnrolmentDesk, ...unknown[]];

/** Answers everything with what a test says. */
export function createRecordingDesk(reply: () => HiveReply): EnrolmentDesk & { readonly asked: AskedDesk[] } {
  const asked: AskedDesk[] = [];
  const record =
    (name: keyof EnrolmentDesk) =>
    async (...given: unknown[]): Promise<HiveReply> => {
      asked.push([name, ...given]);
      return reply();
    };
  return {
    asked,
    register: record('register'),
    answer: record('answer'),
    poll: record('poll'),
    renew: record('renew'),
    leave: record('leave'),
    revocations: record('revocations'),
  };
}

export interface TestHiveOptions {
  readonly host?: string;
  readonly storage?: Storage;
  readonly tls?: TlsCertificate | null;
  readonly accepted?: readonly FederationKey[];
  readonly node?: Partial<HiveHttpNode>;
  /** Why a certificate is revoked, by its serial. */
  readonly revoked?: ReadonlyMap<string, string>;
  readonly reply?: () => HiveReply;
  /** Chains that the listener knows. */
  readonly known?: readonly CertificateChain[];
  readonly clock?: FakeClock;
}

export interface TestHive {
  readonly listening: HiveListening;
  readonly node: HiveHttpNode;
  readonly desk: ReturnType<typeof createRecordingDesk>;
  readonly clock: FakeClock;
  readonly bugs: unknown[];
}

/** A real hive listener with a real judge over a recording desk. */
export async function startTestHive(options: TestHiveOptions = {}): Promise<TestHive> {
  const clock = options.clock ?? createFakeClock(hiveStartMs);
  const storage = options.storage ?? (await openTestStorage(tempFolder()));
  const desk = createRecordingDesk(options.reply ?? (() => ({ status: 200, body: { said: 'yes' } })));
  const bugs: unknown[] = [];
  const node: HiveHttpNode = {
    version: '1.2.3',
    clock,
    publicUrls: [new URL('https://hive.example.org')],
    trustedProxies: [],
    renewalGraceMs,
    judge: createTestJudge(options, storage, clock),
    joinFolder: path.join(import.meta.dirname, '../../../resources/join'),
    desk: () => desk,
    challengeAnswer: () => null,
    reportBug(error) {
      bugs.push(error);
      return 'INCIDENT';
    },
    ...options.node,
  };
  const tls =
    options.tls === undefined
      ? await selfMadeCertificate({ folder: tempFolder(), hosts: [], nowMs: Date.now() })
      : options.tls;
  const listening = await listenHive({ node, host: options.host ?? '127.0.0.1', port: 0, tls });
  onTestFinished(() => listening.close());
  return { listening, node, desk, clock, bugs };
}

/** A real judge over this storage. */
export function createTestJudge(options: TestHiveOptions, storage: Storage, clock: FakeClock) {
  const verify = createStrictVerifier();
  const hiveTime = createFakeHiveTime(clock);
  const revocations = {
    isRevoked: (_: string, serial: string) => options.revoked?.has(serial) ?? false,
    reasonFor: (_: string, serial: string) => options.revoked?.get(serial) ?? null,
  };
  return createRequestJudge({
    verify,
    verifier: createCachedChainVerifier({
      anchor: () => createSeededIdentity('anchor').publicKey,
      hiveTime,
      revocations,
      verify,
    }),
    revocations,
    chains: {
      find: async (key) => options.known?.find(({ certificate }) => certificate.public_key === key) ?? null,
    },
    federationKeys: keysOf(options.accepted ?? []),
    hiveTime,
    nonces: createNonceStore(storage),
  });
}

export interface TestCallerOptions {
  readonly identity?: NodeIdentity;
  readonly clock?: FakeClock;
  readonly hiveTime?: HiveTime;
  readonly federation?: readonly FederationKey[];
  readonly chain?: CertificateChain | null;
  readonly caBundle?: string | null;
}

/** A real client. What a call does not say: GET, unsigned, no pin. */
export function createTestCaller(options: TestCallerOptions = {}) {
  const clock = options.clock ?? createFakeClock(hiveStartMs);
  const client = createHiveClient({
    identity: options.identity ?? createSeededIdentity('member'),
    clock,
    hiveTime: options.hiveTime ?? createFakeHiveTime(clock),
    federationKeys: keysOf(options.federation ?? []),
    chain: () => options.chain ?? null,
    caBundle: options.caBundle ?? null,
  });
  return (call: Partial<HiveCall> & Pick<HiveCall, 'base'>): Promise<HiveAnswer> =>
    client.request({
      method: 'GET',
      path: '/health',
      pin: null,
      signed: 'no',
      signal: new AbortController().signal,
      ...call,
    });
}

/** The body of an answer that came. */
export const bodyOf = (answer: HiveAnswer): JsonValue => (answer.kind === 'answered' ? answer.body : answer.cause);
