import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finishedLength, spokenText } from '../../../renderer/features/chat/message/finished-sentences.ts';

const finished = (text: string): string => text.slice(0, finishedLength(text, false));

test.each([
  ['One. Two', 'One.'],
  ['One. Two.', 'One.'],
  ['One. Two. ', 'One. Two.'],
  ['Is it? Yes! And', 'Is it? Yes!'],
  ['He said “yes.” Then', 'He said “yes.”'],
  ['Version 3.14 is', ''],
  ['- an item\n- another', '- an item\n'],
  ['', ''],
])('of %j the finished part is %j', (text, expected) => {
  expect(finished(text)).toBe(expected);
});

test('a complete text is finished whatever it ends with', () => {
  expect(finishedLength('No full stop', true)).toBe(12);
});

test('what was finished stays finished while the text grows', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, more) => {
      const before = finishedLength(text, false);
      expect(finishedLength(text + more, false)).toBeGreaterThanOrEqual(before);
    }),
  );
});

test.each([
  ['**Bold** and `code`', 'Bold and code'],
  ['## A heading\n\n- one\n- two', 'A heading one two'],
  ['See [the page](https://example.org/x)', 'See the page'],
  ['Before\n```js\nlet a = 1;\n```\nafter', 'Before (code) after'],
])('%j is read as %j', (markdown, spoken) => {
  expect(spokenText(markdown)).toBe(spoken);
});
