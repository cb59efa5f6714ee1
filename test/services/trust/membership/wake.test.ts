import { expect, test } from 'vitest';
import { lifetimeOf } from '../../../../node-core/protocol/trust/renewal-schedule.ts';
import type { HiveTime } from '../../../../node-core/trust/hive-time.ts';
import { computerClock, memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 5, 1, 12);

/** A member whose computer's clock can be set, before a parent whose clock is right. */
async function openAt(aheadMs: number, lifetimeMs = 7 * day) {
  const base = createFakeClock(noon);
  /** What the true time is ahead of the base, because a sleep passes on no timer. */
  let slept = 0;
  const trueNow = (): number => base.now() + slept;
  const clock = computerClock(base, aheadMs);
  const anchor = createTestAnchor();
  let hiveTime: HiveTime | null = null;
  const parent = createScriptedParent({
    anchor,
    memberKey: memberIdentity.publicKey,
    now: trueNow,
    lifetimeMs,
    // As the client does when a listener refuses for the clock.
    onSigned: () => {
      if (hiveTime && Math.abs(hiveTime.now() - trueNow()) > 5 * minute) hiveTime.learn(trueNow());
    },
  });
  const member = await openHiveMember({
    clock,
    client: parent.client,
    anchor: anchor.publicKey,
    chain: parent.issue(noon),
  });
  hiveTime = member.hiveTime;
  hiveTime.saw(noon);
  return {
    ...member,
    base,
    parent,
    trueNow,
    /** Time passes, and no timer of this computer notices. */
    sleep(ms: number): void {
      slept += ms;
      clock.setAhead(aheadMs + slept);
    },
    setRight: () => clock.setAhead(slept),
    renewals: () => parent.calls.filter(({ path }) => path === '/renew').length,
    end: () => {
      const { hive } = member.store.get();
      return hive ? lifetimeOf(hive.chain.certificate).expiresAtMs : 0;
    },
  };
}

test.each([9, 60])('asleep for %d days: renewed within a minute of waking, unasked', async (days) => {
  const member = await openAt(0);
  member.upkeep.start();
  await member.base.advance(hour);
  expect(member.renewals()).toBe(0);
  member.sleep(days * day);
  expect(member.upkeep.view()?.state).toBe('joining');
  await member.base.advance(minute);
  expect(member.renewals()).toBe(1);
  expect(member.upkeep.view()).toMatchObject({ state: 'member', ended: null, renewalObstacle: null });
  expect(member.end()).toBeGreaterThan(member.trueNow() + 6 * day);
  expect(member.moves).toEqual([]);
});

test('asleep for 91 days: it applies again, and the old certificate stays in sight', async () => {
  const member = await openAt(0);
  member.upkeep.start();
  member.sleep(98 * day);
  await member.base.advance(minute);
  expect(member.moves).toEqual([
    { url: 'https://parent.test:6776', public_key: member.store.get().hive?.anchor, tier: 'regional' },
  ]);
  expect(member.upkeep.view()).toMatchObject({ state: 'ended', ended: { kind: 'lapsed' }, renewsAt: null });
  const asked = member.renewals();
  await member.base.advance(hour);
  expect(member.renewals()).toBe(asked);
});

test('after a sleep the tries begin anew, so that a network which comes up late costs a minute', async () => {
  const member = await openAt(0);
  member.upkeep.start();
  member.sleep(9 * day);
  member.parent.script(() => ({ kind: 'unreachable', cause: 'dns' }));
  await member.base.advance(30_000);
  expect(member.upkeep.view()?.renewalObstacle).toEqual({ kind: 'unreachable', cause: 'dns' });
  member.parent.script(null);
  await member.base.advance(minute);
  expect(member.upkeep.view()).toMatchObject({ state: 'member', renewalObstacle: null });
});

test.each([
  ['an hour ahead', hour],
  ['an hour behind', -hour],
  ['ten days ahead', 10 * day],
  ['ten days behind', -10 * day],
])(
  'a clock that is %s: never lapses, and hive time is right',
  async (_name, aheadMs) => {
    const member = await openAt(aheadMs, day);
    member.upkeep.start();
    // Longer than one lifetime, in steps, so that the end is looked at on the way.
    for (let passed = 0; passed < 2 * day; passed += 6 * hour) {
      expect(member.end()).toBeGreaterThan(member.trueNow());
      await member.base.advance(6 * hour);
    }
    expect(Math.abs(member.hiveTime.now() - member.trueNow())).toBeLessThan(hour + minute);
    expect(member.renewals()).toBeLessThanOrEqual(7);
    expect(member.upkeep.view()?.state).toBe('member');
  },
  60_000,
);

test('a clock that is set right while the difference is remembered is noticed', async () => {
  const member = await openAt(-10 * day);
  member.upkeep.start();
  await member.base.advance(minute);
  // From a certificate's time, in whole seconds.
  expect(Math.abs(member.hiveTime.offsetMs() - 10 * day)).toBeLessThan(1000);
  // Somebody sets it: ten days on.
  const before = member.renewals();
  member.setRight();
  await member.base.advance(minute);
  expect(member.renewals()).toBe(before + 1);
  expect(member.hiveTime.offsetMs()).toBe(0);
  expect(member.hiveTime.now()).toBe(member.trueNow());
});
