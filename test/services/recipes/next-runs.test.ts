import { describe, expect, it } from 'vitest';
import { judgeDue } from '../../../node-core/agents/recipes/due-runs.ts';
import { nextRuns } from '../../../node-core/agents/recipes/next-runs.ts';
import { failureOf } from '../../../node-core/api/failures.ts';

const next = (at: string, zone: string, after: string, count = 2) =>
  nextRuns({ rhythm: { kind: 'daily', at }, zone }, Date.parse(after), count).map((time) =>
    new Date(time).toISOString().slice(0, 16),
  );

describe('a time of day over the change of the clocks', () => {
  it.each([
    [
      'a time that does not exist in Berlin',
      '02:30',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'a time that does not exist in New York',
      '02:30',
      'America/New_York',
      '2026-03-07T18:00Z',
      ['2026-03-08T07:00', '2026-03-09T06:30'],
    ],
    [
      'a time that exists twice in Berlin',
      '02:30',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'a time that exists twice in New York',
      '01:30',
      'America/New_York',
      '2026-10-31T18:00Z',
      ['2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    ['any other time', '08:00', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T07:00', '2026-10-26T07:00']],
  ])('%s', (_, at, zone, after, expected) => {
    expect(next(at, zone, after)).toEqual(expected);
  });
});

it('comes at the last day of every month, and never where there is no such day', () => {
  const times = (rhythm: Parameters<typeof nextRuns>[0]['rhythm']) =>
    nextRuns({ rhythm, zone: 'UTC' }, Date.UTC(2026, 0, 1), 3).map((time) => new Date(time).toISOString().slice(0, 10));
  expect(times({ kind: 'monthly', day: 31, at: '09:00' })).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  expect(times({ kind: 'cron', text: '0 0 30 2 *' })).toEqual([]);
});

it.each([
  [{ kind: 'cron', text: 'every day' } as const, 'UTC', 'rhythm'],
  [{ kind: 'cron', text: '* * * * * *' } as const, 'UTC', 'rhythm'],
  [{ kind: 'daily', at: '08:00' } as const, 'Europe/Atlantis', 'zone'],
])('%j in %s is refused for its %s', (rhythm, zone, field) => {
  try {
    nextRuns({ rhythm, zone }, 0, 1);
    expect.unreachable();
  } catch (error) {
    expect(failureOf(error)).toMatchObject({ kind: 'invalid-input', field });
  }
});

const minute = 60_000;
it.each([
  [null, 'run-once', { kind: 'wait' }],
  [1, 'skip', { kind: 'wait' }],
  [0, 'skip', { kind: 'run', plannedAt: 0, isLate: false }],
  [-2 * minute, 'skip', { kind: 'run', plannedAt: -2 * minute, isLate: false }],
  [-3 * minute, 'skip', { kind: 'missed', plannedAt: -3 * minute }],
  [-3 * minute, 'run-once', { kind: 'run', plannedAt: -3 * minute, isLate: true }],
] as const)('planned at %s with %s: %j', (nextAt, missed, expected) => {
  expect(judgeDue(nextAt, missed, 0)).toEqual(expected);
});
