import { expect, test } from 'vitest';
import { decideRestart, type RestartDecision, recentRestarts } from '../../../electron/node/restart-policy.ts';

const minute = 60_000;
const again = (attempt: number, delayMs: number): RestartDecision => ({ kind: 'restart', attempt, delayMs });

test.each<[string, readonly number[], number, RestartDecision]>([
  ['the first one', [], 0, again(1, 500)],
  ['one shortly before', [0], 5_000, again(2, 1_000)],
  ['two', [0, 1_000], 5_000, again(3, 2_000)],
  ['three', [0, 1_000, 2_000], 5_000, again(4, 4_000)],
  ['four', [0, 1_000, 2_000, 3_000], 5_000, again(5, 8_000)],
  ['five within 10 minutes', [0, 1, 2, 3, 4], 10 * minute - 1, { kind: 'give-up', reason: 'too-often' }],
  ['five, the oldest just forgotten', [0, 1, 2, 3, 4], 10 * minute, again(5, 8_000)],
  ['five, all forgotten', [0, 1, 2, 3, 4], 10 * minute + 4, again(1, 500)],
])('after %s', (_, restarts, now, decision) => {
  expect(decideRestart(restarts, now, 0)).toEqual(decision);
});

test.each<[number, RestartDecision]>([
  [1, again(1, 500)],
  [2, again(2, 1_000)],
  [5, again(5, 8_000)],
  [6, { kind: 'give-up', reason: 'never-ready' }],
])('after %i starts in a row that never got ready, however far apart', (unready, decision) => {
  expect(decideRestart([], 60 * minute, unready)).toEqual(decision);
});

test('what is forgotten need not be kept', () => {
  expect(recentRestarts([0, minute, 9 * minute], 10 * minute + 1)).toEqual([minute, 9 * minute]);
});
