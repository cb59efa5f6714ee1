import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearestName } from '../../../node-core/config/nearest-name.ts';

describe('edit distance', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['port', 'prot', 1],
    ['port', 'ports', 1],
    ['kitten', 'sitting', 3],
  ])('%s to %s takes %i', (from, to, steps) => {
    expect(editDistance(from, to)).toBe(steps);
  });

  const word = fc.stringMatching(/^[a-c]{0,6}$/);
  test('is the same both ways, and nothing only for the same word', () => {
    fc.assert(
      fc.property(word, word, (from, to) => {
        const distance = editDistance(from, to);
        expect(distance).toBe(editDistance(to, from));
        expect(distance === 0).toBe(from === to);
        expect(distance).toBeLessThanOrEqual(Math.max(from.length, to.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(from.length - to.length));
      }),
    );
  });
});

test('the nearest name is one of the known, and none is farther', () => {
  const word = fc.stringMatching(/^[A-C_]{1,8}$/);
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 1, maxLength: 6 }), (name, known) => {
      const nearest = nearestName(name, known) ?? '';
      expect(known).toContain(nearest);
      for (const other of known) expect(editDistance(name, nearest)).toBeLessThanOrEqual(editDistance(name, other));
    }),
  );
  expect(nearestName('A', [])).toBeNull();
});
