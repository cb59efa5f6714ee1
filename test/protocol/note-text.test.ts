import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxLines, excerptOf, findBox, tickLine } from '../../node-core/protocol/note-text.ts';

const list = '# Move\n- [ ] Book the van\n  * [x] Pack\n1. [X] Call Anna\nBook [ ] no\n- [] no\n- [ ] Book the hall';

test('lines with a box', () => {
  expect(boxLines(list)).toEqual([
    { line: 1, text: 'Book the van', isDone: false },
    { line: 2, text: 'Pack', isDone: true },
    { line: 3, text: 'Call Anna', isDone: true },
    { line: 6, text: 'Book the hall', isDone: false },
  ]);
});

test('a box is ticked and unticked, nothing else changes', () => {
  expect(tickLine(list, 1, true)).toBe(list.replace('[ ] Book the van', '[x] Book the van'));
  expect(tickLine(list, 3, false)).toBe(list.replace('[X]', '[ ]'));
  expect(tickLine(list, 4, true)).toBe(list);
  expect(tickLine(list, 99, true)).toBe(list);
});

describe('the box that words mean', () => {
  test.each([
    ['book the VAN', 1],
    ['pack', 2],
    ['anna', 3],
  ])('%s', (words, line) => {
    expect(findBox(list, words)).toMatchObject({ kind: 'found', box: { line } });
  });
  test('none, several', () => {
    expect(findBox(list, 'zebra').kind).toBe('none');
    expect(findBox(list, 'book the')).toMatchObject({ kind: 'several', boxes: [{ line: 1 }, { line: 6 }] });
  });
});

test('an excerpt is one short line', () => {
  expect(excerptOf(list, 30)).toBe('Move · Book the van · Pack · …');
  expect(excerptOf('', 30)).toBe('');
});

test('ticking is undone by unticking, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('- [ ] ', '- [x] ', 'a', '\n', '[ ]', ' ') }), (text) => {
      for (const { line, isDone } of boxLines(text)) {
        const flipped = tickLine(text, line, !isDone);
        expect(boxLines(flipped).find((each) => each.line === line)?.isDone).toBe(!isDone);
        expect(tickLine(flipped, line, isDone)).toBe(text);
      }
    }),
  );
});
