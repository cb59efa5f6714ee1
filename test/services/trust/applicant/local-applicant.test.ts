import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import type { Certificate, CertificateBody } from '../../../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { Membership } from '../../../../node-core/trust/membership/membership-record.ts';
import type { HiveAnswer, HiveCall, HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { startApplicant, until } from '../../../builders/applicant.ts';
import { deskNoonMs } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';

const identity = createSeededIdentity('applicant');
const anchor = createTestAnchor();
const day = 86_400_000;
const link = `nunba://join?at=https://regional.test&anchor=${anchor.publicKey}&tier=local`;

/** A regional that takes locals. */
function regionalClient(
  seed: string,
  can: CertificateBody['capabilities'] = ['mesh', 'work', 'issue'],
  grants: CertificateBody['capabilities'] = ['mesh', 'work'],
): HiveClient & { readonly calls: HiveCall[]; readonly publicKey: string } {
  const regional = createSeededIdentity(seed);
  const own = anchor.regional(regional.publicKey, deskNoonMs, can);
  const calls: HiveCall[] = [];
  const challengeFor = (call: HiveCall): object => {
    const request = call.body as { client_nonce: string; public_key: string };
    const challenge = {
      nonce: '2'.repeat(32),
      client_nonce: request.client_nonce,
      hive: anchor.publicKey,
      issuer_public_key: regional.publicKey,
      subject_public_key: request.public_key,
      request: createHash('sha256').update(canonicalBytes(request)).digest('hex'),
      issued_at: toWireTime(deskNoonMs),
      expires_at: toWireTime(deskNoonMs + 60_000),
    };
    const challenge_signature = regional.sign('challenge', challenge);
    return { enrolment_id: '3'.repeat(32), challenge, challenge_signature, issuers: [own] };
  };
  const issue = (): object => {
    const body: CertificateBody = {
      node_id: 'a node',
      public_key: identity.publicKey,
      tier: 'local',
      region_name: '',
      issued_at: toWireTime(deskNoonMs),
      expires_at: toWireTime(deskNoonMs + 3 * day),
      capabilities: grants,
      parent_public_key: regional.publicKey,
      hive: anchor.publicKey,
      serial: '4'.repeat(32),
    };
    const certificate: Certificate = { ...body, parent_signature: regional.signCertificate(body) };
    const directory = { directory: { hive: anchor.publicKey, sequence: 1, parents: [], order_sources: [] } };
    const forged = { ...directory, signature: 'f'.repeat(128), signer: { certificate: own, issuers: [] } };
    return { status: 'issued', certificate, issuers: [own], directory: forged, order: { type: 'halt' } };
  };
  return {
    calls,
    publicKey: regional.publicKey,
    async request(call): Promise<HiveAnswer> {
      calls.push(call);
      const body = JSON.parse(JSON.stringify(call.path === '/register' ? challengeFor(call) : issue()));
      return { kind: 'answered', status: 200, body, retryAfterSeconds: null, etag: null, shownPin: null };
    },
  };
}

it('joins a regional that may issue as a local, and keeps no directory that central did not sign', async () => {
  const client = regionalClient('regional');
  const { applicant, store } = await startApplicant({ client });
  await applicant.join(link);
  await until(store, () => store.get().hive !== null);
  expect(store.get().hive).toMatchObject({
    tier: 'local',
    parent: { publicKey: client.publicKey },
    chain: { issuers: [{ public_key: client.publicKey }] },
    directory: null,
    latestOrder: '{"type":"halt"}',
  });
});

it.each([
  ['a regional that may not issue', regionalClient('regional', ['mesh', 'work']), 'not-central'],
  ['a certificate that would let it issue', regionalClient('regional', undefined, ['mesh', 'work', 'issue']), null],
])('refuses %s', async (_, client, defect) => {
  const { applicant, store } = await startApplicant({ client });
  await applicant.join(link);
  await until(store, () => store.get().application?.phase.kind === 'failed');
  const obstacle = applicant.view()?.obstacle;
  expect(obstacle?.kind).toBe('defect');
  if (defect) expect(obstacle?.code).toBe(defect);
  expect(store.get().hive).toBeNull();
});

it('moves to another parent with its last certificate, keeping what it knows of the hive', async () => {
  const first = regionalClient('regional');
  const second = regionalClient('another regional');
  let present = first;
  const { applicant, store } = await startApplicant({ client: { request: (call) => present.request(call) } });
  await applicant.join(link);
  await until(store, () => store.get().hive !== null);
  const key = { enc: 'a', ct: 'b', serial: '5'.repeat(32) };
  await store.update(
    (membership): Membership => ({
      ...membership,
      hive: membership.hive && { ...membership.hive, federationKey: key, hiveName: 'The lab', joinedAt: 5 },
    }),
  );
  present = second;
  await applicant.move({ url: 'https://another.test', public_key: second.publicKey, tier: 'local' });
  expect(store.get().hive?.parent.publicKey).toBe(first.publicKey);
  await until(store, () => store.get().hive?.parent.publicKey === second.publicKey);
  expect(second.calls[0]).toMatchObject({ path: '/register', presentsChain: true, base: 'https://another.test' });
  expect(store.get()).toMatchObject({
    application: null,
    hive: { federationKey: key, hiveName: 'The lab', joinedAt: 5, parent: { url: 'https://another.test', pin: null } },
  });
});

it('moves nowhere while it is in no hive, and does not trust what its hive has revoked', async () => {
  const client = regionalClient('regional');
  const { applicant, store } = await startApplicant({ client, isRevoked: (key) => key === client.publicKey });
  const parent = { url: 'https://regional.test', public_key: client.publicKey, tier: 'local' as const };
  await expect(applicant.move(parent)).rejects.toMatchObject({ failure: { kind: 'not-joined' } });
  await applicant.join(link);
  await until(store, () => store.get().hive !== null);
  await applicant.move(parent);
  await until(store, () => store.get().application?.phase.kind === 'failed');
  expect(applicant.view()?.obstacle).toMatchObject({ kind: 'defect', code: 'revoked' });
});
