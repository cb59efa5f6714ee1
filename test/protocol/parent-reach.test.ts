import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advanceReach,
  isHeard,
  newReach,
  type ParentReach,
  type ReachEvent,
} from '../../node-core/protocol/parent-reach.ts';

const second = 1_000;

/** Plays polls, looking every second between them; gives whether the parent counted as silent at each look. */
function play(first: ParentReach, polls: readonly (readonly [at: number, event: ReachEvent])[], until: number) {
  let reach = first;
  const silent: boolean[] = [];
  let next = 0;
  for (let now = 0; now <= until; now += second) {
    for (let poll = polls[next]; poll && poll[0] <= now; poll = polls[next]) {
      reach = advanceReach(reach, poll[1], poll[0]);
      next += 1;
    }
    reach = advanceReach(reach, 'time', now);
    silent.push(reach.silentSince !== null);
  }
  return { reach, silent, changes: silent.filter((one, index) => index > 0 && one !== silent[index - 1]).length };
}

/** A poll every 30 s, each of which takes `failingMs` if it fails; every third is answered. */
function everyThird(count: number, failingMs: number, jitter: (index: number) => number) {
  const polls: (readonly [number, ReachEvent])[] = [];
  let now = 0;
  for (let index = 0; index < count; index += 1) {
    const isAnswered = index % 3 === 0;
    now += isAnswered ? 50 : failingMs;
    polls.push([now, isAnswered ? 'answered' : 'unanswered']);
    now += 30 * second * jitter(index);
  }
  return { polls, until: now };
}

describe('a parent', () => {
  test('that answers each time is never silent', () => {
    const polls = Array.from({ length: 20 }, (_, index) => [index * 30 * second, 'answered'] as const);
    expect(play(newReach(null), polls, 600 * second).silent).not.toContain(true);
  });

  test('that stops to answer as the clock is set back a day is silent all the same', () => {
    const dayBefore = -24 * 3_600 * second;
    let reach = advanceReach(newReach(null), 'answered', 0);
    reach = advanceReach(reach, 'unanswered', 30_000);
    for (const at of [10_000, 20_000]) reach = advanceReach(reach, 'unanswered', dayBefore + at);
    expect(isHeard(reach.answeredAt, dayBefore)).toBe(false);
    expect(reach.silentSince).toBe(dayBefore + 10_000);
  });

  test('that stops to answer is silent 100 s after its last word, and says since when tries failed', () => {
    const { silent, reach } = play(
      newReach(null),
      [
        [0, 'answered'],
        [30_000, 'unanswered'],
        [60_000, 'unanswered'],
        [90_000, 'unanswered'],
        [120_000, 'unanswered'],
      ],
      130_000,
    );
    expect(silent.indexOf(true)).toBe(101);
    expect(reach.silentSince).toBe(30_000);
  });

  test('that never answers in this run is silent after 10 s of failed tries', () => {
    const { silent } = play(newReach(null), [[1_000, 'unanswered']], 30_000);
    expect(silent.indexOf(true)).toBe(11);
  });

  test('that was silent is heard again after two answers in a row, not after one', () => {
    const down = play(newReach(null), [[0, 'unanswered']], 20_000).reach;
    const once = advanceReach(down, 'answered', 21_000);
    expect(once.silentSince).not.toBeNull();
    expect(advanceReach(once, 'answered', 26_000).silentSince).toBeNull();
    expect(advanceReach(advanceReach(once, 'unanswered', 26_000), 'answered', 56_000).silentSince).not.toBeNull();
  });

  test('is heard for 100 s after an answer', () => {
    expect([isHeard(null, 0), isHeard(0, 100_000), isHeard(0, 100_001)]).toEqual([false, true, false]);
  });

  test('that answers every third poll shows one steady state, however long its failures and the pauses take', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 300, maxLength: 300 }),
        (failingMs, jitters) => {
          const { polls, until } = everyThird(300, failingMs, (index) => jitters[index] ?? 1);
          const { changes, silent } = play(newReach(0), polls, until);
          // It may fall silent once; after that, or without that, nothing changes any more.
          expect(changes).toBeLessThanOrEqual(1);
          if (failingMs < 100) expect(silent).not.toContain(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
