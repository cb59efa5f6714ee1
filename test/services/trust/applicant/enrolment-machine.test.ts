import { describe, expect, it } from 'vitest';
import { enrolmentRefusals } from '../../../../node-core/protocol/trust/enrolment.ts';
import {
  advanceEnrolment,
  dueNow,
  type EnrolmentEvent,
  type EnrolmentObstacle,
  type EnrolmentState,
  enrolmentBackOffMs,
  newEnrolment,
  nextEnrolmentStep,
  unconfirmedEnrolment,
} from '../../../../node-core/protocol/trust/enrolment-machine.ts';

const nowMs = 1_000_000;
const moment = { nowMs, random: 0 };
const nonce = 'a'.repeat(32);
const id = 'b'.repeat(32);
const anchor = 'c'.repeat(64);
const lost: EnrolmentObstacle = { kind: 'unreachable', cause: 'closed' };
const refusedFor = (reason: string): EnrolmentObstacle => ({ kind: 'refused', reason, sentence: '' });
const hindered = (
  obstacle: EnrolmentObstacle,
  status = 0,
  retryAfterSeconds: number | null = null,
): EnrolmentEvent => ({
  kind: 'hindered',
  obstacle,
  status,
  retryAfterSeconds,
});

const states: Record<EnrolmentState['kind'] | 'stated', EnrolmentState> = {
  unconfirmed: unconfirmedEnrolment,
  stated: { ...unconfirmedEnrolment, statedAnchor: anchor },
  applying: { ...newEnrolment, clientNonce: nonce },
  pending: { kind: 'pending', enrolmentId: id, since: 5, nextPollAt: nowMs, tries: 0, obstacle: null },
  failed: { kind: 'failed', at: 5, obstacle: lost },
  member: { kind: 'member' },
};
const events = {
  stated: { kind: 'stated', anchor },
  confirmed: { kind: 'confirmed' },
  began: { kind: 'began', clientNonce: id },
  pending: { kind: 'pending', enrolmentId: id, pollAfterSeconds: 5 },
  lost: hindered(lost),
  busy: hindered(refusedFor('try-later'), 503, 600),
  forgotten: hindered(refusedFor('unknown-enrolment'), 404),
  rejected: hindered(refusedFor('rejected'), 403),
  forged: hindered({ kind: 'defect', defect: 'bad-signature' }),
  issued: { kind: 'issued' },
} satisfies Record<string, EnrolmentEvent>;

const minute = 60_000;
const tried = (obstacle: EnrolmentObstacle, waitMs = minute) => ({ nextTryAt: nowMs + waitMs, tries: 1, obstacle });
const failedBy = (event: EnrolmentEvent) => ({
  kind: 'failed',
  at: nowMs,
  obstacle: 'obstacle' in event && event.obstacle,
});
const waits = { kind: 'pending', enrolmentId: id, since: nowMs, nextPollAt: nowMs + 5_000, tries: 0, obstacle: null };
const same = 'same';
const busy = refusedFor('try-later');
const forgotten = refusedFor('unknown-enrolment');

/** What every state makes of every event. */
const table: Record<keyof typeof states, Record<keyof typeof events, object | typeof same>> = {
  unconfirmed: {
    stated: { ...unconfirmedEnrolment, statedAnchor: anchor },
    confirmed: same,
    began: same,
    pending: same,
    lost: { ...unconfirmedEnrolment, ...tried(lost) },
    busy: { ...unconfirmedEnrolment, ...tried(busy, 10 * minute) },
    forgotten: { ...unconfirmedEnrolment, ...tried(forgotten) },
    rejected: failedBy(events.rejected),
    forged: failedBy(events.forged),
    issued: same,
  },
  stated: {
    stated: states.stated,
    confirmed: newEnrolment,
    began: same,
    pending: same,
    lost: { ...states.stated, ...tried(lost) },
    busy: { ...states.stated, ...tried(busy, 10 * minute) },
    forgotten: { ...states.stated, ...tried(forgotten) },
    rejected: failedBy(events.rejected),
    forged: failedBy(events.forged),
    issued: same,
  },
  applying: {
    stated: same,
    confirmed: same,
    began: { ...newEnrolment, clientNonce: id },
    pending: waits,
    // What got no answer may have arrived: the same nonce again.
    lost: { kind: 'applying', clientNonce: nonce, ...tried(lost) },
    busy: { kind: 'applying', clientNonce: null, ...tried(busy, 10 * minute) },
    forgotten: { kind: 'applying', clientNonce: null, ...tried(forgotten) },
    rejected: failedBy(events.rejected),
    forged: failedBy(events.forged),
    issued: { kind: 'member' },
  },
  pending: {
    stated: same,
    confirmed: same,
    began: same,
    pending: { ...waits, since: 5 },
    lost: { ...states.pending, nextPollAt: nowMs + minute, tries: 1, obstacle: lost },
    busy: { ...states.pending, nextPollAt: nowMs + 10 * minute, tries: 1, obstacle: busy },
    forgotten: { kind: 'applying', clientNonce: null, ...tried(forgotten) },
    rejected: failedBy(events.rejected),
    forged: failedBy(events.forged),
    issued: { kind: 'member' },
  },
  failed: {
    stated: same,
    confirmed: same,
    began: same,
    pending: same,
    lost: same,
    busy: same,
    forgotten: same,
    rejected: same,
    forged: same,
    issued: same,
  },
  member: {
    stated: same,
    confirmed: same,
    began: same,
    pending: same,
    lost: same,
    busy: same,
    forgotten: same,
    rejected: same,
    forged: same,
    issued: same,
  },
};

describe('every state and event', () => {
  const names = Object.keys(states) as (keyof typeof states)[]; // its own keys
  const eventNames = Object.keys(events) as (keyof typeof events)[]; // its own keys
  it.each(names.flatMap((state) => eventNames.map((event) => [state, event] as const)))('%s, %s', (state, event) => {
    const next = advanceEnrolment(states[state], events[event], moment);
    const expected = table[state][event];
    if (expected === same) expect(next).toBe(states[state]);
    else expect(next).toEqual(expected);
  });
});

it('names the next step of each state', () => {
  const at = (state: EnrolmentState) => nextEnrolmentStep(state, nowMs);
  const later = nowMs + 1;
  expect(at(states.unconfirmed)).toEqual({ kind: 'ask-anchor' });
  expect(at({ ...unconfirmedEnrolment, nextTryAt: later })).toEqual({ kind: 'wait', untilMs: later });
  expect(at(states.stated)).toEqual({ kind: 'rest' });
  expect(at(states.applying)).toEqual({ kind: 'register', clientNonce: nonce });
  expect(at({ ...newEnrolment, nextTryAt: later })).toEqual({ kind: 'wait', untilMs: later });
  expect(at({ ...newEnrolment, nextTryAt: nowMs })).toEqual({ kind: 'register', clientNonce: null });
  expect(at(states.pending)).toEqual({ kind: 'poll', enrolmentId: id });
  expect(at(states.failed)).toEqual({ kind: 'rest' });
  expect(at(states.member)).toEqual({ kind: 'rest' });
  // The clock was put back by years: it does not wait for them.
  expect(at({ ...newEnrolment, nextTryAt: nowMs + 1e11 })).toEqual({ kind: 'register', clientNonce: null });
});

it('waits a minute, doubling to an hour, less up to a fifth, and as long as it is told up to a day', () => {
  const waits = [1, 2, 3, 6, 7, 8, 1_000].map((tries) => enrolmentBackOffMs(tries, null, 0) / minute);
  expect(waits).toEqual([1, 2, 4, 32, 60, 60, 60]);
  expect(enrolmentBackOffMs(1, null, 0.999)).toBeGreaterThanOrEqual(48_000);
  expect(enrolmentBackOffMs(1, 30, 0)).toBe(minute);
  expect(enrolmentBackOffMs(1, 7_200, 0)).toBe(120 * minute);
  expect(enrolmentBackOffMs(1, 1e12, 0)).toBe(24 * 60 * minute);
});

it('ends at the refusals that time does not heal, and at no others', () => {
  const isFinal = (reason: string, status: number) =>
    advanceEnrolment(newEnrolment, hindered(refusedFor(reason), status), moment).kind === 'failed';
  const final = Object.entries(enrolmentRefusals).filter(([reason, status]) => isFinal(reason, status));
  expect(final.map(([reason]) => reason)).toEqual([
    'malformed',
    'bad-signature',
    'not-signed',
    'other-hive',
    'tier-not-offered',
    'invite-not-for-tier',
    'invite-bound',
    'bad-proof',
    'rejected',
    'revoked',
    'not-a-member',
    'domain-not-allowed',
    'lapsed-too-long',
    'key-changed',
    'invite-used',
    'invite-expired',
    'invite-revoked',
    'too-large',
  ]);
  expect(['http-404', 'constructor'].map((reason) => isFinal(reason, 404))).toEqual([true, true]);
  expect([408, 421, 425, 429, 500, 502, 503].map((status) => isFinal('unknown', status))).not.toContain(true);
});

it('ends at a defect, unless it is one of time', () => {
  const kindAfter = (defect: string) =>
    advanceEnrolment(newEnrolment, hindered({ kind: 'defect', defect }), moment).kind;
  expect(['challenge-ended', 'expired', 'not-yet-valid'].map(kindAfter)).toEqual(['applying', 'applying', 'applying']);
  expect(['other-anchor', 'wrong-key', 'plain-http', 'revoked'].map(kindAfter)).not.toContain('applying');
});

it.each<[string, EnrolmentState, EnrolmentState | null]>([
  ['what waits for its next try', { ...newEnrolment, nextTryAt: 9_000, tries: 2 }, { ...newEnrolment, tries: 2 }],
  [
    'what waits for a steward',
    { kind: 'pending', enrolmentId: 'e', since: 1, nextPollAt: 9_000, tries: 0, obstacle: null },
    { kind: 'pending', enrolmentId: 'e', since: 1, nextPollAt: 5_000, tries: 0, obstacle: null },
  ],
  ['what is under way already', newEnrolment, null],
  ['what has failed', { kind: 'failed', at: 1, obstacle: { kind: 'defect', defect: 'x' } }, null],
])('a person who does not want to wait: %s', (_name, state, expected) => {
  expect(dueNow(state, 5_000)).toEqual(expected);
});
