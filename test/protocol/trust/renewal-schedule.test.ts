import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  jitterOf,
  type Lifetime,
  renewalDueAt,
  retryDelayMs,
} from '../../../node-core/protocol/trust/renewal-schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const nodes = 10_000;

/** A sequence that looks random and is the same each time: the fractions of a linear congruence. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

interface SimulatedNode {
  lifetime: Lifetime;
  jitter: number;
  nextTry: number;
  tries: number;
}

const issuedAt = (at: number, jitter: number): SimulatedNode => {
  const lifetime = { issuedAtMs: at, expiresAtMs: at + 7 * day };
  return { lifetime, jitter, nextTry: renewalDueAt(lifetime, jitter), tries: 0 };
};

/** Lets nodes renew until `untilMs`; counts the tries of each minute and the nodes that lapsed. */
function simulate(untilMs: number, isUp: (at: number) => boolean): { mostTriesAMinute: number; lapsed: number } {
  const random = dice(7);
  const tries = new Map<number, number>();
  let lapsed = 0;
  for (let index = 0; index < nodes; index += 1) {
    let node = issuedAt(Math.floor(random() * minute), random());
    while (node.nextTry < untilMs) {
      const at = node.nextTry;
      tries.set(Math.floor(at / minute), (tries.get(Math.floor(at / minute)) ?? 0) + 1);
      const remainingMs = node.lifetime.expiresAtMs - at;
      if (remainingMs < 0) lapsed += 1;
      if (isUp(at)) node = issuedAt(at, random());
      else {
        node.tries += 1;
        node.nextTry = at + retryDelayMs({ tries: node.tries, remainingMs, retryAfterMs: null, jitter: node.jitter });
      }
    }
  }
  return { mostTriesAMinute: Math.max(...tries.values()), lapsed };
}

test('10,000 nodes that were all issued in one minute do not renew in one minute, for weeks', () => {
  const { mostTriesAMinute, lapsed } = simulate(42 * day, () => true);
  expect(lapsed).toBe(0);
  // 10,000 over the tenth of half a week that the jitter takes, 504 minutes, are 20 a minute.
  expect(mostTriesAMinute).toBeLessThan(60);
});

test('nor when the issuer was away for two days', () => {
  const outage = { from: 3.3 * day, to: 5.3 * day };
  const { mostTriesAMinute, lapsed } = simulate(42 * day, (at) => at < outage.from || at > outage.to);
  expect(lapsed).toBe(0);
  // After an hour of failures all try once an hour: 10,000 over 54 minutes are 185 a minute.
  expect(mostTriesAMinute).toBeLessThan(0.05 * nodes);
});

test('a renewal is due between 45 % and 50 % of the lifetime', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: hour, max: 366 * day }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (length, jitter) => {
        const part = (renewalDueAt({ issuedAtMs: 1_000, expiresAtMs: 1_000 + length }, jitter) - 1_000) / length;
        expect(part).toBeGreaterThan(0.449);
        expect(part).toBeLessThanOrEqual(0.5);
      },
    ),
  );
});

test('after a failure the next try comes in a minute, doubling to an hour', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((tries) =>
    retryDelayMs({ tries, remainingMs: 3 * day, retryAfterMs: null, jitter: 0 }),
  );
  expect(delays.map((ms) => ms / minute)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('whatever the lifetime from an hour on, one answered try in a retry window keeps it from lapsing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: hour, max: 8 * day }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (length, jitter) => {
        let at = renewalDueAt({ issuedAtMs: 0, expiresAtMs: length }, jitter);
        let tries = 0;
        while (at < length) {
          tries += 1;
          const remainingMs = length - at;
          const delay = retryDelayMs({ tries, remainingMs, retryAfterMs: null, jitter });
          // The next try comes before the end, until the last minute.
          expect(delay <= Math.max(minute, remainingMs / 2)).toBe(true);
          at += delay;
        }
        expect(tries).toBeGreaterThanOrEqual(10);
      },
    ),
  );
});

test('an issuer that asks for patience gets it, up to an hour and not beyond the end', () => {
  const wait = (retryAfterMs: number, remainingMs: number): number =>
    retryDelayMs({ tries: 1, remainingMs, retryAfterMs, jitter: 0 });
  expect(wait(10 * minute, day)).toBe(10 * minute);
  expect(wait(5 * hour, day)).toBe(hour);
  expect(wait(hour, 16 * minute)).toBe(2 * minute);
  expect(wait(0, -day)).toBe(minute);
});

test('the jitter is a fraction, and another one for each serial', () => {
  expect(jitterOf('0'.repeat(32))).toBe(0);
  expect(jitterOf('f'.repeat(32))).toBeLessThan(1);
  expect(jitterOf(`8${'0'.repeat(31)}`)).toBe(0.5);
});
