import { expect, test } from 'vitest';
import { createKeptHiveTime } from '../../../../node-core/trust/membership/kept-hive-time.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createFakeMembershipStore } from '../../../doubles/trust/membership.ts';

const noonMs = Date.UTC(2026, 5, 1, 12);
const day = 24 * 60 * 60_000;

function openTime() {
  const log = createRecordedLog();
  const store = createFakeMembershipStore();
  return { hiveTime: createKeptHiveTime({ store, clock: createFakeClock(noonMs), log }), log };
}

test.each([-11, 11])('takes a difference of %i days, and none that is larger', (days) => {
  const { hiveTime, log } = openTime();
  hiveTime.learn(noonMs + days * day);
  expect(hiveTime.offsetMs()).toBe(days * day);
  hiveTime.learn(noonMs + days * day + Math.sign(days));
  expect(hiveTime.offsetMs()).toBe(days * day);
  expect(log.lines.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('not taken') });
});

test('does not go on from a certificate that was issued further ahead', () => {
  const { hiveTime } = openTime();
  hiveTime.saw(noonMs + 11 * day + 1);
  expect(hiveTime.now()).toBe(noonMs);
  hiveTime.saw(noonMs + 11 * day);
  expect(hiveTime.now()).toBe(noonMs + 11 * day);
});
