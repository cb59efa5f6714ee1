import { expect, onTestFinished, test } from 'vitest';
import { judgeChain } from '../../../../node-core/protocol/trust/chain.ts';
import { issuedSchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import { newerDirectory } from '../../../../node-core/protocol/trust/judge-directory.ts';
import { createDirectoryMaker } from '../../../../node-core/trust/authority/directory-maker.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { noonMs, openStewardedHive, type StewardedHive } from '../../../builders/steward-desk.ts';

const day = 24 * 60 * 60_000;
const verify = createStrictVerifier();
const at = { url: 'https://central.example:6776', pin: null, name: null };

function makerOf(hive: StewardedHive) {
  const { storage, central: issuer, identity, clock, log } = hive;
  const maker = createDirectoryMaker({ storage, issuer, identity, address: () => at, hiveTime: clock, clock, log });
  onTestFinished(() => maker.stop());
  return maker;
}

async function addRegional(hive: StewardedHive, digit: string, change: { mayIssue?: 0 | 1; url?: string | null } = {}) {
  const publicKey = digit.repeat(64);
  await hive.storage.db
    .insertInto('hive_members')
    .values({
      public_key: publicKey,
      tier: 'regional',
      node_name: digit,
      sealing_key: publicKey,
      advertised_url: change.url === undefined ? `https://${digit}.example:6776` : change.url,
      advertised_tls: digit === 'a' ? 'cd'.repeat(32) : null,
      fqdn: null,
      may_issue: change.mayIssue ?? 1,
      state: 'active',
      joined_at: noonMs,
      renewed_at: null,
      certificate_ends_at: noonMs + 7 * day,
      ended_at: null,
      ended_reason: null,
    })
    .execute();
  return publicKey;
}

test('names central for regionals, and for locals whoever may issue and can be reached', async () => {
  const hive = await openStewardedHive();
  await addRegional(hive, 'a');
  await addRegional(hive, 'b');
  await addRegional(hive, 'c', { mayIssue: 0 });
  await addRegional(hive, 'd', { url: null });
  const maker = makerOf(hive);
  expect(maker.get()).toBeNull();
  await maker.remake();
  const signed = maker.get();
  expect(signed?.directory).toEqual({
    hive: hive.anchor.publicKey,
    sequence: noonMs / 1000,
    parents: [
      { url: at.url, public_key: hive.anchor.publicKey, tier: 'regional' },
      { url: 'https://a.example:6776', public_key: 'a'.repeat(64), tls: 'cd'.repeat(32), tier: 'local' },
      { url: 'https://b.example:6776', public_key: 'b'.repeat(64), tier: 'local' },
    ],
    order_sources: [at.url, 'https://a.example:6776', 'https://b.example:6776'],
  });
});

test('is taken by members, over the wire, while it is newer than theirs', async () => {
  const hive = await openStewardedHive();
  const maker = makerOf(hive);
  await maker.remake();
  const presented: unknown = JSON.parse(JSON.stringify(maker.get()));
  const anchor = hive.anchor.publicKey;
  const judge = (chain: unknown) => judgeChain(chain, { anchor, nowMs: noonMs, verify, isRevoked: () => false });
  const taken = (knownSequence: number | null) => newerDirectory(presented, { anchor, knownSequence, judge, verify });
  expect(taken(null)).toEqual(maker.get());
  expect(taken(noonMs / 1000)).toBeNull();
});

test('of a later version is taken too, and kept and passed down as it was signed', async () => {
  const hive = await openStewardedHive();
  const maker = makerOf(hive);
  await maker.remake();
  const made = maker.get();
  if (made === null) throw new Error('no directory');
  const parents = made.directory.parents.map((parent) => ({ ...parent, weight: 3 }));
  const directory = { ...made.directory, parents, region: 'north' };
  const later = { ...made, directory, signature: hive.identity.sign('directory', directory) };
  const anchor = hive.anchor.publicKey;
  const judge = (chain: unknown) => judgeChain(chain, { anchor, nowMs: noonMs, verify, isRevoked: () => false });
  const take = (presented: unknown) => newerDirectory(presented, { anchor, knownSequence: null, judge, verify });
  const kept = take(issuedSchema.shape.directory.parse(later));
  expect(kept).toEqual(later);
  expect(take(JSON.parse(JSON.stringify(kept)))).toEqual(later);
  expect(take({ ...later, directory: { ...directory, region: 'south' } })).toBeNull();
  const deep: unknown = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`);
  expect(take({ ...later, directory: { ...directory, region: deep } })).toBeNull();
});

test('changes with its members alone, and its sequence grows', async () => {
  const hive = await openStewardedHive();
  const key = await addRegional(hive, 'a');
  const maker = makerOf(hive);
  await maker.remake();
  const first = maker.get();
  await maker.remake();
  expect(maker.get()).toEqual(first);
  await hive.publisher.revoke(key, 'stolen');
  await maker.remake();
  expect(maker.get()?.directory.parents.map(({ tier }) => tier)).toEqual(['regional']);
  expect(maker.get()?.directory.sequence).toBe((first?.directory.sequence ?? 0) + 1);
});

test('is shared: another process sees it, and a certificate that ends takes its regional out', async () => {
  const hive = await openStewardedHive();
  await addRegional(hive, 'a');
  const [one, two] = [makerOf(hive), makerOf(hive)];
  await one.remake();
  await two.remake();
  expect(two.get()).toEqual(one.get());
  two.stop();
  await hive.storage.db
    .updateTable('hive_members')
    .set({ certificate_ends_at: noonMs + 1 })
    .execute();
  await hive.clock.advance(60_000);
  expect(one.get()?.directory.parents).toHaveLength(1);
});

test('is signed anew before its signer’s certificate ends', async () => {
  const hive = await openStewardedHive();
  const maker = makerOf(hive);
  await maker.remake();
  const first = maker.get();
  maker.stop();
  await hive.clock.advance(3 * day);
  await maker.remake();
  expect(maker.get()).toEqual(first);
  await hive.clock.advance(day + 1);
  await maker.remake();
  expect(maker.get()?.signer.certificate.expires_at).not.toBe(first?.signer.certificate.expires_at);
  expect(maker.get()?.directory.sequence).toBeGreaterThan(first?.directory.sequence ?? 0);
});
