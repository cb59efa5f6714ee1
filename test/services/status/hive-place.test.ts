import { expect, test } from 'vitest';
import { statusSchema } from '../../../node-core/api/node-views.ts';
import { createSince, isClockWrong, type PlaceFacts, placeOf } from '../../../node-core/composition/hive-place.ts';
import { decideState } from '../../../node-core/protocol/node-state.ts';
import type { MembershipParts } from '../../../node-core/trust/membership/upkeep.ts';
import { membershipView, viewedAtMs } from '../../builders/trust-view.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const minute = 60_000;
const since = viewedAtMs - 20 * minute;
const keySince = viewedAtMs - 10 * minute;
const clockSince = viewedAtMs - 5 * minute;
const host = 'regional.example:6776';
const sentence = 'Nothing listens there.';
const facts: PlaceFacts = {
  application: null,
  membership: null,
  central: null,
  address: null,
  isInsecureLab: false,
  renewalSentence: null,
  renewalFailingSince: null,
  federationKeyDiffersSince: null,
  clockWrongSince: null,
};
const failing = { renewalSentence: sentence, renewalFailingSince: since };

function reasonsOf(part: Partial<PlaceFacts>, membership: Partial<MembershipParts> = {}) {
  const { anchorWords: _, ...view } = membershipView();
  const member: MembershipParts = { ...view, renewalObstacle: null, state: 'member', ...membership };
  const { fact } = placeOf({ ...facts, membership: member, ...part });
  const well = { runtime: { kind: 'running' }, pausedSince: null, keysLockedSince: null } as const;
  const { reasons } = decideState({ ...well, model: { kind: 'fine' }, hive: fact }, viewedAtMs);
  return statusSchema.shape.reasons.parse(reasons);
}

test.each<[string, Partial<PlaceFacts>, Partial<MembershipParts>, readonly unknown[]]>([
  ['is well', {}, {}, []],
  [
    'could not renew since the first try that failed',
    failing,
    { renewsAt: viewedAtMs + minute },
    [{ kind: 'renewal-failing', host, since, sentence, fix: 'wait' }],
  ],
  [
    'has another key in its environment',
    { federationKeyDiffersSince: keySince },
    {},
    [{ kind: 'federation-key-differs', since: keySince, fix: 'by-command' }],
  ],
  [
    'is on a computer whose clock is behind',
    { clockWrongSince: clockSince },
    { clockOffsetMs: 180 * minute },
    [{ kind: 'clock-wrong', direction: 'behind', difference: '3 hours', since: clockSince, fix: 'by-command' }],
  ],
  [
    'is on a computer whose clock is ahead',
    { clockWrongSince: clockSince },
    { clockOffsetMs: -6 * minute },
    [{ kind: 'clock-wrong', direction: 'ahead', difference: '6 minutes', since: clockSince, fix: 'by-command' }],
  ],
  [
    'has all of it, and tells what ends first',
    { ...failing, federationKeyDiffersSince: keySince, clockWrongSince: clockSince },
    { clockOffsetMs: 180 * minute },
    [{ kind: 'renewal-failing', host, since, sentence, fix: 'wait' }],
  ],
  [
    'has another key and a wrong clock',
    { federationKeyDiffersSince: keySince, clockWrongSince: clockSince },
    { clockOffsetMs: 180 * minute },
    [{ kind: 'federation-key-differs', since: keySince, fix: 'by-command' }],
  ],
])('a member that %s', (_name, part, membership, reasons) => {
  expect(reasonsOf(part, membership)).toEqual(reasons);
});

test.each([
  [5 * minute, false],
  [5 * minute + 1, true],
  [-5 * minute, false],
  [-5 * minute - 1, true],
])('a clock that is %i ms off: is it wrong? %s', (offsetMs, isWrong) => {
  expect(isClockWrong(offsetMs)).toBe(isWrong);
});

test('what holds is told since it was first found, until it holds no more', async () => {
  const clock = createFakeClock(viewedAtMs);
  const tell = createSince(clock);
  expect(tell(false)).toBeNull();
  expect(tell(true)).toBe(viewedAtMs);
  await clock.advance(minute);
  expect(tell(true)).toBe(viewedAtMs);
  expect(tell(false)).toBeNull();
  expect(tell(true)).toBe(viewedAtMs + minute);
});
