import { expect, test } from 'vitest';
import { callWithin, TookTooLong } from '../../../node-core/platform/timed-call.ts';

test('what is done in time is given back, also when it is nothing', () => {
  expect(callWithin(1000, () => 6 * 7)).toBe(42);
  expect(callWithin(1000, () => undefined)).toBeUndefined();
});

test('what never ends is broken off', () => {
  const startedAt = performance.now();
  expect(() =>
    callWithin(50, () => {
      for (;;);
    }),
  ).toThrow(TookTooLong);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('an expression that backtracks for ever is broken off', () => {
  expect(() => callWithin(50, () => /^(?:a+)+$/.test(`${'a'.repeat(60)}b`))).toThrow(TookTooLong);
});

test('what the work throws is thrown on', () => {
  const error = new RangeError('wrong');
  expect(() =>
    callWithin(1000, () => {
      throw error;
    }),
  ).toThrow(error);
});
