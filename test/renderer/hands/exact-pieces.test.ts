import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactName, exactPieces } from '../../../renderer/hands/exact-pieces.ts';

describe('what could hide in a text', () => {
  it.each([
    ['an override of the writing direction', 'invoice\u202Efdp.exe', 'invoice[U+202E]fdp.exe'],
    ['a zero-width space', 'rm\u200B -rf', 'rm[U+200B] -rf'],
    ['a tag beyond the first plane', 'a\u{E0041}b', 'a[U+E0041]b'],
    ['a space that is another', 'a\u00A0b', 'a[U+00A0]b'],
    ['a carriage return', 'safe\rrm', 'safe[U+000D]rm'],
    ['a new line in a name', 'a\nb', 'a[U+000A]b'],
    ['half of a character', 'a\uD800b', 'a[U+D800]b'],
    ['a run of spaces', `ls${' '.repeat(300)}; rm`, 'ls[U+0020 × 300]; rm'],
  ])('%s is shown', (_, text, shown) => {
    expect(exactName(text)).toBe(shown);
  });

  it.each([
    ['plain words', 'Call Ann & Ben: 3 €'],
    ['an emoji of several', 'family 👨‍👩‍👧 ❤️'],
    ['joiners that a script needs', 'क्‍ष می‌خواهم'],
    ['writing from right to left', 'שלום'],
  ])('%s stay as they are', (_, text) => {
    expect(exactPieces(text)).toEqual([{ kind: 'text', text }]);
  });

  it('loses nothing: each piece stands for what was there', () => {
    const back = (text: string) =>
      exactPieces(text)
        .map((piece) => {
          if (piece.kind === 'text') return piece.text;
          if (piece.kind === 'spaces') return ' '.repeat(piece.count);
          return String.fromCodePoint(Number.parseInt(piece.code.slice(2), 16));
        })
        .join('');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => back(text) === text));
  });
});
