import { describe, expect, it } from 'vitest';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import { certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import {
  type EnrolmentReply,
  enrolmentReplySchema,
  registerReplySchema,
} from '../../../../node-core/protocol/trust/enrolment.ts';
import type { HiveReply } from '../../../../node-core/trust/authority/hive-reply.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { deskApplicant, faraway, nearby } from '../../../builders/desk-applicant.ts';
import { openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const verify = createStrictVerifier();
const applicant = (seed = 'a') => deskApplicant(createSeededIdentity(seed));
const parsed = (reply: HiveReply): EnrolmentReply => enrolmentReplySchema.parse(reply.body);
function issued(reply: HiveReply) {
  const body = parsed(reply);
  if (body.status !== 'issued') throw new Error(`not issued: ${JSON.stringify(body)}`);
  return body;
}
const refused = (reply: HiveReply) => [reply.status, (reply.body as { reason?: string }).reason];

describe('register', () => {
  it('challenges with what the node can check: its own nonce, its key, the anchor, the request', async () => {
    const hive = await openHiveDesk();
    const a = applicant();
    const request = a.request();
    const reply = registerReplySchema.parse((await hive.desk.register(request, faraway)).body);
    expect(reply.challenge).toMatchObject({
      client_nonce: request.client_nonce,
      hive: hive.anchor.publicKey,
      issuer_public_key: hive.identity.publicKey,
      subject_public_key: a.identity.publicKey,
      issued_at: '2026-06-01T12:00:00+00:00',
      expires_at: '2026-06-01T12:01:00+00:00',
    });
    const bytes = signedBytes('challenge', reply.challenge);
    expect(verify(bytes, reply.challenge_signature, hive.identity.publicKey)).toBe(true);
    expect(reply.issuers[0]?.public_key).toBe(hive.identity.publicKey);
  });

  it('gives the same challenge for the same request, and another for another', async () => {
    const { desk } = await openHiveDesk();
    const a = applicant();
    const request = a.request();
    const first = await desk.register(request, faraway);
    expect(await desk.register(request, faraway)).toEqual(first);
    expect(await desk.register(a.request(), faraway)).not.toEqual(first);
  });

  it('refuses what has not the agreed form, and a tier that is not issued here', async () => {
    const { desk } = await openHiveDesk();
    expect(refused(await desk.register({ ...applicant().request(), public_key: 'x' }, faraway))).toEqual([
      400,
      'malformed',
    ]);
    expect(refused(await desk.register(null, faraway))).toEqual([400, 'malformed']);
    expect(refused(await desk.register(applicant().request({ tier: 'local' }), faraway))).toEqual([
      403,
      'tier-not-offered',
    ]);
  });

  it.each(['1e999', '"\\ud800"', '{"deep":[-1e999]}'])(
    'refuses a request with %s, which has no canonical form',
    async (text) => {
      const { desk } = await openHiveDesk();
      const body = { ...applicant().request(), more: JSON.parse(text) };
      expect(refused(await desk.register(body, faraway))).toEqual([400, 'malformed']);
    },
  );

  it('challenges one key five times an hour', async () => {
    const { desk, clock } = await openHiveDesk();
    const a = applicant();
    for (let n = 0; n < 5; n += 1) expect((await desk.register(a.request(), nearby)).status).toBe(200);
    const sixth = await desk.register(a.request(), nearby);
    expect(refused(sixth)).toEqual([429, 'too-many']);
    expect(sixth.retryAfterSeconds).toBe(3600);
    expect((await desk.register(applicant('b').request(), nearby)).status).toBe(200);
    await clock.advance(3600_000);
    expect((await desk.register(a.request(), nearby)).status).toBe(200);
  });

  it('lets nobody use up the challenges of another’s key', async () => {
    const { desk } = await openHiveDesk();
    const a = applicant();
    for (let n = 0; n < 6; n += 1) await desk.register(a.request(), faraway);
    expect(refused(await desk.register(a.request(), faraway))).toEqual([429, 'too-many']);
    const home = { address: '203.0.113.10', isLoopback: false };
    expect((await desk.register(a.request(), home)).status).toBe(200);
  });

  it('keeps 20 challenges open for one address, but counts neither invited ones, nor members, nor this machine', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ uses: 2 });
    const member = applicant('member');
    expect((await member.enrol(hive.desk, { invite })).status).toBe(201);
    for (let n = 0; n < 20; n += 1) {
      expect((await hive.desk.register(applicant(`n${n}`).request(), faraway)).status).toBe(200);
    }
    expect(refused(await hive.desk.register(applicant('late').request(), faraway))).toEqual([429, 'too-many']);
    const unknown = applicant('late').request({ invite_id: 'nosuchinvite0000' });
    expect(refused(await hive.desk.register(unknown, faraway))).toEqual([429, 'too-many']);
    const elsewhere = { address: '203.0.113.10', isLoopback: false };
    const allowed = [
      [applicant('late').request({ invite_id: invite.id }), faraway],
      [member.request(), faraway],
      [applicant('near').request(), nearby],
      [applicant('other').request(), elsewhere],
    ] as const;
    for (const [request, caller] of allowed) expect((await hive.desk.register(request, caller)).status).toBe(200);
    await hive.clock.advance(60_000);
    expect((await hive.desk.register(applicant('late').request(), faraway)).status).toBe(200);
  });
});

describe('answer', () => {
  it('issues for an invite a certificate that verifies, and the same again when asked again', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ mayIssue: true });
    const a = applicant();
    const request = a.request({ invite_id: invite.id, node_name: 'Berlin' });
    const challenged = registerReplySchema.parse((await hive.desk.register(request, faraway)).body);
    const answer = a.answerTo(challenged, invite.secret);
    const first = await hive.desk.answer(answer, faraway);
    expect(first.status).toBe(201);
    const { certificate, issuers } = issued(first);
    expect(certificate).toMatchObject({
      node_id: 'Berlin',
      public_key: a.identity.publicKey,
      tier: 'regional',
      region_name: 'test hive',
      capabilities: ['mesh', 'work', 'issue'],
      issued_at: '2026-06-01T12:00:00+00:00',
      expires_at: '2026-06-08T12:00:00+00:00',
      hive: hive.anchor.publicKey,
    });
    expect(issuers).toEqual([]);
    expect(verify(certificateBytes(certificate), certificate.parent_signature, hive.anchor.publicKey)).toBe(true);
    expect(await hive.desk.answer(answer, faraway)).toEqual(first);
    expect(await hive.desk.poll(challenged.enrolment_id, a.identity.publicKey)).toEqual(first);
    expect(issued(await a.enrol(hive.desk, { invite })).certificate).toEqual(certificate);
    expect(hive.central.signed).toHaveLength(1);
  });
});

describe('what is refused', () => {
  it('is the answer of another key, of an unknown enrolment, of another form, and one that is late', async () => {
    const { desk, clock } = await openHiveDesk();
    const [a, b] = [applicant('a'), applicant('b')];
    const challenged = registerReplySchema.parse((await desk.register(a.request(), faraway)).body);
    expect(refused(await desk.answer(b.answerTo(challenged), faraway))).toEqual([401, 'bad-signature']);
    const unknown = { ...a.answerTo(challenged), enrolment_id: '0'.repeat(32) };
    expect(refused(await desk.answer(unknown, faraway))).toEqual([404, 'unknown-enrolment']);
    expect(refused(await desk.answer({ signature: 'x' }, faraway))).toEqual([400, 'malformed']);
    await clock.advance(60_000);
    expect(refused(await desk.answer(a.answerTo(challenged), faraway))).toEqual([410, 'challenge-ended']);
  });

  it('is the answer to another challenge of the same key', async () => {
    const { desk } = await openHiveDesk();
    const a = applicant();
    const [first, second] = [await desk.register(a.request(), faraway), await desk.register(a.request(), faraway)];
    const { signature } = a.answerTo(registerReplySchema.parse(first.body));
    const { enrolment_id } = registerReplySchema.parse(second.body);
    expect(refused(await desk.answer({ enrolment_id, signature }, faraway))).toEqual([401, 'bad-signature']);
  });

  it('is an invite that is wrong, used, expired or revoked', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const wrong = { id: invite.id, secret: 'another' };
    expect(refused(await applicant('a').enrol(hive.desk, { invite: wrong }))).toEqual([403, 'bad-proof']);
    const unknown = { id: 'nosuchinvite0000', secret: 'x' };
    expect(refused(await applicant('a').enrol(hive.desk, { invite: unknown }))).toEqual([403, 'bad-proof']);
    expect((await applicant('a').enrol(hive.desk, { invite })).status).toBe(201);
    expect(refused(await applicant('b').enrol(hive.desk, { invite }))).toEqual([410, 'invite-used']);
    const short = await hive.invite({ id: 'shortinvite00000', expiresInMs: 60_000 });
    const revoked = await hive.invite({ id: 'revokedinvite000' });
    await hive.storage.db.updateTable('hive_invites').set({ revoked_at: 1 }).where('id', '=', revoked.id).execute();
    expect(refused(await applicant('b').enrol(hive.desk, { invite: revoked }))).toEqual([410, 'invite-revoked']);
    await hive.clock.advance(60_000);
    expect(refused(await applicant('b').enrol(hive.desk, { invite: short }))).toEqual([410, 'invite-expired']);
    expect(hive.central.signed).toHaveLength(1);
  });

  it('is everybody while the hive is halted, with what was issued still served', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ uses: 2 });
    const before = await applicant('a').enrol(hive.desk, { invite });
    hive.breaker.trip();
    const halted = await applicant('b').enrol(hive.desk, { invite });
    expect(refused(halted)).toEqual([503, 'halted']);
    expect(halted.retryAfterSeconds).toBe(60);
    expect(await applicant('a').enrol(hive.desk, { invite })).toEqual(before);
    hive.breaker.lift();
    expect((await applicant('b').enrol(hive.desk, { invite })).status).toBe(201);
  });

  it('is whoever comes when the hive is full, but not a member', async () => {
    const hive = await openHiveDesk({ admission: { maxMembers: 1 } });
    const invite = await hive.invite({ uses: 3 });
    expect((await applicant('a').enrol(hive.desk, { invite })).status).toBe(201);
    const full = await applicant('b').enrol(hive.desk, { invite });
    expect(refused(full)).toEqual([503, 'hive-full']);
    expect(full.retryAfterSeconds).toBe(3600);
    expect((await applicant('a').enrol(hive.desk, { invite })).status).toBe(201);
  });

  it('is everybody where nothing can be issued', async () => {
    const hive = await openHiveDesk();
    hive.central.behave('absent');
    expect(refused(await hive.desk.register(applicant().request(), nearby))).toEqual([403, 'not-issuing']);
  });

  it('is a revoked key, with the reason, wherever it asks, and the audit says so once', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ uses: 2 });
    const a = applicant();
    const request = a.request({ invite_id: invite.id });
    const challenged = registerReplySchema.parse((await hive.desk.register(request, faraway)).body);
    const { certificate, issuers } = issued(await hive.desk.answer(a.answerTo(challenged, invite.secret), faraway));
    await hive.publisher.revoke(a.identity.publicKey, 'its key was lost');
    const member = { publicKey: a.identity.publicKey, chain: { certificate, issuers } };
    const renewal = { sealing_key: a.identity.sealingKey };
    const replies = [
      await a.enrol(hive.desk, { invite }),
      await hive.desk.answer(a.answerTo(challenged, invite.secret), faraway),
      await hive.desk.poll(challenged.enrolment_id, a.identity.publicKey),
      await hive.desk.renew(renewal, member),
      await hive.desk.renew(renewal, member),
    ];
    for (const reply of replies) {
      expect(reply).toMatchObject({ status: 403, body: { reason: 'revoked', error: 'its key was lost' } });
    }
    const refusals = await hive.storage.db
      .selectFrom('hive_audit')
      .selectAll()
      .where('act', '=', 'member-refused')
      .execute();
    expect(refusals).toHaveLength(1);
  });
});
