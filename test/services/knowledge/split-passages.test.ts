import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPassages } from '../../../node-core/agents/knowledge/text/split-passages.ts';

const parts = (text: string) => splitPassages(text).map(({ start, end, line }) => [line, text.slice(start, end)]);

describe('splitPassages', () => {
  it.each<[string, string, [number, string][]]>([
    ['nothing', '', []],
    ['only white space and signs', '\n\n---\n', []],
    ['one line without a break', 'Hello', [[1, 'Hello']]],
    ['a mark at the beginning', '\uFEFFHello\nyou\n', [[1, '\uFEFFHello\nyou\n']]],
    ['Windows breaks', 'a\r\nb\r\n', [[1, 'a\r\nb\r\n']]],
  ])('%s', (_, text, expected) => expect(parts(text)).toEqual(expected));

  it('begins a new passage after forty lines', () => {
    const text = Array.from({ length: 90 }, (_, n) => `line ${n + 1}\n`).join('');
    expect(splitPassages(text).map(({ line }) => line)).toEqual([1, 41, 81]);
  });

  it('ends a passage at a blank line once it is long enough', () => {
    const text = `${'word word word\n'.repeat(30)}\n${'other\n'.repeat(20)}`;
    expect(splitPassages(text).map(({ line }) => line)).toEqual([1, 32]);
  });

  it('cuts a long line at spaces, and all pieces keep its number', () => {
    const text = `first\n${'word '.repeat(900)}\nlast\n`;
    const found = parts(text);
    expect(found.map(([line]) => line)).toEqual([1, 2, 2, 2, 3]);
    expect(found.every(([, part]) => String(part).length <= 2000)).toBe(true);
    expect(String(found[1]?.[1]).endsWith(' ')).toBe(true);
  });

  it('never cuts a character, and counts lines as editors do', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', ' ', '😀', '\n\n', 'x'.repeat(3000), '😀'.repeat(1500)),
      fc.string({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('').toWellFormed();
        let last = 0;
        for (const { start, end, line } of splitPassages(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end - start).toBeLessThanOrEqual(2000);
          expect(text.slice(start, end).isWellFormed()).toBe(true);
          expect(text.slice(0, start).split(/\r\n|\r|\n/)).toHaveLength(line);
          last = end;
        }
        const kept = splitPassages(text)
          .map(({ start, end }) => text.slice(start, end))
          .join('');
        expect(kept.replace(/[^\p{L}\p{N}]/gu, '')).toBe(text.replace(/[^\p{L}\p{N}]/gu, ''));
      }),
      { numRuns: 300 },
    );
  });
});
