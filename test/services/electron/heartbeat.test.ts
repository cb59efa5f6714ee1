import { expect, test } from 'vitest';
import { firstHeartbeat, followHeartbeat, type HeartbeatEvent, isHung } from '../../../electron/node/heartbeat.ts';

/** An event at a second of the monotonic clock; the wall clock may be ahead of it. */
type Step = readonly [second: number, event: HeartbeatEvent, wallSecond?: number];

/** Looks every second up to `until` from `from`, as the shell does. */
const looks = (from: number, until: number, aheadBy = 0): readonly Step[] =>
  Array.from({ length: until - from }, (_, n) => [from + n + 1, 'look', from + n + 1 + aheadBy] as const);

/** The second at which the node is first seen to hang, or `null`. */
function hangsAt(steps: readonly Step[]): number | null {
  let heart = firstHeartbeat({ elapsed: 0, wall: 0 });
  for (const [second, event, wallSecond = second] of steps) {
    const now = { elapsed: second * 1_000, wall: wallSecond * 1_000 };
    heart = followHeartbeat(heart, event, now);
    if (event === 'look' && isHung(heart, now)) return second;
  }
  return null;
}

test.each<[string, readonly Step[], number | null]>([
  ['it never beats', looks(0, 20), 10],
  ['it beats', [...looks(0, 9), [9, 'beat'], ...looks(9, 18)], null],
  ['it beats and falls silent', [...looks(0, 9), [9, 'beat'], ...looks(9, 30)], 19],
  ['the computer sleeps for an hour that only the wall clock sees', [...looks(0, 5), ...looks(5, 30, 3_600)], null],
  ['the computer sleeps for an hour that both clocks see', [...looks(0, 5), ...looks(3_605, 3_630)], null],
  ['it stays silent after such a sleep', [...looks(0, 5), ...looks(3_605, 3_650)], 3_636],
  ['an announced sleep', [...looks(0, 5), [5, 'suspend'], ...looks(5, 60)], null],
  ['silence after an announced sleep', [[1, 'suspend'], [2, 'resume'], ...looks(2, 50)], 32],
  ['a beat within the grace', [[1, 'suspend'], [2, 'resume'], ...looks(2, 30), [30, 'beat'], ...looks(30, 39)], null],
  ['a sleep that never was said to end', [[1, 'suspend'], [3_600, 'look'], ...looks(3_600, 3_640)], 3_630],
  ['the wall clock is set back', [...looks(0, 3), [3, 'beat', 3], ...looks(3, 12, -7_200)], null],
])('%s', (_, steps, second) => {
  expect(hangsAt(steps)).toBe(second);
});
