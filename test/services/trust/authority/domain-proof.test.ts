import { createHash, X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import https from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { createDomainProver } from '../../../../node-core/trust/authority/create-domain-prover.ts';
import { createDnsResolver } from '../../../../node-core/trust/authority/dns-addresses.ts';
import type { DomainClaim, DomainProof, DomainProver } from '../../../../node-core/trust/authority/domain-prover.ts';
import { isPublicAddress } from '../../../../node-core/trust/authority/public-address.ts';
import { knownAuthorities } from '../../../../node-core/trust/transport/known-authorities.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { deskApplicant } from '../../../builders/desk-applicant.ts';
import { openHiveDesk } from '../../../builders/hive-desk.ts';
import { selfSigned } from '../../../doubles/model-server/self-signed.ts';
import { startDnsServer } from '../../../doubles/trust/dns-server.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const identity = createSeededIdentity('a');
const pin = createHash('sha256')
  .update(new X509Certificate(selfSigned.cert).publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex');
const claim: DomainClaim = {
  fqdn: 'a.example.org',
  enrolmentId: 'e'.repeat(32),
  publicKey: identity.publicKey,
  challenge: {
    nonce: '1'.repeat(32),
    client_nonce: '2'.repeat(32),
    hive: '3'.repeat(64),
    issuer_public_key: '4'.repeat(64),
    subject_public_key: identity.publicKey,
    request: '5'.repeat(64),
    issued_at: '2026-06-01T12:00:00+00:00',
    expires_at: '2026-06-01T12:01:00+00:00',
  },
  pin,
};
const right = {
  enrolment_id: claim.enrolmentId,
  public_key: identity.publicKey,
  signature: identity.sign('challenge-answer', claim.challenge),
};

async function listen(answer: RequestListener): Promise<number> {
  const server = https.createServer(selfSigned, answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const at = server.address();
  return typeof at === 'object' && at !== null ? at.port : 0;
}

async function prove(
  answer: RequestListener,
  asked: Partial<DomainClaim> = {},
  {
    allowsPrivate = true,
    names = { 'a.example.org': '127.0.0.1' },
  }: { allowsPrivate?: boolean; names?: Record<string, string> } = {},
): Promise<DomainProof> {
  const [port, dns] = [await listen(answer), await startDnsServer(names)];
  const prover = createDomainProver({
    resolve: createDnsResolver(dns.address),
    authorities: knownAuthorities(null),
    allowsPrivate,
    verify: createStrictVerifier(),
    clock: systemClock,
    ports: [port],
  });
  return prover.prove({ ...claim, ...asked });
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('a domain', () => {
  it('is proven by the answer of its own node, asked for by name', async () => {
    const seen: unknown[] = [];
    const proof = await prove((request, response) => {
      seen.push([request.url, request.headers.host?.split(':')[0]]);
      json(right)(request, response);
    });
    expect(proof).toEqual({ kind: 'proven' });
    expect(seen).toEqual([[`/.well-known/hart-challenge?enrolment=${claim.enrolmentId}`, 'a.example.org']]);
  });

  it.each([
    ['another enrolment', json({ ...right, enrolment_id: 'f'.repeat(32) }), 'it answers for another node or enrolment'],
    ['another key', json({ ...right, public_key: 'f'.repeat(64) }), 'it answers for another node or enrolment'],
    [
      'another signature',
      json({ ...right, signature: createSeededIdentity('b').sign('challenge-answer', claim.challenge) }),
      'its signature is wrong',
    ],
    ['something else', json({}), 'its answer has not the form that is agreed'],
    ['too much', json({ ...right, more: 'x'.repeat(5_000) }), 'its answer is too large'],
    ['nothing', json(right, 404), 'it answered with status 404'],
    [
      'a redirect',
      ((_, response) => void response.writeHead(302, { location: 'https://example.com/' }).end()) as RequestListener,
      'it answered with status 302',
    ],
  ])('is not proven by %s', async (_, answer, cause) => {
    expect(await prove(answer)).toEqual({ kind: 'not-proven', cause });
  });

  it('is not proven over a certificate that neither an authority nor the pin vouches for', async () => {
    const cause = expect.stringContaining('tls');
    expect(await prove(json(right), { pin: null })).toMatchObject({ kind: 'not-proven', cause });
    expect(await prove(json(right), { pin: '0'.repeat(64) })).toMatchObject({ kind: 'not-proven', cause });
  });

  it('is not even asked in the own network, unless that is wanted, nor when it has no address', async () => {
    const never: RequestListener = () => expect.unreachable('it was asked');
    expect(await prove(never, {}, { allowsPrivate: false })).toEqual({
      kind: 'not-proven',
      cause: 'its address is not one of the public internet',
    });
    expect(await prove(never, {}, { names: {} })).toEqual({ kind: 'not-proven', cause: 'its name has no address' });
  });
});

describe('an address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    ...['127.0.0.1', '10.1.2.3', '192.168.1.1', '172.31.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:7f00:1::'],
    ...['2001:db8::1', 'localhost', ''],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the desk', () => {
  const answering = (kind: DomainProof['kind']): DomainProver & { readonly claims: DomainClaim[] } => {
    const claims: DomainClaim[] = [];
    return {
      claims,
      prove: async (asked) => {
        claims.push(asked);
        return kind === 'proven' ? { kind } : { kind, cause: 'nothing answers there' };
      },
    };
  };
  const admission = { modes: ['domain'], domainSuffixes: ['.example.org'] } as const;
  const enrol = (seed: string, fqdn: string) => (hive: Awaited<ReturnType<typeof openHiveDesk>>) =>
    deskApplicant(createSeededIdentity(seed)).enrol(hive.desk, { changes: { fqdn } });

  it('issues to the key that a domain answers for, and to another only long after that one ended', async () => {
    const domains = answering('proven');
    const hive = await openHiveDesk({ admission, domains });
    expect((await enrol('a', 'A.Example.org')(hive)).status).toBe(201);
    expect(domains.claims).toMatchObject([{ fqdn: 'a.example.org', publicKey: identity.publicKey, pin: null }]);
    expect(await enrol('b', 'a.example.org')(hive)).toMatchObject({ status: 409, body: { reason: 'domain-taken' } });
    await hive.clock.advance(8 * 86_400_000 + 1000);
    expect((await enrol('b', 'a.example.org')(hive)).status).toBe(201);
    const audit = await hive.storage.db.selectFrom('hive_audit').select(['act', 'subject']).execute();
    const acts = audit.filter(({ act }) => act.startsWith('domain')).map(({ act, subject }) => `${act} ${subject}`);
    expect(acts).toEqual(['domain-proven a.example.org', 'domain-moved a.example.org']);
  });

  it('refuses a domain that does not answer, stands below no suffix, or is none', async () => {
    const hive = await openHiveDesk({ admission, domains: answering('not-proven') });
    expect(await enrol('a', 'a.example.org')(hive)).toMatchObject({
      status: 403,
      body: { reason: 'domain-not-proven' },
    });
    expect(await enrol('a', 'a.example.com')(hive)).toMatchObject({
      status: 403,
      body: { reason: 'domain-not-allowed' },
    });
    expect(await enrol('a', '127.0.0.1')(hive)).toMatchObject({ status: 400, body: { reason: 'malformed' } });
  });
});
