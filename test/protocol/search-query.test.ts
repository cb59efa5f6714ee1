import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expressionOfAll, expressionOfAny, snippetPieces, wordsOf } from '../../node-core/protocol/search-query.ts';

test.each([
  ['red house', '"red" "house"*'],
  ['  one  ', '"one"*'],
  ['say "hi"', '"say" """hi"""*'],
  ['NOT (a OR b)*', '"NOT" "(a" "OR" "b)*"*'],
  ['col:umn', '"col:umn"*'],
  ['', null],
  ['?! … 🐝', null],
  ['a\0b', '"a" "b"*'],
])('%j asks for %j', (query, expression) => {
  expect(expressionOfAll(query)).toBe(expression);
});

test('any of several words', () => {
  expect(expressionOfAny(['a', 'b"c'])).toBe('"a" OR "b""c"');
  expect(expressionOfAny([])).toBeNull();
});

test('a query of very many words is cut', () => {
  expect(wordsOf('word '.repeat(500))).toHaveLength(32);
});

test('an expression is quoted strings and nothing else, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
      const expression = expressionOfAll(query);
      if (expression !== null) expect(expression).toMatch(/^"(?:[^"]|"")+"(?: "(?:[^"]|"")+")*\*$/u);
    }),
  );
});

test('a marked snippet is taken apart, and nothing of the text is lost', () => {
  expect(snippetPieces('a \uFDD0b\uFDD1 c')).toEqual([
    { text: 'a ', isMatch: false },
    { text: 'b', isMatch: true },
    { text: ' c', isMatch: false },
  ]);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\uFDD0', '\uFDD1') }), (marked) => {
      const text = snippetPieces(marked).map((piece) => piece.text);
      expect(text.join('')).toBe(marked.replace(/[\uFDD0\uFDD1]/gu, ''));
      expect(text).not.toContain('');
    }),
  );
});
