import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeadAndTail } from '../../../node-core/platform/head-and-tail.ts';

const keep = (limit: number, pieces: readonly string[]): string => {
  const kept = new HeadAndTail(limit);
  for (const piece of pieces) kept.push(Buffer.from(piece));
  return kept.text();
};

test.each([
  [10, [], ''],
  [10, ['abc', 'def'], 'abcdef'],
  [10, ['0123456789'], '0123456789'],
  [10, ['0123456789', 'abc'], '01234\n[… 3 bytes left out …]\n89abc'],
  [4, ['0123456789'.repeat(100)], '01\n[… 996 bytes left out …]\n89'],
])('of %i bytes: %j', (limit, pieces, text) => {
  expect(keep(limit, pieces)).toBe(text);
});

test('however it comes in pieces, the same is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 30 })), (pieces) => {
      expect(keep(20, pieces)).toBe(keep(20, [pieces.join('')]));
    }),
  );
});
