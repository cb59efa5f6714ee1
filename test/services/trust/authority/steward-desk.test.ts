import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { enrolmentReplySchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import { readWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { HiveReply } from '../../../../node-core/trust/authority/hive-reply.ts';
import { deskApplicant, faraway } from '../../../builders/desk-applicant.ts';
import { noonMs, openStewardedHive, type StewardedHive } from '../../../builders/steward-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const day = 24 * 60 * 60_000;
const applicant = (seed = 'a') => deskApplicant(createSeededIdentity(seed));
const order = { tier: null, uses: 1, expiresInSeconds: 3_600, mayIssue: false } as const;
const statusOf = (reply: HiveReply) => enrolmentReplySchema.parse(reply.body).status;
const kindOf = async (call: unknown) =>
  failureOf(
    await Promise.resolve(call).then(
      () => null,
      (error: unknown) => error,
    ),
  );
const withSecret = (link: string) => {
  const [id = '', secret = ''] = (new URL(link).searchParams.get('invite') ?? '').split('.');
  return { id, secret };
};

/** One that has asked without an invite, and waits. */
async function pending(hive: StewardedHive, seed = 'a') {
  const asking = applicant(seed);
  const reply = await asking.enrol(hive.desk);
  expect(statusOf(reply)).toBe('pending');
  const { id } = await hive.storage.db
    .selectFrom('hive_enrolments')
    .select('id')
    .where('public_key', '=', asking.identity.publicKey)
    .executeTakeFirstOrThrow();
  return { ...asking, key: asking.identity.publicKey, id };
}

async function member(hive: StewardedHive, seed = 'a', mayIssue = false) {
  const { link } = await hive.calls['authority.createInvite']({ ...order, mayIssue });
  const joining = applicant(seed);
  expect(statusOf(await joining.enrol(hive.desk, { invite: withSecret(link) }))).toBe('issued');
  return joining.identity.publicKey;
}

describe('invites', () => {
  it('lead to this issuer, and let one in with the secret that only the link has', async () => {
    const hive = await openStewardedHive();
    const { invite, link, page } = await hive.calls['authority.createInvite'](order);
    const url = new URL(link);
    expect([url.protocol, url.host]).toEqual(['nunba:', 'join']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      at: 'https://hive.example:6776',
      anchor: hive.anchor.publicKey,
      tier: 'regional',
      invite: expect.stringMatching(/^[a-z0-9]{16}\.[A-Za-z0-9_-]{32}$/),
      name: 'Test & hive',
      tls: 'ab'.repeat(32),
    });
    expect(page).toBe(`https://hive.example:6776/join#${link.split('?')[1]}`);
    expect(invite).toMatchObject({ tier: 'regional', state: 'open', expiresAt: noonMs + 3_600_000 });

    const reply = await applicant().enrol(hive.desk, { invite: withSecret(link) });
    expect(statusOf(reply)).toBe('issued');
    const { invites } = await hive.calls['authority.listInvites']({});
    expect(invites).toMatchObject([{ state: 'used', usedBy: [applicant().identity.publicKey] }]);
    expect(JSON.stringify([invites, await hive.audit()])).not.toContain(withSecret(link).secret);
  });

  it('are refused where they could never work', async () => {
    const hive = await openStewardedHive();
    expect(await kindOf(hive.calls['authority.createInvite']({ ...order, tier: 'local' }))).toMatchObject({
      kind: 'invalid-input',
      field: 'tier',
    });
    hive.central.behave('absent');
    expect(await kindOf(hive.calls['authority.createInvite'](order))).toEqual({ kind: 'not-issuing' });
    const hidden = await openStewardedHive({ address: null });
    expect(await kindOf(hidden.calls['authority.createInvite'](order))).toEqual({ kind: 'no-public-address' });
    expect((await hidden.calls['authority.listInvites']({})).invites).toEqual([]);
  });

  it('keep their secret no longer than 30 days after their end', async () => {
    const hive = await openStewardedHive();
    const secrets = async () =>
      (await hive.storage.db.selectFrom('hive_invites').select('secret').orderBy('created_at').execute()).map(
        ({ secret }) => secret !== '',
      );
    const lasting = { ...order, expiresInSeconds: 60 * 24 * 3_600 };
    const { invite } = await hive.calls['authority.createInvite'](lasting);
    await hive.calls['authority.revokeInvite']({ id: invite.id });
    await hive.clock.advance(day);
    await hive.calls['authority.createInvite'](order);
    await hive.clock.advance(1_000);
    await hive.calls['authority.createInvite'](lasting);
    await hive.clock.advance(29 * day);
    await hive.calls['authority.listInvites']({});
    expect(await secrets()).toEqual([false, true, true]);
    await hive.clock.advance(2 * day);
    await hive.calls['authority.createInvite'](order);
    expect(await secrets()).toEqual([false, false, true, true]);
  });

  it('expire, and can be taken back; who has used one stays', async () => {
    const hive = await openStewardedHive();
    const { invite, link } = await hive.calls['authority.createInvite'](order);
    await hive.calls['authority.revokeInvite']({ id: invite.id });
    await hive.calls['authority.revokeInvite']({ id: invite.id });
    const reply = await applicant().enrol(hive.desk, { invite: withSecret(link) });
    expect([reply.status, reply.body]).toMatchObject([410, { reason: 'invite-revoked' }]);
    const later = await hive.calls['authority.createInvite'](order);
    await hive.clock.advance(3_600_000);
    const states = (await hive.calls['authority.listInvites']({})).invites.map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(states)).toEqual({ [invite.id]: 'revoked', [later.invite.id]: 'expired' });
    expect(await kindOf(hive.calls['authority.revokeInvite']({ id: 'unknown' }))).toEqual({
      kind: 'not-found',
      what: 'invite',
    });
    expect((await hive.audit()).map(({ act }) => act)).toEqual(['invite-created', 'invite-revoked', 'invite-created']);
  });
});

describe('requests', () => {
  it('are listed with the words of the applicant, and gone after 30 days', async () => {
    const hive = await openStewardedHive();
    const { key, id } = await pending(hive);
    const { requests } = await hive.calls['authority.listRequests']({});
    expect(requests).toEqual([
      {
        id,
        publicKey: key,
        words: [key.slice(0, 4), 'two', 'three', 'four'],
        nodeName: 'a node',
        tier: 'regional',
        fqdn: null,
        address: faraway.address,
        askedAt: noonMs,
        expiresAt: noonMs + 30 * day,
      },
    ]);
    await hive.clock.advance(30 * day);
    expect((await hive.calls['authority.listRequests']({})).requests).toEqual([]);
    expect(await kindOf(hive.calls['authority.approve']({ id, mayIssue: false }))).toMatchObject({ kind: 'not-found' });
  });

  it('have words where fifty wait at most; later ones have them in their turn', async () => {
    const hive = await openStewardedHive();
    await pending(hive);
    const row = await hive.storage.db.selectFrom('hive_enrolments').selectAll().executeTakeFirstOrThrow();
    const keyAt = (n: number) => n.toString(16).padStart(64, '0');
    const others = Array.from({ length: 50 }, (_, n) => ({ ...row, id: keyAt(n).slice(32), public_key: keyAt(n) }));
    await hive.storage.db.insertInto('hive_enrolments').values(others).execute();
    const wordless = async () => {
      const { requests } = await hive.calls['authority.listRequests']({});
      return requests.filter(({ words }) => words === null).length;
    };
    expect(await wordless()).toBe(1);
    await hive.calls['authority.reject']({ id: keyAt(0).slice(32), reason: '' });
    expect(await wordless()).toBe(0);
  });

  it('approved by the beginning of the key, one gets its certificate when it asks next', async () => {
    const hive = await openStewardedHive();
    const { key, id } = await pending(hive);
    await hive.calls['authority.approve']({ id: key.slice(0, 8), mayIssue: true });
    const reply = enrolmentReplySchema.parse((await hive.desk.poll(id, key)).body);
    expect(reply).toMatchObject({ status: 'issued', certificate: { capabilities: ['mesh', 'work', 'issue'] } });
    expect((await hive.calls['authority.listMembers']({})).members).toMatchObject([{ publicKey: key, mayIssue: true }]);
    expect(await kindOf(hive.calls['authority.approve']({ id, mayIssue: true }))).toMatchObject({ what: 'request' });
  });

  it('rejected, one is told why', async () => {
    const hive = await openStewardedHive();
    const { key, id } = await pending(hive);
    await hive.calls['authority.reject']({ id, reason: 'we do not know you' });
    const reply = await hive.desk.poll(id, key);
    expect([reply.status, reply.body]).toEqual([403, { reason: 'rejected', error: 'we do not know you' }]);
    expect((await hive.audit()).at(-1)).toEqual({
      act: 'request-rejected',
      subject: key,
      detail: { enrolment: id, reason: 'we do not know you' },
    });
  });

  it('are never guessed: several keys that begin so are refused, and nobody is let in', async () => {
    const hive = await openStewardedHive();
    const { key, id } = await pending(hive);
    const other = `${key.slice(0, 10)}${'0'.repeat(54)}`;
    const row = await hive.storage.db.selectFrom('hive_enrolments').selectAll().executeTakeFirstOrThrow();
    await hive.storage.db
      .insertInto('hive_enrolments')
      .values({ ...row, id: 'f'.repeat(32), public_key: other })
      .execute();
    expect(await kindOf(hive.calls['authority.approve']({ id: key.slice(0, 10), mayIssue: false }))).toEqual({
      kind: 'ambiguous',
      count: 2,
    });
    expect(statusOf(await hive.desk.poll(id, key))).toBe('pending');
    await hive.calls['authority.approve']({ id: key, mayIssue: false });
    expect(statusOf(await hive.desk.poll(id, key))).toBe('issued');
  });
});

describe('members', () => {
  it('are listed as ended when their certificate has ended', async () => {
    const hive = await openStewardedHive();
    const key = await member(hive);
    const list = async () => (await hive.calls['authority.listMembers']({})).members;
    expect(await list()).toMatchObject([{ publicKey: key, state: 'active', certificateEndsAt: noonMs + 7 * day }]);
    await hive.clock.advance(7 * day);
    expect(await list()).toMatchObject([{ state: 'ended', revokedReason: null }]);
  });

  it('revoked: every certificate is listed, the key is barred, the federation key is new, the directory is told', async () => {
    const hive = await openStewardedHive();
    const key = await member(hive);
    const before = hive.federation.current().id;
    await hive.calls['authority.revoke']({ key: key.slice(0, 12), reason: 'stolen' });

    expect(hive.book.reasonFor(key, 'any', hive.anchor.publicKey)).toBe('stolen');
    const { revoked } = hive.book.page(null).lists[0]?.list ?? { revoked: [] };
    expect(revoked.map(({ until }) => (readWireTime(until) ?? 0) / 1000)).toEqual([noonMs + 8 * day]);
    expect(hive.federation.current().id).not.toBe(before);
    expect(hive.federation.accepted().map(({ id }) => id)).toEqual([hive.federation.current().id, before]);
    expect(hive.membersChanged()).toBe(1);
    const { link } = await hive.calls['authority.createInvite'](order);
    const again = await applicant().enrol(hive.desk, { invite: withSecret(link) });
    expect([again.status, again.body]).toMatchObject([403, { reason: 'revoked' }]);
    expect((await hive.calls['authority.listMembers']({})).members).toMatchObject([
      { state: 'revoked', revokedReason: 'stolen' },
    ]);
    const acts = (await hive.audit()).map(({ act }) => act);
    expect(acts).toContain('member-revoked');
    expect(acts).toContain('federation-key-rotated');
  });

  it('revoked while the signer is away: kept, and published when it is back', async () => {
    const hive = await openStewardedHive();
    const key = await member(hive);
    hive.central.behave('silent');
    await hive.calls['authority.revoke']({ key, reason: 'stolen' });
    expect(hive.book.page(null).lists).toEqual([]);
    expect((await hive.calls['authority.listMembers']({})).members).toMatchObject([{ state: 'revoked' }]);
    hive.central.behave('well');
    await hive.clock.advance(4_000);
    expect(hive.book.reasonFor(key, 'any', hive.anchor.publicKey)).toBe('stolen');
  });

  it('revoked where the federation key is not this node’s: the member is revoked all the same', async () => {
    const { showHeldFederationKey } = await import('../../../../node-core/trust/authority/federation-key-store.ts');
    const held = showHeldFederationKey({ current: () => null, accepted: () => [] }, () => false);
    const hive = await openStewardedHive({ federationKey: held });
    const key = await member(hive);
    await hive.calls['authority.revoke']({ key, reason: 'stolen' });
    expect(hive.book.isRevoked(key, 'any', hive.anchor.publicKey)).toBe(true);
    expect(hive.log.lines.map(({ message }) => message)).toContain(
      'A member was revoked, and the federation key it knows is still in use.',
    );
    expect(await kindOf(Promise.resolve().then(() => hive.calls['authority.federationKey']({})))).toEqual({
      kind: 'federation-key',
      what: 'none',
    });
  });

  it('nobody is revoked by a beginning that nobody or several have', async () => {
    const hive = await openStewardedHive();
    const key = await member(hive);
    const row = await hive.storage.db.selectFrom('hive_members').selectAll().executeTakeFirstOrThrow();
    const other = `${key.slice(0, 10)}${'0'.repeat(54)}`;
    await hive.storage.db
      .insertInto('hive_members')
      .values({ ...row, public_key: other })
      .execute();
    const revoke = (beginning: string) => hive.calls['authority.revoke']({ key: beginning, reason: 'x' });
    expect(await kindOf(revoke(key.slice(0, 8)))).toEqual({ kind: 'ambiguous', count: 2 });
    const absent = key.startsWith('00000000') ? '11111111' : '00000000';
    expect(await kindOf(revoke(absent))).toEqual({ kind: 'not-found', what: 'member' });
    expect(hive.book.page(null).lists).toEqual([]);
  });

  it('a proven domain is released once, however it is written', async () => {
    const hive = await openStewardedHive();
    const key = await member(hive);
    const row = { fqdn: 'a.example.org', public_key: key, proven_at: noonMs };
    await hive.storage.db.insertInto('hive_domains').values(row).execute();
    await hive.calls['authority.release']({ fqdn: 'A.Example.org.' });
    expect(await hive.storage.db.selectFrom('hive_domains').selectAll().execute()).toEqual([]);
    expect(await kindOf(hive.calls['authority.release']({ fqdn: 'a.example.org' }))).toMatchObject({ what: 'domain' });
    expect((await hive.audit()).at(-1)).toEqual({
      act: 'domain-released',
      subject: 'a.example.org',
      detail: { from: key },
    });
  });
});
