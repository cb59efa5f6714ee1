import { describe, expect, it } from 'vitest';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import type { DomainProver } from '../../../../node-core/trust/authority/domain-prover.ts';
import type { HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { startApplicant, type TestApplicant, until } from '../../../builders/applicant.ts';
import { refusalOf } from '../../../builders/failure.ts';
import { deskClient, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { applicantKey, centralUrl, faraway, isIn, isMember, nearby } from '../../../builders/joining.ts';

const pin = 'a'.repeat(64);

interface LinkTerms {
  readonly invite?: { readonly id: string; readonly secret: string };
  readonly tier?: string;
  readonly anchor?: string;
  readonly at?: string;
}

function linkTo(hive: HiveDesk, terms: LinkTerms = {}): string {
  const { invite, tier = 'regional', anchor = hive.anchor.publicKey } = terms;
  const parts = new URLSearchParams({ at: terms.at ?? centralUrl, anchor, tier, tls: pin, name: 'The lab' });
  if (invite) parts.set('invite', `${invite.id}.${invite.secret}`);
  return `nunba://join?${parts}`;
}

/** A steward says yes to the one request that waits. */
const approve = ({ storage }: HiveDesk) =>
  storage.db.updateTable('hive_enrolments').set({ state: 'approved' }).where('state', '=', 'pending').execute();
const countCertificates = async ({ storage }: HiveDesk) =>
  (await storage.db.selectFrom('hive_certificates').selectAll().execute()).length;

describe('joining by a link', () => {
  it('becomes a member by an invite', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ mayIssue: true });
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    await joining.applicant.join(linkTo(hive, { invite }));
    await isMember(joining);
    expect(joining.store.get()).toMatchObject({
      application: null,
      hive: {
        anchor: hive.anchor.publicKey,
        tier: 'regional',
        hiveName: 'The lab',
        parent: { url: centralUrl, pin, publicKey: hive.anchor.publicKey },
        chain: {
          certificate: { public_key: applicantKey, capabilities: ['mesh', 'work', 'issue'] },
          issuers: [],
        },
        ended: null,
      },
    });
    expect(joining.applicant.view()).toBeNull();
    expect(joining.signed.map(({ kind }) => kind)).toEqual(['challenge-answer']);
  });

  it('waits for a steward without an invite, over a restart, and is a member then', async () => {
    const hive = await openHiveDesk();
    const client = deskClient(hive.desk, faraway);
    const before = await startApplicant({ client, clock: hive.clock });
    await before.applicant.join(linkTo(hive));
    await isIn(before, 'pending');
    await before.applicant.stop();

    const after = await startApplicant({ client, clock: hive.clock, store: before.store });
    await hive.clock.advance(20_000);
    expect(after.applicant.view()).toMatchObject({ phase: 'pending', obstacle: null, anchor: hive.anchor.publicKey });
    await approve(hive);
    await Promise.all([hive.clock.advance(10_000), isMember(after)]);
    expect(after.signed).toEqual([]);
    expect(await countCertificates(hive)).toBe(1);
  });

  it('becomes a member where the hive is open to this computer', async () => {
    const hive = await openHiveDesk({ admission: { modes: ['open'] } });
    const client = deskClient(hive.desk, nearby);
    const joining = await startApplicant({ client, clock: hive.clock });
    await joining.applicant.join(linkTo(hive));
    await isMember(joining);
  });

  it('proves its domain when the issuer asks there while it enrols', async () => {
    const verify = createStrictVerifier();
    let asked: TestApplicant | null = null;
    const domains: DomainProver = {
      async prove({ enrolmentId, publicKey, challenge }) {
        const answer = asked?.applicant.challengeAnswer(enrolmentId) ?? null;
        const bytes = signedBytes('challenge-answer', challenge);
        const isProven = answer !== null && verify(bytes, answer.signature, publicKey);
        return isProven ? { kind: 'proven' } : { kind: 'not-proven', cause: 'no proof' };
      },
    };
    const admission = { modes: ['domain' as const], domainSuffixes: ['.example.org'] };
    const hive = await openHiveDesk({ admission, domains });
    const describeNode = () => ({
      nodeName: 'a node',
      fqdn: 'node.example.org',
      advertisedUrl: 'https://node.example.org',
      advertisedTls: null,
    });
    asked = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock, describeNode });
    expect(asked.applicant.challengeAnswer('0'.repeat(32))).toBeNull();
    await asked.applicant.join(linkTo(hive));
    await isMember(asked);
    expect(asked.applicant.challengeAnswer('0'.repeat(32))).toBeNull();
  });

  it('stops at a refusal that time does not heal, says it, and can begin anew', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    await joining.applicant.join(linkTo(hive, { invite: { ...invite, secret: 'not-the-secret-of-it' } }));
    await isIn(joining, 'failed');
    expect(joining.applicant.view()).toMatchObject({
      phase: 'failed',
      nextTryAt: null,
      obstacle: { kind: 'refused', code: 'bad-proof' },
    });
    await joining.applicant.join(linkTo(hive, { invite }));
    await isMember(joining);
  });

  it('tries again, with the same request, when an answer is lost on the way', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const real = deskClient(hive.desk, faraway);
    let isLost = true;
    const client: HiveClient = {
      async request(call) {
        const answer = await real.request(call);
        if (call.path !== '/register/answer' || !isLost) return answer;
        isLost = false;
        return { kind: 'unreachable', cause: 'closed' };
      },
    };
    const joining = await startApplicant({ client, clock: hive.clock });
    await joining.applicant.join(linkTo(hive, { invite }));
    await until(joining.store, () => joining.applicant.view()?.obstacle !== null);
    expect(joining.applicant.view()).toMatchObject({ phase: 'applying', nextTryAt: hive.clock.now() + 60_000 });
    await Promise.all([hive.clock.advance(61_000), isMember(joining)]);
    expect(await countCertificates(hive)).toBe(1);
  });

  it('refuses what is no link, another tier than this node has, and plain http to elsewhere', async () => {
    const hive = await openHiveDesk();
    const client = deskClient(hive.desk, faraway);
    const { applicant, store } = await startApplicant({ client, clock: hive.clock, tier: 'local' });
    expect(await refusalOf(applicant.join('https://example.org/'))).toBe('link-invalid');
    expect(await refusalOf(applicant.join(linkTo(hive)))).toBe('tier-contradiction');
    expect(await refusalOf(applicant.join(linkTo(hive, { tier: 'local', at: 'http://192.0.2.1' })))).toBe(
      'link-invalid',
    );
    expect(store.writes()).toBe(0);
  });

  it('begins no second join while one runs, nor as a member, and joins anew after it ended', async () => {
    const hive = await openHiveDesk();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    const { applicant, store } = joining;
    await applicant.join(linkTo(hive));
    expect(await refusalOf(applicant.join(linkTo(hive)))).toBe('join-running');
    await isIn(joining, 'pending');
    expect(await refusalOf(applicant.join(linkTo(hive)))).toBe('join-running');
    await approve(hive);
    await Promise.all([hive.clock.advance(10_000), isMember(joining)]);
    expect(await refusalOf(applicant.join(linkTo(hive)))).toBe('already-joined');
    const endIt = (ended: { kind: 'lapsed'; at: number }) =>
      store.update((present) => ({ ...present, hive: present.hive && { ...present.hive, ended } }));
    await endIt({ kind: 'lapsed', at: hive.clock.now() });
    await hive.clock.advance(60_000);
    await applicant.join(linkTo(hive));
    await until(store, () => store.get().hive?.ended === null);
    expect(store.get().hive?.joinedAt).toBe(hive.clock.now());
    expect(store.get().history.map(({ kind }) => kind)).toEqual(['joined', 'joined']);
  });

  it('joins again after it left, and its new certificate is not among the revoked', async () => {
    const hive = await openHiveDesk();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    const { applicant, store } = joining;
    await applicant.join(linkTo(hive, { invite: await hive.invite() }));
    await isMember(joining);
    const chain = store.get().hive?.chain;
    if (!chain) throw new Error('no member');
    await hive.desk.leave({ publicKey: applicantKey, chain });
    await store.update((present) => ({ ...present, hive: null }));
    await applicant.join(linkTo(hive, { invite: await hive.invite({ id: 'invite0000000002' }) }));
    await isMember(joining);
    const serial = store.get().hive?.chain.certificate.serial ?? '';
    expect(serial).not.toBe(chain.certificate.serial);
    expect(hive.book.isRevoked(applicantKey, chain.certificate.serial, hive.anchor.publicKey)).toBe(true);
    expect(hive.book.isRevoked(applicantKey, serial, hive.anchor.publicKey)).toBe(false);
  });

  it('can be cancelled while it waits and while it asks; nothing is left then', async () => {
    const hive = await openHiveDesk();
    const real = deskClient(hive.desk, faraway);
    let isSilent = false;
    const client: HiveClient = {
      request: (call) =>
        isSilent
          ? new Promise((_, reject) => call.signal.addEventListener('abort', () => reject(call.signal.reason)))
          : real.request(call),
    };
    const joining = await startApplicant({ client, clock: hive.clock });
    const { applicant, store } = joining;
    expect(await refusalOf(applicant.cancel())).toBe('not-joined');
    await applicant.join(linkTo(hive));
    await isIn(joining, 'pending');
    await applicant.cancel();
    expect(store.get()).toMatchObject({ application: null, hive: null });
    isSilent = true;
    await applicant.join(linkTo(hive));
    await hive.clock.advance(0);
    await applicant.cancel();
    await approve(hive);
    await hive.clock.advance(3_600_000);
    expect(store.get()).toMatchObject({ application: null, hive: null });
  });
});
