import { expect, test } from 'vitest';
import { noteComparisons } from '../../../../node-core/trust/hive-time.ts';
import { createKeptHiveTime } from '../../../../node-core/trust/membership/kept-hive-time.ts';
import { flatMembership } from '../../../../node-core/trust/membership/membership-record.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createFakeMembershipStore } from '../../../doubles/trust/membership.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;
const day = 24 * 60 * minute;

/** A node that starts with a difference of an earlier run, on a computer whose clock a test sets. */
function openTime(storedMs: number) {
  const base = createFakeClock(noon);
  let setMs = 0;
  const clock = { ...base, now: () => base.now() + setMs };
  const store = createFakeMembershipStore({ ...flatMembership, hiveTime: { offsetMs: storedMs, floorMs: 0 } });
  const time = noteComparisons(createKeptHiveTime({ store, clock, log: createRecordedLog() }), clock);
  const set = (ms: number): void => {
    setMs = ms;
  };
  return { base, time, store, set };
}

test('a difference of an earlier run was not compared in this one, until it was', async () => {
  const { base, time } = openTime(180 * minute);
  expect([time.offsetMs(), time.comparedAt()]).toEqual([180 * minute, null]);
  await base.advance(minute);
  time.confirm();
  expect(time.comparedAt()).toBe(noon + minute);
  await base.advance(minute);
  time.learn(base.now() + 500);
  expect([time.offsetMs(), time.comparedAt()]).toEqual([0, noon + 2 * minute]);
});

test('a small difference is not compared by a request that was taken, which may be as far off', () => {
  const { time } = openTime(0);
  time.confirm();
  expect(time.comparedAt()).toBeNull();
});

test('a time that is not taken is no comparison', () => {
  const { time } = openTime(0);
  time.learn(noon + 20 * day);
  expect(time.comparedAt()).toBeNull();
});

test('a clock that was set since, and a hive that was left, have to be compared anew', async () => {
  const { time, store, set } = openTime(0);
  time.learn(noon + 180 * minute);
  expect(time.comparedAt()).toBe(noon);
  set(180 * minute);
  expect(time.comparedAt()).toBeNull();
  set(0);
  await store.update((present) => ({ ...present, hiveTime: flatMembership.hiveTime }));
  expect(time.comparedAt()).toBeNull();
});

/** A member that asks its parent something signed, which compares the clocks; `renewals`: how often it did. */
async function openMember(storedMs: number) {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  let renewals = 0;
  let isThere = true;
  parent.script((call) => {
    if (!isThere) return { kind: 'unreachable', cause: 'refused' };
    if (call.path === '/renew') renewals += 1;
    return parent.answer(call);
  });
  const options = { clock, client: parent.client, anchor: anchor.publicKey, chain: parent.issue(noon) };
  const { upkeep, hiveTime } = await openHiveMember(options);
  hiveTime.learn(noon + storedMs);
  upkeep.start();
  await clock.advance(1_000);
  const leave = (): void => {
    isThere = false;
  };
  return { clock, upkeep, leave, renewals: () => renewals };
}

test.each([
  [0, 0],
  [180 * minute, 1],
])('a start with a remembered difference of %i ms asks %i times whether it is still so', async (storedMs, asked) => {
  const { renewals } = await openMember(storedMs);
  expect(renewals()).toBe(asked);
});

test('who looks on purpose has the clocks compared, where the parent answers', async () => {
  const { clock, upkeep, leave, renewals } = await openMember(0);
  await Promise.all([upkeep.checkParent(), clock.advance(1_000)]);
  expect(renewals()).toBe(1);
  leave();
  await Promise.all([upkeep.checkParent(), clock.advance(1_000)]);
  expect([renewals(), upkeep.view()?.renewalObstacle]).toEqual([1, null]);
});
