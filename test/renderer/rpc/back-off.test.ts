import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from '../../../renderer/rpc/back-off.ts';

test('waits twice as long each time, and never much more than five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backOffMs(attempt, 0))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
});

test('chance shortens the wait by at most a fifth', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const whole = backOffMs(attempt, 0);
      expect(backOffMs(attempt, random)).toBeGreaterThanOrEqual(whole * 0.8 - 1);
      expect(backOffMs(attempt, random)).toBeLessThanOrEqual(whole);
    }),
  );
});
