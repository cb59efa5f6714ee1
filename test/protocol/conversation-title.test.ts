import fc from 'fast-check';
import { expect, test } from 'vitest';
import { titleFrom } from '../../node-core/protocol/conversation-title.ts';

test.each([
  ['Hello', 'Hello'],
  ['  two\n\n lines\tand more ', 'two lines and more'],
  ['# A heading', 'A heading'],
  ['- a list', 'a list'],
  ['3. the third', 'the third'],
  ['> quoted', 'quoted'],
  ['#tag stays', '#tag stays'],
  ['-5 degrees', '-5 degrees'],
  ['', ''],
  [' \n ', ''],
  [
    'How do I keep bees over a long and very cold winter without losing them all?',
    'How do I keep bees over a long and very cold winter without…',
  ],
  ['x'.repeat(80), `${'x'.repeat(60)}…`],
  ['🐝'.repeat(80), `${'🐝'.repeat(60)}…`],
])('%j becomes %j', (text, title) => {
  expect(titleFrom(text)).toBe(title);
});

test('any text gives one line that is short and whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const title = titleFrom(text);
      expect([...title].length).toBeLessThanOrEqual(61);
      expect(title).not.toMatch(/[\n\r\t]/);
      expect(title).toBe(title.trim());
      expect(title.isWellFormed()).toBe(true);
    }),
  );
});
