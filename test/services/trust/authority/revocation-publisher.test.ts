import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import {
  revocationListLimit,
  type SignedRevocationList,
} from '../../../../node-core/protocol/trust/revocation-list.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import { createRevocationPublisher } from '../../../../node-core/trust/authority/create-revocation-publisher.ts';
import { noonMs, openStewardedHive, type StewardedHive } from '../../../builders/steward-desk.ts';

const day = 24 * 60 * 60_000;
const keyOf = (digit: string) => digit.repeat(64);

async function addMember({ storage }: StewardedHive, publicKey: string, endsAt = noonMs + 7 * day) {
  await storage.db
    .insertInto('hive_members')
    .values({
      public_key: publicKey,
      tier: 'regional',
      node_name: 'a node',
      sealing_key: publicKey,
      advertised_url: null,
      advertised_tls: null,
      fqdn: null,
      may_issue: 0,
      state: 'active',
      joined_at: noonMs,
      renewed_at: null,
      certificate_ends_at: endsAt,
      ended_at: null,
      ended_reason: null,
    })
    .execute();
  await storage.db
    .insertInto('hive_certificates')
    .values({
      serial: publicKey.slice(0, 32),
      public_key: publicKey,
      body_json: '{}',
      signature: null,
      made_at: noonMs,
      expires_at: endsAt,
      enrolment_id: null,
    })
    .execute();
}

const ownList = ({ book }: StewardedHive): SignedRevocationList | undefined => book.page(null).lists[0];
const revokedIn = (hive: StewardedHive) => ownList(hive)?.list.revoked.map(({ public_key }) => public_key[0]);
const sequenceOf = (hive: StewardedHive) => ownList(hive)?.list.sequence ?? 0;

describe('the list', () => {
  it('is not made while nothing was ever revoked, and is signed by the anchor', async () => {
    const hive = await openStewardedHive();
    await hive.publisher.publish();
    expect(ownList(hive)).toBeUndefined();
    await addMember(hive, keyOf('a'));
    await hive.publisher.revoke(keyOf('a'), 'stolen');
    const signed = ownList(hive);
    expect(signed?.list).toEqual({
      hive: hive.anchor.publicKey,
      issuer: hive.anchor.publicKey,
      sequence: noonMs / 1000,
      revoked: [{ public_key: keyOf('a'), until: toWireTime(noonMs + 8 * day), reason: 'stolen' }],
    });
    const x = Buffer.from(hive.anchor.publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const bytes = signedBytes('revocation', signed?.list);
    expect(verify(null, bytes, key, Buffer.from(signed?.signature ?? '', 'hex'))).toBe(true);
  });

  it('is signed again only when it has changed', async () => {
    const hive = await openStewardedHive();
    await addMember(hive, keyOf('a'));
    await hive.publisher.revoke(keyOf('a'), 'stolen');
    const first = ownList(hive);
    await hive.publisher.publish();
    await hive.publisher.revoke(keyOf('a'), 'stolen');
    expect(ownList(hive)).toEqual(first);
  });

  it('drops an entry by itself, a day after its last certificate has ended', async () => {
    const hive = await openStewardedHive();
    await addMember(hive, keyOf('a'), noonMs + 60 * 60_000);
    await addMember(hive, keyOf('b'));
    await hive.publisher.revoke(keyOf('a'), 'stolen');
    await hive.publisher.revoke(keyOf('b'), 'stolen');
    const before = sequenceOf(hive);
    await hive.clock.advance(day + 59 * 60_000);
    expect(revokedIn(hive)).toEqual(['a', 'b']);
    await hive.clock.advance(2 * 60_000);
    expect(revokedIn(hive)).toEqual(['b']);
    expect(sequenceOf(hive)).toBeGreaterThan(before);
  });

  it('holds one entry per certificate for a member that left, so that its key may join again', async () => {
    const hive = await openStewardedHive();
    await addMember(hive, keyOf('a'));
    await hive.publisher.retire(keyOf('a'), 'left');
    const anchor = hive.anchor.publicKey;
    expect(hive.book.isRevoked(keyOf('a'), 'a'.repeat(32), anchor)).toBe(true);
    expect(hive.book.isRevoked(keyOf('a'), 'b'.repeat(32), anchor)).toBe(false);
    const row = await hive.storage.db.selectFrom('hive_members').select('state').executeTakeFirstOrThrow();
    expect(row.state).toBe('left');
  });

  it('has barred keys before the certificates of members that left, which may be too many for it', async () => {
    const hive = await openStewardedHive();
    await addMember(hive, keyOf('b'));
    await hive.publisher.revoke(keyOf('b'), 'stolen');
    const left = Array.from({ length: revocationListLimit }, (_, number) => ({
      public_key: keyOf('a'),
      serial: number.toString(16).padStart(32, '0'),
      until: noonMs + day,
      reason: 'left',
      revoked_at: noonMs + 1,
    }));
    for (let from = 0; from < left.length; from += 500) {
      const rows = left.slice(from, from + 500);
      await hive.storage.db.insertInto('hive_revocations').values(rows).execute();
    }
    await hive.publisher.publish();
    expect(ownList(hive)?.list.revoked).toHaveLength(revocationListLimit);
    expect(hive.book.reasonFor(keyOf('b'), 'any', hive.anchor.publicKey)).toBe('stolen');
  });
});

describe('the sequence', () => {
  it('is not used again after an end between signing and storing', async () => {
    const hive = await openStewardedHive();
    await addMember(hive, keyOf('a'));
    const signed: number[] = [];
    const dying = createRevocationPublisher({
      storage: hive.storage,
      issuer: hive.central,
      book: {
        async take([list]) {
          signed.push((list as SignedRevocationList).list.sequence);
          throw new Error('the process ends here');
        },
      },
      hiveTime: hive.clock,
      clock: hive.clock,
      log: hive.log,
    });
    await dying.revoke(keyOf('a'), 'stolen');
    dying.stop();
    expect(signed).toHaveLength(1);
    await hive.publisher.publish();
    expect(sequenceOf(hive)).toBeGreaterThan(signed[0] ?? Number.NaN);
  });

  it('grows over a clock that went back', async () => {
    const hive = await openStewardedHive();
    for (const digit of ['a', 'b']) await addMember(hive, keyOf(digit));
    await hive.publisher.revoke(keyOf('a'), 'stolen');
    const before = sequenceOf(hive);
    const early = createRevocationPublisher({
      storage: hive.storage,
      issuer: hive.central,
      book: hive.book,
      hiveTime: { now: () => noonMs - day },
      clock: hive.clock,
      log: hive.log,
    });
    await early.revoke(keyOf('b'), 'stolen');
    early.stop();
    expect(sequenceOf(hive)).toBe(before + 1);
  });

  it('of two publishers that revoke at once: the list that stays has everything', async () => {
    const hive = await openStewardedHive();
    const digits = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const digit of digits) await addMember(hive, keyOf(digit));
    const { storage, central: issuer, book, clock, log } = hive;
    const other = createRevocationPublisher({ storage, issuer, book, hiveTime: clock, clock, log });
    const publishers = [hive.publisher, other];
    await Promise.all(digits.map((digit, index) => publishers[index % 2]?.revoke(keyOf(digit), 'stolen')));
    other.stop();
    expect(revokedIn(hive)?.sort()).toEqual(digits);
  });
});
