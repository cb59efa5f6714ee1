import { expect, test } from 'vitest';
import { openRevocationBook } from '../../../../node-core/trust/verification/stored-revocation-book.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { anchorsList, regionalsList } from '../../../builders/revocation-list.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const poll = 33_000;
const regional = createSeededIdentity('regional');
const victim = createSeededIdentity('victim').publicKey;
const serial = '1'.repeat(32);

async function openMember() {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  const member = await openHiveMember({
    clock,
    client: parent.client,
    anchor: anchor.publicKey,
    chain: parent.issue(noon),
  });
  const certificate = anchor.regional(regional.publicKey, noon);
  return { ...member, clock, anchor, parent, certificate };
}

test('a revocation reaches a verifier within one poll', async () => {
  const { upkeep, clock, anchor, parent, verifier, certificate } = await openMember();
  upkeep.start();
  await clock.advance(poll);
  expect(verifier.judge({ certificate, issuers: [] }).kind).toBe('valid');
  parent.tell({ lists: [anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: regional.publicKey }] })] });
  await clock.advance(poll);
  expect(verifier.judge({ certificate, issuers: [] })).toMatchObject({ kind: 'refused', defect: 'revoked' });
});

test('a revoked node sees why, and stops to renew and to poll', async () => {
  const { upkeep, clock, anchor, parent } = await openMember();
  upkeep.start();
  const revoked = [{ publicKey: memberIdentity.publicKey, reason: 'the laptop was stolen' }];
  parent.tell({ lists: [anchorsList(anchor, { sequence: 1, revoked })] });
  await clock.advance(poll);
  expect(upkeep.view()).toMatchObject({ state: 'ended', ended: { kind: 'revoked', reason: 'the laptop was stolen' } });
  const asked = parent.calls.length;
  await clock.advance(3_600_000);
  expect(parent.calls).toHaveLength(asked);
  await expect(upkeep.renewNow()).rejects.toMatchObject({ failure: { code: 'revoked' } });
});

test('a sequence that falls, a wrong signer and another hive are left alone', async () => {
  const { book, anchor } = await openMember();
  const revoked = [{ publicKey: victim }];
  expect(await book.take([anchorsList(anchor, { sequence: 3, revoked })])).toBe(1);
  const refused = [
    anchorsList(anchor, { sequence: 2 }),
    anchorsList(anchor, { sequence: 3 }),
    anchorsList(anchor, { sequence: 4 }, 'another'),
    anchorsList(anchor, { sequence: 5, hive: victim }),
    { ...anchorsList(anchor, { sequence: 6 }), signature: '0'.repeat(128) },
    null,
    { list: [] },
  ];
  expect(await book.take(refused)).toBe(0);
  expect(book.isRevoked(victim, serial, anchor.publicKey)).toBe(true);
  expect(book.reasonFor(victim, serial, anchor.publicKey)).toBe('lost');
});

test('a regional revokes what it issued, and nothing else', async () => {
  const { book, anchor, certificate } = await openMember();
  const list = regionalsList(regional, certificate, { sequence: 1, revoked: [{ publicKey: victim }] });
  expect(await book.take([list])).toBe(1);
  expect(book.isRevoked(victim, serial, regional.publicKey)).toBe(true);
  expect(book.isRevoked(victim, serial, anchor.publicKey)).toBe(false);
  const withoutIssue = anchor.regional(regional.publicKey, noon, ['mesh', 'work']);
  expect(await book.take([regionalsList(regional, withoutIssue, { sequence: 2 })])).toBe(0);
});

test('an entry with a serial leaves the other certificates of the key alone', async () => {
  const { book, anchor } = await openMember();
  await book.take([anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: victim, serial }] })]);
  expect(book.isRevoked(victim, serial, anchor.publicKey)).toBe(true);
  expect(book.isRevoked(victim, '2'.repeat(32), anchor.publicKey)).toBe(false);
});

test('pages come in the order of issuers, and with what later versions add', async () => {
  const { book, anchor, certificate } = await openMember();
  const ofRegional = regionalsList(regional, certificate, { sequence: 1 });
  const ofAnchor = anchorsList(anchor, { sequence: 1 });
  await book.take([ofRegional, ofAnchor]);
  const sorted = [ofRegional, ofAnchor].sort((a, b) => (a.list.issuer < b.list.issuer ? -1 : 1));
  expect(book.page(null)).toEqual({ lists: sorted, next: null });
  expect(book.page(sorted[0]?.list.issuer ?? null)).toEqual({ lists: sorted.slice(1), next: null });
});

test('a restored backup brings no older list, and the parent is asked at once', async () => {
  const { upkeep, book, anchor, storage, clock, parent, hiveTime, log } = await openMember();
  await book.take([anchorsList(anchor, { sequence: 1 })]);
  const backup = await storage.backup();
  await book.take([anchorsList(anchor, { sequence: 2, revoked: [{ publicKey: victim }] })]);
  upkeep.start();
  await clock.advance(1_000);
  const asked = parent.calls.length;
  await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
  await clock.advance(1_000);
  expect(book.isRevoked(victim, serial, anchor.publicKey)).toBe(true);
  expect(parent.calls.length).toBeGreaterThan(asked);
  const verify = createStrictVerifier();
  const next = await openRevocationBook({ storage, anchor: () => anchor.publicKey, hiveTime, verify, log });
  expect(next.isRevoked(victim, serial, anchor.publicKey)).toBe(true);
});
