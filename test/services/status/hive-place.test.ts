import { expect, test } from 'vitest';
import { statusSchema } from '../../../node-core/api/node-views.ts';
import { createSince, type PlaceFacts, placeOf } from '../../../node-core/composition/hive-place.ts';
import { clockFact } from '../../../node-core/health/clock-fact.ts';
import { decideState } from '../../../node-core/protocol/node-state.ts';
import { newReach } from '../../../node-core/protocol/parent-reach.ts';
import { isClockWrong } from '../../../node-core/trust/hive-time.ts';
import type { MembershipParts } from '../../../node-core/trust/membership/upkeep.ts';
import { nodeFacts } from '../../builders/node-facts.ts';
import { membershipView, viewedAtMs } from '../../builders/trust-view.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const minute = 60_000;
const since = viewedAtMs - 20 * minute;
const keySince = viewedAtMs - 10 * minute;
const clockSince = viewedAtMs - 5 * minute;
const host = 'regional.example:6776';
const obstacle = { kind: 'unreachable', code: 'refused', said: null } as const;
const heardAt = viewedAtMs - 10_000;
const facts: PlaceFacts = {
  application: null,
  membership: null,
  central: null,
  address: null,
  port: { kind: 'none' },
  isInsecureLab: false,
  renewalObstacle: null,
  renewalFailingSince: null,
  reach: { ...newReach(heardAt), askedAt: heardAt },
  federationKeyDiffersSince: null,
  clockWrongSince: null,
  clockComparedAt: heardAt,
};
const failing = { renewalObstacle: obstacle, renewalFailingSince: since };

function placeIn(part: Partial<PlaceFacts>, membership: Partial<MembershipParts> = {}) {
  const { anchorWords: _anchor, issuerWords: _issuers, ...view } = membershipView();
  const member: MembershipParts = { ...view, renewalObstacle: null, state: 'member', ...membership };
  return placeOf({ ...facts, membership: member, ...part });
}

function reasonsOf(part: Partial<PlaceFacts>, membership: Partial<MembershipParts> = {}) {
  const { fact, clock } = placeIn(part, membership);
  const known = nodeFacts({ startedAt: 0, hive: fact });
  const { reasons } = decideState({ ...known, clock: clockFact(known.clock, clock) }, viewedAtMs);
  return statusSchema.unwrap().shape.reasons.parse(reasons);
}

const late = { issuedAt: viewedAtMs - 3 * 24 * 60 * minute, expiresAt: viewedAtMs + 60 * minute };
const lateRenewal = {
  kind: 'renewal-failing',
  host,
  since,
  endsAt: viewedAtMs + 60 * minute,
  obstacle,
  fix: 'renew',
};

test.each<[string, Partial<PlaceFacts>, Partial<MembershipParts>, readonly unknown[]]>([
  ['is well', {}, {}, []],
  ['could not renew, with much time left', failing, { renewsAt: viewedAtMs + minute }, []],
  ['could not renew near the end, since the first try that failed', failing, late, [lateRenewal]],
  [
    'has another key in its environment',
    { federationKeyDiffersSince: keySince },
    {},
    [{ kind: 'federation-key-differs', since: keySince, fix: 'check' }],
  ],
  [
    'is on a computer whose clock is behind',
    { clockWrongSince: clockSince },
    { clockOffsetMs: 180 * minute },
    [
      {
        kind: 'clock-wrong',
        direction: 'behind',
        difference: '3 hours',
        against: 'hive',
        since: clockSince,
        fix: 'check',
      },
    ],
  ],
  [
    'is on a computer whose clock is ahead',
    { clockWrongSince: clockSince },
    { clockOffsetMs: -6 * minute },
    [
      {
        kind: 'clock-wrong',
        direction: 'ahead',
        difference: '6 minutes',
        against: 'hive',
        since: clockSince,
        fix: 'check',
      },
    ],
  ],
  [
    'has a parent that is silent',
    { reach: { ...newReach(since), askedAt: heardAt, silentSince: clockSince } },
    {},
    [
      {
        kind: 'parent-unreachable',
        host,
        since: clockSince,
        checkedAt: heardAt,
        verifiedAt: since,
        fix: 'check',
      },
    ],
  ],
])('a member that %s', (_name, part, membership, reasons) => {
  expect(reasonsOf(part, membership)).toEqual(reasons);
});

test.each([
  ['that was not compared in this run', null, 'right-by-files'],
  ['that was', heardAt, 'right-by-hive'],
] as const)('a clock %s is told so, however lately the parent was heard', (_name, clockComparedAt, finding) => {
  const { fact, clock } = placeIn({ clockComparedAt });
  const known = nodeFacts({ startedAt: 0, hive: fact });
  const { checks } = decideState({ ...known, clock: clockFact(known.clock, clock) }, viewedAtMs);
  const lookedAt = clockComparedAt ?? known.clock.lookedAt;
  expect(checks.find(({ code }) => code === 'clock')).toMatchObject({ finding, lookedAt });
});

test('times of the hive are told by this computer’s clock', () => {
  const { fact, view } = placeIn(failing, { clockOffsetMs: 180 * minute });
  const { issuedAt, expiresAt, renewsAt } = membershipView();
  const own = (time: number | null) => (time ?? 0) - 180 * minute;
  expect(fact).toMatchObject({
    certificate: {
      issuedAt: own(issuedAt),
      endsAt: own(expiresAt),
      renewsAt: own(renewsAt),
      trouble: { since: own(since) },
    },
    parent: { verifiedAt: heardAt },
  });
  expect(view).toMatchObject({ certificateEndsAt: own(expiresAt), parentVerifiedAt: heardAt });
});

test.each([
  ['revoked', 'lost laptop', 'lost laptop'],
  ['lapsed', '', ''],
] as const)('a membership that ended as %s says so', (kind, reason, said) => {
  const { tier, fact } = placeIn({}, { ended: { kind, reason, at: since } });
  expect([tier, fact]).toEqual([
    'flat',
    { kind: 'alone', reason: { kind: 'membership-ended', ending: kind, since, said } },
  ]);
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

test.each([
  ['answers', null, 'passed', null],
  ['is gone', { since, sentence: 'The signer does not answer.' }, 'failed', since],
] as const)('a central whose signer %s says when it was looked at', (_name, trouble, verdict, from) => {
  const central = { name: 'lab', anchor: null, certificate: null, isMasterKeyHere: true };
  const { fact } = placeOf({ ...facts, central: { ...central, trouble, signerLookedAt: heardAt } });
  const { checks } = decideState(nodeFacts({ startedAt: 0, hive: fact }), viewedAtMs);
  const signer = checks.find(({ code }) => code === 'signer');
  expect(signer).toMatchObject({ verdict, lookedAt: heardAt });
  expect(signer?.reason).toEqual(
    trouble && { kind: 'not-issuing', since: from, sentence: trouble.sentence, fix: 'check' },
  );
});
