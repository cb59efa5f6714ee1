import { describe, expect, it } from 'vitest';
import { certificateBodySchema } from '../../../../node-core/protocol/trust/certificate.ts';
import { issuedSchema, registerReplySchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import type { HiveReply } from '../../../../node-core/trust/authority/hive-reply.ts';
import { judgeCertificate } from '../../../../node-core/trust/signer/signer-policy.ts';
import { deskApplicant, faraway, nearby } from '../../../builders/desk-applicant.ts';
import { openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const applicant = (seed = 'a') => deskApplicant(createSeededIdentity(seed));
const issued = (reply: HiveReply) => issuedSchema.parse(reply.body);
const refused = (reply: HiveReply) => [reply.status, (reply.body as { reason?: string }).reason];

describe('a request that waits for a steward', () => {
  const decide = (hive: Awaited<ReturnType<typeof openHiveDesk>>, state: 'approved' | 'rejected') =>
    hive.storage.db
      .updateTable('hive_enrolments')
      .set({ state, decided_at: hive.clock.now(), decided_reason: state === 'rejected' ? 'who are you?' : null })
      .where('state', '=', 'pending')
      .execute();

  async function pending(hive: Awaited<ReturnType<typeof openHiveDesk>>) {
    const a = applicant();
    const challenged = registerReplySchema.parse((await hive.desk.register(a.request(), faraway)).body);
    const reply = await hive.desk.answer(a.answerTo(challenged), faraway);
    expect(reply).toEqual({ status: 202, body: { status: 'pending', poll_after: 5 } });
    return {
      a,
      id: challenged.enrolment_id,
      poll: () => hive.desk.poll(challenged.enrolment_id, a.identity.publicKey),
    };
  }

  it('is told to ask again, and has its certificate at the next poll once it is approved', async () => {
    const hive = await openHiveDesk();
    const { poll } = await pending(hive);
    expect((await poll()).status).toBe(202);
    await decide(hive, 'approved');
    const first = await poll();
    expect(first.status).toBe(201);
    expect(await poll()).toEqual(first);
  });

  it('is one request, however often the node begins anew', async () => {
    const hive = await openHiveDesk();
    const { a, id, poll } = await pending(hive);
    const again = registerReplySchema.parse(
      (await hive.desk.register(a.request({ node_name: 'renamed' }), faraway)).body,
    );
    expect((await hive.desk.answer(a.answerTo(again), faraway)).status).toBe(202);
    const waiting = await hive.storage.db
      .selectFrom('hive_enrolments')
      .select('id')
      .where('state', '=', 'pending')
      .execute();
    expect(waiting).toEqual([{ id }]);
    await decide(hive, 'approved');
    const byNew = await hive.desk.poll(again.enrolment_id, a.identity.publicKey);
    expect(issued(byNew).certificate.node_id).toBe('renamed');
    expect(await poll()).toEqual(byNew);
  });

  it('is rejected with the steward’s words, and the key needs an invite for a day', async () => {
    const hive = await openHiveDesk();
    const { a, poll } = await pending(hive);
    await decide(hive, 'rejected');
    expect(await poll()).toMatchObject({ status: 403, body: { reason: 'rejected', error: 'who are you?' } });
    expect(refused(await a.enrol(hive.desk))).toEqual([403, 'rejected']);
    expect((await a.enrol(hive.desk, { invite: await hive.invite() })).status).toBe(201);
  });

  it('is rejected also for a node that began anew meanwhile', async () => {
    const hive = await openHiveDesk();
    const { a, poll } = await pending(hive);
    const again = registerReplySchema.parse((await hive.desk.register(a.request(), faraway)).body);
    expect((await hive.desk.answer(a.answerTo(again), faraway)).status).toBe(202);
    await decide(hive, 'rejected');
    for (const reply of [await poll(), await hive.desk.poll(again.enrolment_id, a.identity.publicKey)]) {
      expect(reply).toMatchObject({ status: 403, body: { reason: 'rejected', error: 'who are you?' } });
    }
  });

  it('ends after 30 days', async () => {
    const hive = await openHiveDesk();
    const { poll } = await pending(hive);
    await hive.clock.advance(30 * 86_400_000 + 1);
    expect(refused(await poll())).toEqual([410, 'challenge-ended']);
  });

  it('is one of five at most from one address, however its last 64 bits change, and takes nobody else’s place', async () => {
    const hive = await openHiveDesk();
    const ask = async (seed: string, address: string) =>
      (await applicant(seed).enrol(hive.desk, { caller: { address, isLoopback: false } })).status;
    for (const n of [1, 2, 3, 4, 5]) expect(await ask(`n${n}`, `2001:db8::${n}`)).toBe(202);
    expect(await ask('n6', '2001:db8:0:0:ffff::1')).toBe(429);
    expect(await ask('n1', '2001:db8::1')).toBe(202);
    expect(await ask('n6', '2001:db8:0:1::1')).toBe(202);
    expect((await applicant('near').enrol(hive.desk, { caller: nearby })).status).toBe(202);
    expect((await applicant('n7').enrol(hive.desk, { invite: await hive.invite() })).status).toBe(201);
  });

  it('is nobody else’s to ask for', async () => {
    const hive = await openHiveDesk();
    const { id } = await pending(hive);
    expect(refused(await hive.desk.poll(id, applicant('b').identity.publicKey))).toEqual([404, 'unknown-enrolment']);
    expect(refused(await hive.desk.poll('x', applicant('a').identity.publicKey))).toEqual([404, 'unknown-enrolment']);
  });

  it('waits while the hive is halted, though it is approved', async () => {
    const hive = await openHiveDesk();
    const { poll } = await pending(hive);
    await decide(hive, 'approved');
    hive.breaker.trip();
    expect(refused(await poll())).toEqual([503, 'halted']);
    hive.breaker.lift();
    expect((await poll()).status).toBe(201);
  });
});

describe('a signer that is away', () => {
  it('leaves the certificate stored, and the same bytes are signed when it is back', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const a = applicant();
    const challenged = registerReplySchema.parse(
      (await hive.desk.register(a.request({ invite_id: invite.id }), faraway)).body,
    );
    const answer = a.answerTo(challenged, invite.secret);
    hive.central.behave('silent');
    expect(refused(await hive.desk.answer(answer, faraway))).toEqual([503, 'try-later']);
    const stored = await hive.storage.db.selectFrom('hive_certificates').selectAll().executeTakeFirstOrThrow();
    expect(stored.signature).toBeNull();
    hive.central.behave('well');
    expect(issued(await hive.desk.answer(answer, faraway)).certificate.serial).toBe(stored.serial);
  });

  it('is made up for at the next start', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    hive.central.behave('silent');
    await applicant().enrol(hive.desk, { invite });
    hive.central.behave('well');
    await hive.desk.finishLeftovers();
    const row = await hive.storage.db.selectFrom('hive_certificates').selectAll().executeTakeFirstOrThrow();
    const enrolment = await hive.storage.db.selectFrom('hive_enrolments').select('state').executeTakeFirstOrThrow();
    expect([row.signature?.length, enrolment.state]).toEqual([128, 'issued']);
    expect(issued(await applicant().enrol(hive.desk, { invite })).certificate.serial).toBe(row.serial);
  });

  it.each([7, 9, 11, 59])('for %d minutes is asked for nothing then that it would refuse', async (minutes) => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    hive.central.behave('silent');
    for (const waitMs of [0, minutes * 60_000]) {
      await hive.clock.advance(waitMs);
      expect(refused(await applicant().enrol(hive.desk, { invite }))).toEqual([503, 'try-later']);
    }
    const { body_json } = await hive.storage.db
      .selectFrom('hive_certificates')
      .select('body_json')
      .orderBy('made_at', 'desc')
      .executeTakeFirstOrThrow();
    const terms = { anchor: hive.anchor.publicKey, centralKeys: new Set<string>(), perHour: 10 };
    const body = certificateBodySchema.parse(JSON.parse(body_json));
    const verdict = judgeCertificate(body, 'digest', terms, { issued: new Map() }, hive.clock.now());
    expect(verdict).toEqual({ kind: 'sign' });
  });

  it('that refuses one certificate signs the others at the next start', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ uses: 2 });
    hive.central.behave('silent');
    for (const seed of ['a', 'b']) await applicant(seed).enrol(hive.desk, { invite });
    const rows = () => hive.storage.db.selectFrom('hive_certificates').selectAll().execute();
    // The one that the start comes to first is of another parent.
    const [first] = await rows();
    const refusedBody = { ...JSON.parse(first?.body_json ?? ''), parent_public_key: 'a'.repeat(64) };
    await hive.storage.db
      .updateTable('hive_certificates')
      .set({ body_json: JSON.stringify(refusedBody) })
      .where('serial', '=', first?.serial ?? '')
      .execute();
    hive.central.behave('well');
    await hive.desk.finishLeftovers();
    const signed = (await rows()).filter(({ signature }) => signature !== null);
    expect(signed.map(({ serial }) => serial === first?.serial)).toEqual([false]);
  });

  it('for eight minutes: another certificate is made, and the invite still counts for its key', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    hive.central.behave('silent');
    await applicant().enrol(hive.desk, { invite });
    await hive.clock.advance(8 * 60_000);
    hive.central.behave('well');
    expect((await applicant().enrol(hive.desk, { invite })).status).toBe(201);
    expect(hive.central.signed).toHaveLength(1);
  });
});
