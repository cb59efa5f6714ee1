import { describe, expect, it } from 'vitest';
import { readTypedAddress } from '../../../../node-core/trust/applicant/address-order.ts';
import type { HiveCall, HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { quickWords, startApplicant, until } from '../../../builders/applicant.ts';
import { failureOf, refusalOf } from '../../../builders/failure.ts';
import { deskClient, openHiveDesk } from '../../../builders/hive-desk.ts';
import { centralUrl, faraway, isIn, isMember, nearby } from '../../../builders/joining.ts';
import { createFakeMembershipStore } from '../../../doubles/trust/membership.ts';

const open = { admission: { modes: ['open' as const] } };
const typed = (words: string | null, address = 'central.test') => ({ address, tier: 'regional' as const, words });

describe('an address as it is typed', () => {
  it.each([
    ['central.example.org', 'https://central.example.org:6776'],
    [' Central.Example.org/ ', 'https://central.example.org:6776'],
    ['central.example.org:7000', 'https://central.example.org:7000'],
    ['central.example.org:443', 'https://central.example.org'],
    ['192.0.2.7', 'https://192.0.2.7:6776'],
    ['[2001:db8::1]', 'https://[2001:db8::1]:6776'],
    ['[2001:db8::1]:7000', 'https://[2001:db8::1]:7000'],
    ['localhost', 'https://localhost:6776'],
    ['https://central.example.org', 'https://central.example.org'],
    ['HTTPS://central.example.org:6776/', 'https://central.example.org:6776'],
    ['http://localhost:6776', 'http://localhost:6776'],
    ['http://127.0.0.1:6776', 'http://127.0.0.1:6776'],
    ['http://[::1]:6776', 'http://[::1]:6776'],
  ])('%s is %s', (text, url) => {
    expect(readTypedAddress(text)).toEqual({ kind: 'address', url });
  });

  it.each([
    ['http://central.example.org', 'address-not-https'],
    ['http://127.0.0.1.example.org', 'address-not-https'],
    ['central.example.org/join', 'address-malformed'],
    ['https://central.example.org/?x=1', 'address-malformed'],
    ['https://central.example.org#join', 'address-malformed'],
    ['me@central.example.org', 'address-malformed'],
    ['ftp://central.example.org', 'address-malformed'],
    ['nunba://join?at=https://central.example.org', 'address-malformed'],
    ['central example', 'address-malformed'],
    ['central.example.org:99999', 'address-malformed'],
    ['2001:db8::1', 'address-malformed'],
    ['/', 'address-malformed'],
    ['x'.repeat(254), 'address-malformed'],
  ])('%s is refused: %s', (text, defect) => {
    expect(readTypedAddress(text)).toEqual({ kind: 'refused', defect });
  });
});

describe('joining by an address', () => {
  it('waits for the words that the issuer states, pins nothing before, and goes on when they are confirmed', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const { applicant, store } = joining;
    await applicant.joinAddress(typed(null));
    await expect.poll(() => applicant.view()?.statedWords ?? null).toHaveLength(4);
    expect(applicant.view()).toMatchObject({ at: centralUrl, phase: 'unconfirmed', anchor: null, obstacle: null });
    expect(
      applicant
        .progress()
        ?.steps.map(({ state }) => state)
        .slice(0, 3),
    ).toEqual(['done', 'done', 'running']);
    expect(joining.signed).toEqual([]);
    expect(await refusalOf(applicant.confirm('abandon ability able about'))).toBe('words-differ');
    await applicant.confirm(quickWords(hive.anchor.publicKey).join(' '));
    await isMember(joining);
    expect(store.get().hive).toMatchObject({ anchor: hive.anchor.publicKey, parent: { url: centralUrl, pin: null } });
  });

  it('compares words that were given with those that are stated, and asks nobody', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const words = quickWords(hive.anchor.publicKey).join(' ').toUpperCase();
    await joining.applicant.joinAddress(typed(words));
    await isMember(joining);
    expect(joining.store.get().hive?.anchor).toBe(hive.anchor.publicKey);
  });

  it('fails where the stated ones are others; nothing was pinned or signed', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    await joining.applicant.joinAddress(typed('abandon ability able about'));
    await isIn(joining, 'failed');
    expect(joining.applicant.view()).toMatchObject({ anchor: null, obstacle: { kind: 'defect', code: 'other-words' } });
    await expect.poll(() => joining.applicant.progress()?.steps[2]?.state).toBe('failed');
    expect(joining.signed).toEqual([]);
    const { history } = joining.store.get();
    expect(history).toMatchObject([
      { kind: 'join-failed', issuer: 'central.test:6776', obstacle: { code: 'other-words' } },
    ]);
  });

  it.each([
    ['right', true],
    ['wrong', false],
  ])('still knows %s words after a restart', async (_, areRight) => {
    const hive = await openHiveDesk(open);
    const real = deskClient(hive.desk, nearby);
    let isAway = true;
    const client: HiveClient = {
      request: async (call: HiveCall) => (isAway ? { kind: 'unreachable', cause: 'dns' } : real.request(call)),
    };
    const before = await startApplicant({ client, clock: hive.clock });
    const words = areRight ? quickWords(hive.anchor.publicKey).join(' ') : 'abandon ability able about';
    await before.applicant.joinAddress(typed(words));
    await until(before.store, () => before.applicant.view()?.obstacle?.code === 'dns');
    await before.applicant.stop();
    isAway = false;
    const store = createFakeMembershipStore(before.store.get());
    const after = await startApplicant({ client, clock: hive.clock, store });
    const ended = areRight ? isMember(after) : isIn(after, 'failed');
    await Promise.all([hive.clock.advance(61_000), ended]);
    expect(store.get().hive === null).toBe(!areRight);
  });

  it('refuses at once what is no address, what is not four words, and another tier than this node has', async () => {
    const client = deskClient((await openHiveDesk()).desk, faraway);
    const { applicant, store } = await startApplicant({ client, tier: 'local' });
    const local = (address: string, words: string | null = null) => ({ address, tier: 'local' as const, words });
    expect(await failureOf(applicant.joinAddress(local('http://192.0.2.1')))).toMatchObject({
      kind: 'link-invalid',
      defect: 'address-not-https',
    });
    expect(await failureOf(applicant.joinAddress(local('a b')))).toMatchObject({ defect: 'address-malformed' });
    expect(await failureOf(applicant.joinAddress(local('central.test', 'three words only')))).toMatchObject({
      kind: 'invalid-input',
      field: 'words',
    });
    expect(await refusalOf(applicant.joinAddress(typed(null)))).toBe('tier-contradiction');
    expect(store.writes()).toBe(0);
  });

  it('begins neither while another join runs, nor as a member', async () => {
    const hive = await openHiveDesk(open);
    const joining = await startApplicant({ client: deskClient(hive.desk, nearby), clock: hive.clock });
    const { applicant } = joining;
    await applicant.joinAddress(typed(null));
    expect(await refusalOf(applicant.joinAddress(typed(null)))).toBe('join-running');
    await expect.poll(() => applicant.view()?.statedWords ?? null).toHaveLength(4);
    await applicant.confirm(quickWords(hive.anchor.publicKey).join(' '));
    await isMember(joining);
    expect(await refusalOf(applicant.joinAddress(typed(null)))).toBe('already-joined');
  });
});
