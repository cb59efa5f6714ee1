import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../node-core/protocol/json-value.ts';
import { canonicalBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import type { Certificate, CertificateBody } from '../../../../node-core/protocol/trust/certificate.ts';
import type { Challenge } from '../../../../node-core/protocol/trust/enrolment.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { HiveCall, HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { startApplicant, type TestApplicant, until } from '../../../builders/applicant.ts';
import { deskNoonMs } from '../../../builders/hive-desk.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor, type TestAnchor } from '../../../doubles/trust/issuer.ts';

const identity = createSeededIdentity('applicant');
const central = createSeededIdentity('central');
const anchor = createTestAnchor();
const otherAnchor = createTestAnchor('other');
const day = 86_400_000;
const link = `nunba://join?at=https://central.test&anchor=${anchor.publicKey}&tier=regional`;

/** What an issuer says, with what a test lies about. */
interface Lies {
  readonly nowMs?: number;
  readonly challenge?: (honest: Challenge) => Partial<Challenge>;
  readonly signer?: typeof central;
  readonly issuer?: Partial<CertificateBody>;
  readonly issuerOf?: TestAnchor;
  readonly certificate?: Partial<CertificateBody>;
  readonly certificateOf?: TestAnchor;
}

const certificateOf = (by: TestAnchor, nowMs: number, body: Partial<CertificateBody>): Certificate =>
  by.certify({
    node_id: 'a node',
    public_key: identity.publicKey,
    tier: 'regional',
    region_name: '',
    issued_at: toWireTime(nowMs),
    expires_at: toWireTime(nowMs + 7 * day),
    capabilities: ['mesh', 'work'],
    parent_public_key: by.publicKey,
    hive: by.publicKey,
    serial: '1'.repeat(32),
    ...body,
  });

function scripted(lies: Lies): HiveClient & { readonly paths: string[] } {
  const { nowMs = deskNoonMs, signer = central } = lies;
  const paths: string[] = [];
  const reply = ({ path, body }: HiveCall): unknown => {
    if (path !== '/register') {
      const certificate = certificateOf(lies.certificateOf ?? anchor, nowMs, lies.certificate ?? {});
      return { status: 'issued', certificate, issuers: [] };
    }
    const request = body as { client_nonce: string; public_key: string };
    const honest: Challenge = {
      nonce: '2'.repeat(32),
      client_nonce: request.client_nonce,
      hive: anchor.publicKey,
      issuer_public_key: central.publicKey,
      subject_public_key: request.public_key,
      request: createHash('sha256').update(canonicalBytes(body)).digest('hex'),
      issued_at: toWireTime(nowMs),
      expires_at: toWireTime(nowMs + 60_000),
    };
    const challenge = { ...honest, ...lies.challenge?.(honest) };
    const issuer = { public_key: central.publicKey, tier: 'central' as const, capabilities: [], ...lies.issuer };
    const issuers = [certificateOf(lies.issuerOf ?? anchor, nowMs, issuer)];
    return {
      enrolment_id: '3'.repeat(32),
      challenge,
      challenge_signature: signer.sign('challenge', challenge),
      issuers,
    };
  };
  return {
    paths,
    async request(call) {
      paths.push(call.path);
      return answered(reply(call));
    },
  };
}

/** Fields that this version does not know. */
const laterFields = (fields: Readonly<Record<string, JsonValue>>): Partial<Challenge> => fields;

const answered = (body: unknown, status = 200) => ({
  kind: 'answered' as const,
  status,
  body: JSON.parse(JSON.stringify(body)) as JsonValue, // what JSON.parse gives is one
  retryAfterSeconds: null,
  etag: null,
  shownPin: null,
});

const obstacleOf = ({ store }: TestApplicant) => {
  const { application } = store.get();
  return application && 'obstacle' in application.phase ? application.phase.obstacle : null;
};

async function joinWith(client: HiveClient, clock = createFakeClock(deskNoonMs)): Promise<TestApplicant> {
  const joining = await startApplicant({ client, clock });
  await joining.applicant.join(link);
  await until(joining.store, () => obstacleOf(joining) !== null || joining.store.get().hive !== null);
  return joining;
}

it('joins an honest one, so that the lies below are what is refused', async () => {
  const { store } = await joinWith(scripted({}));
  expect(store.get().hive?.chain.certificate.public_key).toBe(identity.publicKey);
});

it('joins one of a later version, whose challenge says more, and answers all that it says', async () => {
  const { store, signed } = await joinWith(scripted({ challenge: () => laterFields({ salt: ['a', { b: 1 }] }) }));
  expect(store.get().hive?.chain.certificate.public_key).toBe(identity.publicKey);
  expect(signed).toHaveLength(1);
});

describe('a challenge is refused before anything is signed', () => {
  const later = (ms: number) => toWireTime(deskNoonMs + ms);
  it.each<[string, Lies, string]>([
    ['of another nonce', { challenge: () => ({ client_nonce: '9'.repeat(32) }) }, 'wrong-nonce'],
    ['for another key', { challenge: () => ({ subject_public_key: central.publicKey }) }, 'wrong-key'],
    ['for another request', { challenge: () => ({ request: '9'.repeat(64) }) }, 'wrong-request'],
    ['of another hive', { challenge: () => ({ hive: otherAnchor.publicKey }) }, 'other-anchor'],
    ['whose chain ends at another anchor', { issuerOf: otherAnchor }, 'other-anchor'],
    ['that names another issuer', { challenge: () => ({ issuer_public_key: identity.publicKey }) }, 'other-issuer'],
    ['that another key has signed', { signer: identity }, 'bad-challenge-signature'],
    ['of a mere regional', { issuer: { tier: 'regional', capabilities: ['mesh', 'work', 'issue'] } }, 'not-central'],
    ['that never counts', { challenge: () => ({ expires_at: later(0) }) }, 'challenge-ended'],
    ['that counts for longer than a minute', { challenge: () => ({ expires_at: later(61_000) }) }, 'challenge-ended'],
    ['that counts for an hour', { challenge: () => ({ expires_at: later(3_600_000) }) }, 'challenge-ended'],
  ])('%s', async (_, lies, defect) => {
    const client = scripted(lies);
    const joining = await joinWith(client);
    expect(obstacleOf(joining)).toEqual({ kind: 'defect', defect });
    expect(joining.signed).toEqual([]);
    expect(client.paths).toEqual(['/register']);
    expect(joining.store.get()).toMatchObject({ hive: null, hiveTime: { offsetMs: 0, floorMs: 0 } });
  });

  it('that ended long ago, each time it is asked', async () => {
    let asked = 0;
    const client = scripted({
      challenge: () => {
        asked += 1;
        const at = deskNoonMs - asked * day;
        return { issued_at: toWireTime(at), expires_at: toWireTime(at + 60_000) };
      },
      issuer: { issued_at: toWireTime(deskNoonMs - 5 * day), expires_at: toWireTime(deskNoonMs + 2 * day) },
    });
    const joining = await joinWith(client);
    expect(obstacleOf(joining)).toEqual({ kind: 'defect', defect: 'challenge-ended' });
    expect(joining.signed).toEqual([]);
    expect(client.paths).toEqual(['/register', '/register']);
  });
});

describe('a certificate is refused and not stored', () => {
  it.each<[string, Lies, string]>([
    ['of another key', { certificate: { public_key: central.publicKey } }, 'wrong-key'],
    ['of another tier', { certificate: { tier: 'central', capabilities: [] } }, 'wrong-tier'],
    ['of another anchor', { certificateOf: otherAnchor }, 'other-anchor'],
    ['of another hive', { certificate: { hive: otherAnchor.publicKey } }, 'other-hive'],
    ['that may do nothing', { certificate: { capabilities: [] } }, 'wrong-capabilities'],
    ['that has ended', { certificate: { issued_at: toWireTime(0), expires_at: toWireTime(day) } }, 'expired'],
  ])('%s', async (_, lies, defect) => {
    const joining = await joinWith(scripted(lies));
    expect(obstacleOf(joining)).toEqual({ kind: 'defect', defect });
    expect(joining.store.get().hive).toBeNull();
  });
});

it.each([-10, 10])('a clock that is %i days off is set by a proven issuer, and the join goes on', async (days) => {
  const clock = createFakeClock(deskNoonMs + days * day);
  const client = scripted({});
  const joining = await joinWith(client, clock);
  await until(joining.store, () => joining.store.get().hiveTime.floorMs > 0);
  expect(joining.store.get()).toMatchObject({ application: null, hiveTime: { offsetMs: -days * day } });
  expect(client.paths).toEqual(['/register', '/register', '/register/answer']);
});

it.each([-12, 12])('an issuer whose time is %i days away sets no clock, and is asked again later', async (days) => {
  const theirMs = deskNoonMs + days * day;
  const client = scripted({ nowMs: theirMs });
  const joining = await joinWith(client);
  expect(obstacleOf(joining)).toEqual({ kind: 'defect', defect: 'clock-too-far' });
  expect(joining.applicant.view()).toMatchObject({ phase: 'applying', obstacle: { code: 'clock-too-far' } });
  expect(joining.store.get()).toMatchObject({ hive: null, hiveTime: { offsetMs: 0, floorMs: 0 } });
  expect(joining.signed).toEqual([]);
  expect(client.paths).toEqual(['/register']);
});

it('waits and tries again when TLS fails, and signs nothing', async () => {
  const joining = await joinWith({ request: async () => ({ kind: 'unreachable', cause: 'tls' }) });
  expect(joining.applicant.view()).toMatchObject({ phase: 'applying', obstacle: { kind: 'unreachable', code: 'tls' } });
  expect(joining.signed).toEqual([]);
});

it('no answer of any kind makes it sign, store a membership or fall over', async () => {
  const fields = fc.constantFrom('status', 'certificate', 'issuers', 'challenge', 'reason', 'error', 'poll_after', 'x');
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(fields, fc.jsonValue()));
  const status = fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 410, 418, 429, 500, 503);
  await fc.assert(
    fc.asyncProperty(body, status, async (value, code) => {
      const joining = await joinWith({ request: async () => answered(value, code) });
      expect(joining.store.get().hive).toBeNull();
      expect(joining.signed).toEqual([]);
      expect(joining.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      await joining.applicant.cancel();
    }),
    { numRuns: 150 },
  );
});

it('nothing but an own certificate is stored, whatever answers an honest challenge', async () => {
  const honest = scripted({});
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({ status: fc.constantFrom('issued', 'pending'), certificate: fc.jsonValue() }),
  );
  await fc.assert(
    fc.asyncProperty(body, async (value) => {
      const joining = await joinWith({
        request: (call) => (call.path === '/register' ? honest.request(call) : Promise.resolve(answered(value, 201))),
      });
      expect(obstacleOf(joining)).not.toBeNull();
      expect(joining.store.get().hive).toBeNull();
      await joining.applicant.cancel();
    }),
    { numRuns: 60 },
  );
});
