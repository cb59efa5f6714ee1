import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotOf, lengthOf, vectorOf } from '../../../node-core/protocol/local/vector.ts';

const cosine = (a: Int8Array, b: Int8Array): number => dotOf(a, b) / (lengthOf(a) * lengthOf(b));
const exactCosine = (a: readonly number[], b: readonly number[]): number => {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const parts = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 256, maxLength: 256 });

describe('a vector of small whole numbers', () => {
  it('has its largest part at 127, whatever the length of the one it was made of', () => {
    expect([...vectorOf([0.5, -1, 0.25])]).toEqual([64, -127, 32]);
    expect([...vectorOf([500, -1000, 250])]).toEqual([64, -127, 32]);
  });

  it('is empty where there is no direction, or no number', () => {
    for (const values of [[], [0, 0], [1, Number.NaN], [1, Number.POSITIVE_INFINITY]])
      expect(vectorOf(values).length).toBe(0);
  });

  it('stands at nearly the same angle to others', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre([a, b].every((each) => each.some((value) => Math.abs(value) > 0.01)));
        expect(Math.abs(cosine(vectorOf(a), vectorOf(b)) - exactCosine(a, b))).toBeLessThan(0.05);
      }),
    );
  });
});
