import { expect, test } from 'vitest';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { answered, createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const [oldPin, newPin] = ['a'.repeat(64), 'b'.repeat(64)];

async function openPinned() {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  const chain = parent.issue(noon);
  const at = { url: 'https://parent.test:6776', pin: oldPin, publicKey: anchor.publicKey, nextPin: newPin };
  const changes = { parent: at };
  const member = await openHiveMember({ clock, client: parent.client, anchor: anchor.publicKey, chain, changes });
  return { ...member, clock, parent };
}

test('a parent that shows the announced pin is believed, and the pin is kept; any other is not', async () => {
  const { upkeep, clock, parent, store } = await openPinned();
  let shown = 'c'.repeat(64);
  parent.script((call) => (call.pin === shown ? parent.answer(call) : { kind: 'unreachable', cause: 'tls' }));
  await upkeep.pollNow();
  expect(store.get().hive?.parent).toMatchObject({ pin: oldPin, nextPin: newPin });
  shown = newPin;
  await upkeep.pollNow();
  await clock.advance(1);
  expect(store.get().hive?.parent).toMatchObject({ pin: newPin, nextPin: null });
});

test('polls go through all pages, send what they have, and never round in a circle', async () => {
  const { upkeep, parent } = await openPinned();
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
  const next = new Map<string, string | null>([
    ['/revocations', one],
    [`/revocations?after=${one}`, two],
    [`/revocations?after=${two}`, one],
  ]);
  parent.script((call) =>
    call.etag === undefined
      ? answered(200, { lists: [], next: next.get(call.path) ?? null }, `"${call.path.length}"`)
      : answered(304, null),
  );
  await upkeep.pollNow();
  await upkeep.pollNow();
  expect(parent.calls.map(({ path }) => path)).toEqual([...next.keys(), ...next.keys()]);
  expect(parent.calls.slice(3).every(({ etag }) => etag !== undefined)).toBe(true);
});
