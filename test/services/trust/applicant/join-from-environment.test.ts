import { describe, expect, it } from 'vitest';
import { declined } from '../../../../node-core/trust/membership/membership-record.ts';
import type { HiveCall } from '../../../../node-core/trust/transport/hive-client.ts';
import { quickWords, startApplicant, type TestApplicant, until } from '../../../builders/applicant.ts';
import { refusalOf } from '../../../builders/failure.ts';
import { deskClient, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { centralUrl, faraway, isIn, isMember, nearby } from '../../../builders/joining.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createFakeMembershipStore } from '../../../doubles/trust/membership.ts';

describe('from the environment', () => {
  const order = (hive: HiveDesk | null) => ({
    issuer: { url: centralUrl, pin: null },
    anchor: hive?.anchor.publicKey ?? null,
    tier: 'regional' as const,
    hiveName: null,
    invite: null,
    from: 'environment' as const,
  });
  const sourceName = 'NUNBA_HIVE_ANCHOR';
  const open = { admission: { modes: ['open' as const] } };

  it('joins with the anchor in hex, and the same at the next start begins nothing', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    await isMember(joining);
    const { hive: record } = joining.store.get();
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    const anchorWords = quickWords(hive.anchor.publicKey);
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords, sourceName });
    await hive.clock.advance(60_000);
    expect(joining.store.get()).toMatchObject({ application: null, hive: record });
    expect(joining.signed).toHaveLength(1);
  });

  it('lets a member be, and says it when the environment names another hive or another tier', async () => {
    const hive = await openHiveDesk(open);
    const client = deskClient(hive.desk, nearby);
    const joining = await startApplicant({ client, clock: hive.clock, tier: 'regional' });
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    await isMember(joining);
    const { hive: record } = joining.store.get();
    const warned = (): number => joining.log.lines.filter(({ level }) => level === 'warn').length;
    const before = warned();
    const other = { ...order(hive), anchor: 'f'.repeat(64), tier: 'local' as const };
    await joining.applicant.joinFromEnvironment({ order: other, anchorWords: null, sourceName });
    const anchorWords = quickWords('f'.repeat(64));
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords, sourceName });
    expect(warned()).toBe(before + 2);
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    expect(warned()).toBe(before + 2);
    expect(joining.store.get()).toMatchObject({ application: null, hive: record });
  });

  it('begins nothing that a person cancelled, at any later start, but what is asked for instead', async () => {
    const hive = await openHiveDesk();
    const parts = { client: deskClient(hive.desk, faraway), clock: hive.clock, store: createFakeMembershipStore() };
    const joining = await startApplicant(parts);
    const same = { order: order(hive), anchorWords: null, sourceName };
    await joining.applicant.joinFromEnvironment(same);
    await isIn(joining, 'pending');
    await joining.applicant.cancel();
    const later = await startApplicant(parts);
    await later.applicant.joinFromEnvironment(same);
    expect(later.store.get().application).toBe(null);
    const invited = { ...same, order: { ...order(hive), invite: await hive.invite() } };
    await later.applicant.joinFromEnvironment(invited);
    await Promise.all([hive.clock.advance(10_000), isMember(later)]);
  });

  it('remembers what the environment says of a hive that was joined otherwise, so that leaving lasts', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const { applicant, store } = joining;
    await applicant.join(`nunba://join?at=${centralUrl}&anchor=${hive.anchor.publicKey}&tier=regional`);
    await isMember(joining);
    const same = { order: order(hive), anchorWords: null, sourceName };
    await applicant.joinFromEnvironment(same);
    // As leaving does it.
    await store.update((present) => ({
      ...present,
      hive: null,
      environmentOrder: declined(present.environmentOrder),
    }));
    await applicant.joinFromEnvironment(same);
    expect(store.get().application).toBe(null);
  });

  it('begins anew when its words were corrected after others had pinned a wrong anchor', async () => {
    const [wrong, right] = [await openHiveDesk(), await openHiveDesk({ ...open, anchor: createTestAnchor('another') })];
    let present = deskClient(wrong.desk, faraway);
    const client = { request: (call: HiveCall) => present.request(call) };
    const joining = await startApplicant({ client, clock: wrong.clock });
    const byWords = (hive: HiveDesk) => ({
      order: order(null),
      anchorWords: quickWords(hive.anchor.publicKey),
      sourceName,
    });
    await joining.applicant.joinFromEnvironment(byWords(wrong));
    await isIn(joining, 'pending');
    await joining.applicant.joinFromEnvironment(byWords(wrong));
    expect(joining.store.get().application?.phase.kind).toBe('pending');
    present = deskClient(right.desk, nearby);
    await joining.applicant.joinFromEnvironment(byWords(right));
    await isMember(joining);
    expect(joining.store.get().hive?.anchor).toBe(right.anchor.publicKey);
  });

  it('goes on with an application that could not be cancelled', async () => {
    const hive = await openHiveDesk();
    const joining = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    await isIn(joining, 'pending');
    joining.store.breakAt(joining.store.writes() + 1);
    await expect(joining.applicant.cancel()).rejects.toThrow();
    joining.store.breakAt(Number.POSITIVE_INFINITY);
    const phase = () => joining.store.get().application?.phase;
    const { nextPollAt } = phase() as { nextPollAt: number };
    const later = until(joining.store, () => {
      const present = phase();
      return present?.kind === 'pending' && present.nextPollAt > nextPollAt;
    });
    await Promise.all([hive.clock.advance(10 * 60_000), later]);
  });

  it('goes on with a join that runs, and begins anew when the environment says something else', async () => {
    const hive = await openHiveDesk();
    const client = deskClient(hive.desk, faraway);
    const joining = await startApplicant({ client, clock: hive.clock });
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    await isIn(joining, 'pending');
    const { application } = joining.store.get();
    await joining.applicant.joinFromEnvironment({ order: order(hive), anchorWords: null, sourceName });
    expect(joining.store.get().application).toEqual(application);
    const invite = await hive.invite();
    const invited = { ...order(hive), invite };
    await joining.applicant.joinFromEnvironment({ order: invited, anchorWords: null, sourceName });
    await Promise.all([hive.clock.advance(10_000), isMember(joining)]);
  });

  it('pins by four words if they are those of the anchor that the issuer states', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const anchorWords = quickWords(hive.anchor.publicKey);
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords, sourceName });
    await isMember(joining);
    expect(joining.store.get().hive?.anchor).toBe(hive.anchor.publicKey);
  });

  it('takes words at a later start than the one that only asked, and after an end in between', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords: null, sourceName });
    await until(joining.store, () => statedIn(joining) !== null);
    const anchorWords = quickWords(hive.anchor.publicKey);
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords, sourceName });
    await isMember(joining);
  });

  it('refuses an issuer whose anchor has other words, and signs nothing', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const anchorWords = quickWords('f'.repeat(64));
    await joining.applicant.joinFromEnvironment({ order: order(null), anchorWords, sourceName });
    await isIn(joining, 'failed');
    expect(joining.applicant.view()?.obstacle).toMatchObject({ kind: 'defect', code: 'other-words' });
    expect(joining.signed).toEqual([]);
  });

  it('without an anchor it states the words, signs and pins nothing, and goes on when they are confirmed', async () => {
    const hive = await openHiveDesk(open);
    const store = createFakeMembershipStore();
    const client = deskClient(hive.desk, nearby);
    const joining = await startApplicant({ client, clock: hive.clock, store });
    const { applicant } = joining;
    await applicant.joinFromEnvironment({ order: order(null), anchorWords: null, sourceName });
    await until(store, () => applicant.view()?.phase === 'unconfirmed' && statedIn(joining) !== null);
    await applicant.view();
    await hive.clock.advance(60_000);
    const words = [...quickWords(hive.anchor.publicKey)];
    expect(applicant.view()).toMatchObject({ phase: 'unconfirmed', anchor: null, statedWords: words });
    expect(joining.signed).toEqual([]);
    expect(await refusalOf(applicant.confirm('zoo zoo zoo zoo'))).toBe('words-differ');
    expect(await refusalOf(applicant.confirm('no words at all here'))).toBe('words-differ');
    await applicant.confirm(` ${words.join('-').toUpperCase()} `);
    await isMember(joining);
    expect(await refusalOf(applicant.confirm(words.join(' ')))).toBe('not-joined');
  });

  it('says clearly that plain http to another computer is refused', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const plain = { ...order(hive), issuer: { url: 'http://central:6777', pin: null } };
    await joining.applicant.joinFromEnvironment({ order: plain, anchorWords: null, sourceName });
    await isIn(joining, 'failed');
    expect(joining.applicant.view()?.obstacle?.sentence).toContain('must be https://');
  });
});

const statedIn = ({ store }: TestApplicant): string | null => {
  const phase = store.get().application?.phase;
  return phase?.kind === 'unconfirmed' ? phase.statedAnchor : null;
};
