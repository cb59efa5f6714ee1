import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Issued, issuedSchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import type { HiveReply } from '../../../../node-core/trust/authority/hive-reply.ts';
import type { Issuer } from '../../../../node-core/trust/authority/issuer-standing.ts';
import { deskApplicant } from '../../../builders/desk-applicant.ts';
import { deskNoonMs, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';

const day = 86_400_000;
const issued = (reply: HiveReply): Issued => issuedSchema.parse(reply.body);
const refused = (reply: HiveReply) => [reply.status, (reply.body as { reason?: string }).reason];

/** A member of the hive, and what it asks with. */
async function joined(hive: HiveDesk, mayIssue = false) {
  const a = deskApplicant(createSeededIdentity('a'));
  const invite = await hive.invite({ mayIssue });
  const { certificate, issuers } = issued(await a.enrol(hive.desk, { invite }));
  const member = { publicKey: a.identity.publicKey, chain: { certificate, issuers } };
  const renew = (more: object = {}) => hive.desk.renew({ sealing_key: a.identity.sealingKey, ...more }, member);
  return { a, member, renew, certificate, invite };
}

/** A regional that issues, and whose own certificate ends a week after noon. */
function regionalIssuer(): { issuer: Issuer; identity: ReturnType<typeof createSeededIdentity> } {
  const identity = createSeededIdentity('regional');
  const anchor = createTestAnchor();
  const certificate = anchor.regional(identity.publicKey, deskNoonMs);
  const issuer: Issuer = {
    standing: () => ({
      hive: anchor.publicKey,
      issues: 'local',
      parentKey: identity.publicKey,
      processChain: { certificate, issuers: [] },
      issuersOfLeaf: [certificate],
      notAfterMs: deskNoonMs + 7 * day,
      signCertificate: async (body) => identity.signCertificate(body),
      signRevocations: async (list) => identity.sign('revocation', list),
    }),
  };
  return { issuer, identity };
}

describe('renewal', () => {
  it('gives another certificate with the capabilities that the member has, and goes on while the hive is halted', async () => {
    const hive = await openHiveDesk();
    const { renew, certificate } = await joined(hive, true);
    hive.breaker.trip();
    await hive.clock.advance(4 * day);
    const renewed = issued(await renew({ node_name: 'renamed' })).certificate;
    expect(renewed).toMatchObject({ node_id: 'renamed', capabilities: certificate.capabilities });
    expect([renewed.issued_at, renewed.expires_at]).toEqual(['2026-06-05T12:00:00+00:00', '2026-06-12T12:00:00+00:00']);
    expect(renewed.serial).not.toBe(certificate.serial);
  });

  it('serves the same certificate again until two fifths of its life are over, and takes what the member says anew', async () => {
    const hive = await openHiveDesk();
    const { a, renew, certificate } = await joined(hive);
    const other = createSeededIdentity('other sealing key');
    for (const sealing_key of [a.identity.sealingKey, other.sealingKey]) {
      const again = await renew({ sealing_key, advertised_url: 'https://moved.example:6776' });
      expect(issued(again).certificate).toEqual(certificate);
    }
    expect(await hive.storage.db.selectFrom('hive_members').selectAll().execute()).toMatchObject([
      { sealing_key: other.sealingKey, advertised_url: 'https://moved.example:6776', renewed_at: null },
    ]);
    await hive.clock.advance(0.4 * 7 * day - 1);
    expect(issued(await renew()).certificate).toEqual(certificate);
    expect(hive.central.signed).toHaveLength(1);
    await hive.clock.advance(1);
    expect(issued(await renew()).certificate.serial).not.toBe(certificate.serial);
  });

  it('makes another at once where it would say something else', async () => {
    const hive = await openHiveDesk();
    const { renew, certificate } = await joined(hive);
    await hive.storage.db.updateTable('hive_members').set({ may_issue: 1 }).execute();
    const renewed = issued(await renew()).certificate;
    expect(renewed.serial).not.toBe(certificate.serial);
    expect(renewed.capabilities).toContain('issue');
  });

  it('asks no question until 90 days after the end, and refuses then', async () => {
    const hive = await openHiveDesk();
    const { renew } = await joined(hive);
    await hive.clock.advance(97 * day);
    expect((await renew()).status).toBe(200);
    await hive.clock.advance(97 * day + 1000);
    expect(refused(await renew())).toEqual([403, 'lapsed-too-long']);
  });

  it('is for members alone', async () => {
    const hive = await openHiveDesk();
    const { member } = await joined(hive);
    const stranger = { ...member, publicKey: createSeededIdentity('b').publicKey };
    const body = { sealing_key: createSeededIdentity('b').sealingKey };
    expect(refused(await hive.desk.renew(body, stranger))).toEqual([403, 'not-a-member']);
    expect(refused(await hive.desk.renew({}, member))).toEqual([400, 'malformed']);
  });

  it('brings the federation key and the directory where the caller’s are not current', async () => {
    const hive = await openHiveDesk();
    const { a, renew } = await joined(hive);
    const key = Buffer.alloc(32, 7);
    const id = createHash('sha256').update(key).digest('hex').slice(0, 16);
    const signer = hive.central.standing()?.processChain;
    if (!signer) throw new Error('central issues nothing');
    const directory = { hive: hive.anchor.publicKey, sequence: 2, parents: [], order_sources: [] };
    const signed = { directory, signature: hive.identity.sign('directory', directory), signer };
    hive.hand({ federationKey: { id, key }, directory: signed });
    const first = issued(await renew({ directory_sequence: 1 }));
    expect(first.directory).toEqual(signed);
    expect(first.federation_key?.serial).toBe(first.certificate.serial);
    if (!first.federation_key) throw new Error('no federation key');
    expect(Buffer.from(await a.identity.unseal(first.federation_key))).toEqual(key);
    const second = issued(await renew({ directory_sequence: 2, federation_key_id: id }));
    expect([second.directory, second.federation_key]).toEqual([undefined, undefined]);
  });
});

describe('a regional that issues', () => {
  it('gives locals three days, never beyond its own end, its certificate beside theirs, and no `issue`', async () => {
    const { issuer, identity } = regionalIssuer();
    const hive = await openHiveDesk({ issuer, identity });
    const invite = await hive.invite({ tier: 'local', uses: 3, mayIssue: true, expiresInMs: 30 * day });
    const enrol = (seed: string) =>
      deskApplicant(createSeededIdentity(seed)).enrol(hive.desk, { invite, changes: { tier: 'local' } });
    const first = issued(await enrol('a'));
    expect(first.certificate).toMatchObject({
      expires_at: '2026-06-04T12:00:00+00:00',
      capabilities: ['mesh', 'work'],
    });
    expect(first.issuers.map(({ public_key }) => public_key)).toEqual([identity.publicKey]);
    await hive.clock.advance(6 * day);
    expect(issued(await enrol('b')).certificate.expires_at).toBe('2026-06-08T12:00:00+00:00');
    await hive.clock.advance(23.5 * 3_600_000);
    const late = await enrol('c');
    expect(refused(late)).toEqual([503, 'try-later']);
    expect(late.retryAfterSeconds).toBe(60);
  });
});

describe('leaving', () => {
  it('revokes the certificates, ends the record, and lets the key come back', async () => {
    const hive = await openHiveDesk();
    const { a, member, renew, certificate, invite } = await joined(hive);
    expect(await hive.desk.leave(member)).toEqual({ status: 200, body: { status: 'left' } });
    expect(await hive.desk.leave(member)).toEqual({ status: 200, body: { status: 'left' } });
    expect(hive.book.isRevoked(certificate.public_key, certificate.serial, hive.anchor.publicKey)).toBe(true);
    expect(refused(await renew())).toEqual([403, 'not-a-member']);
    expect((await a.enrol(hive.desk)).status).toBe(202);
    const back = issued(await a.enrol(hive.desk, { invite })).certificate;
    expect(hive.book.isRevoked(back.public_key, back.serial, hive.anchor.publicKey)).toBe(false);
    expect(back.serial).not.toBe(certificate.serial);
  });
});

describe('revocations', () => {
  it('come as a page with a tag, and as nothing when nothing changed', async () => {
    const hive = await openHiveDesk();
    const { member } = await joined(hive);
    await hive.publisher.revoke(member.publicKey, 'lost');
    const first = await hive.desk.revocations(null, null);
    expect(first).toMatchObject({
      status: 200,
      body: { lists: [{ list: { revoked: [{ reason: 'lost' }] } }], next: null },
    });
    expect(await hive.desk.revocations(null, first.etag ?? null)).toEqual({
      status: 304,
      body: null,
      etag: first.etag,
    });
    expect(refused(await hive.desk.revocations('x', null))).toEqual([400, 'malformed']);
  });

  it('are put into their form once for each change of the book, whoever asks', async () => {
    const hive = await openHiveDesk();
    const { member } = await joined(hive);
    await hive.publisher.revoke(member.publicKey, 'lost');
    const first = await hive.desk.revocations(null, null);
    const again = await hive.desk.revocations(null, null);
    expect(again.body).toBe(first.body);
    // Others' pages push it out, which changes nothing of what it says.
    for (let n = 0; n < 20; n += 1) await hive.desk.revocations(createSeededIdentity(`${n}`).publicKey, null);
    expect(await hive.desk.revocations(null, null)).toEqual(first);
    await hive.publisher.revoke(createSeededIdentity('b').publicKey, 'lost as well');
    const changed = await hive.desk.revocations(null, first.etag ?? null);
    expect(changed.status).toBe(200);
    expect(JSON.stringify(changed.body)).toContain('lost as well');
  });
});
