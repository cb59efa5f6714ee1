import { expect, test } from 'vitest';
import type { Parent } from '../../../../node-core/protocol/trust/directory.ts';
import type { HiveCall } from '../../../../node-core/trust/transport/hive-client.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { anchorsList, directoryBy, regionalsList } from '../../../builders/revocation-list.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent, refusedWith } from '../../../doubles/trust/scripted-parent.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 5, 1, 12);
const first = createSeededIdentity('first regional');
const second = createSeededIdentity('second regional');
const central = createSeededIdentity('central');

/** A local behind the first of two regionals. Where it applies, the second issues to it as its desk would. */
async function openLocal(knowsOthers = true) {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const now = (): number => clock.now();
  const behind = (identity: typeof first) => {
    const certificate = anchor.regional(identity.publicKey, noon);
    const regional = { identity, certificate: () => certificate };
    return createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now, regional });
  };
  const [old, next] = [behind(first), behind(second)];
  const certificate = anchor.central(central, now).standing()?.processChain.certificate;
  if (!certificate) throw new Error('the test has no central');
  const parents: Parent[] = [
    { url: 'https://parent.test:6776', public_key: first.publicKey, tier: 'local' },
    { url: 'https://central.test:6776', public_key: central.publicKey, tier: 'regional' },
    { url: 'https://second.test:6776', public_key: second.publicKey, tier: 'local' },
  ];
  const client = {
    request: (call: HiveCall) => (call.base === 'https://second.test:6776' ? next : old).client.request(call),
  };
  const member = await openHiveMember({
    clock,
    client,
    anchor: anchor.publicKey,
    chain: old.issue(noon),
    directory: knowsOthers ? directoryBy(central, certificate, { sequence: 1, parents }) : null,
    async onMove(parent, store) {
      const chain = next.issue(now());
      await store.update((present) => ({
        ...present,
        hive: present.hive && {
          ...present.hive,
          chain,
          parent: { url: parent.url, publicKey: parent.public_key, pin: null, nextPin: null },
          parentVerifiedAt: now(),
          renewal: { failingSince: null, tries: 0, nextTryAt: null, obstacle: null },
        },
      }));
    },
  });
  return { ...member, clock, anchor, old, next, firstCertificate: anchor.regional(first.publicKey, noon) };
}

test('a local whose regional is revoked moves to another one by itself, and is renewed there', async () => {
  const { upkeep, clock, anchor, old, next, moves, store } = await openLocal();
  upkeep.start();
  await clock.advance(hour);
  expect(moves).toEqual([]);
  old.tell({ lists: [anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: first.publicKey }] })] });
  await clock.advance(minute);
  expect(moves.map(({ public_key }) => public_key)).toEqual([second.publicKey]);
  expect(store.get().hive?.parent.publicKey).toBe(second.publicKey);
  expect(upkeep.view()).toMatchObject({ state: 'member', ended: null });
  await upkeep.renewNow();
  expect(next.calls.map(({ path }) => path)).toContain('/renew');
});

test('a local whose regional is silent for a day moves; after 23 hours it has not', async () => {
  const { upkeep, clock, old, moves } = await openLocal();
  upkeep.start();
  await clock.advance(minute);
  old.script(() => ({ kind: 'unreachable', cause: 'refused' }));
  await clock.advance(23 * hour);
  expect(moves).toEqual([]);
  await clock.advance(hour + minute);
  expect(moves.map(({ public_key }) => public_key)).toEqual([second.publicKey]);
});

test('a local whose regional issues no more moves after an hour of patience', async () => {
  const { upkeep, clock, old, moves } = await openLocal();
  old.script((call) => (call.path === '/renew' ? refusedWith(403, 'not-issuing') : old.answer(call)));
  upkeep.start();
  await expect(upkeep.renewNow()).rejects.toMatchObject({ failure: { code: 'not-issuing' } });
  await clock.advance(50 * minute);
  expect(moves).toEqual([]);
  await clock.advance(15 * minute);
  expect(moves.map(({ public_key }) => public_key)).toEqual([second.publicKey]);
});

test('a regional that revokes its locals after it was revoked itself is not believed', async () => {
  const { upkeep, clock, anchor, book, store, moves, firstCertificate } = await openLocal();
  upkeep.start();
  await clock.advance(1_000);
  const terms = { sequence: 1, revoked: [{ publicKey: memberIdentity.publicKey }] };
  await book.take([
    anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: first.publicKey }] }),
    regionalsList(first, firstCertificate, terms),
  ]);
  await clock.advance(1_000);
  expect(store.get().hive?.ended).toBe(null);
  expect(moves).toHaveLength(1);
});

test('a parent that is itself revoked ends no membership by calling this node revoked', async () => {
  const { upkeep, clock, anchor, old } = await openLocal(false);
  upkeep.start();
  await clock.advance(minute);
  old.tell({ lists: [anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: first.publicKey }] })] });
  old.script((call) => (call.path === '/renew' ? refusedWith(403, 'revoked') : old.answer(call)));
  await upkeep.renewNow().catch(() => undefined);
  await clock.advance(minute);
  expect(upkeep.view()).toMatchObject({ state: 'member', ended: null });
});
