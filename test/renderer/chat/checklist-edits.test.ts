import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../../../node-core/api/conversation-views.ts';
import {
  type ChecklistItem,
  doneCount,
  withDone,
  withItem,
  withMoved,
  withoutItem,
  withText,
} from '../../../renderer/features/chat/checklist/checklist-edits.ts';

const items: readonly ChecklistItem[] = ['a', 'b', 'c'].map((id) => ({ id, text: `step ${id}`, isDone: id === 'b' }));
const ids = (given: readonly ChecklistItem[]): string => given.map(({ id }) => id).join('');

test('ticks and counts', () => {
  expect(doneCount(items)).toBe(1);
  expect(doneCount(withDone(items, 'a', true))).toBe(2);
  expect(doneCount(withDone(items, 'b', false))).toBe(0);
});

test('rewords, and removes what is left empty', () => {
  expect(withText(items, 'a', '  pack  ')[0]?.text).toBe('pack');
  expect(ids(withText(items, 'a', '   '))).toBe('bc');
});

test('adds at the end, but nothing empty and not beyond the limit', () => {
  expect(withItem(items, 'd', ' new ')).toEqual([...items, { id: 'd', text: 'new', isDone: false }]);
  expect(withItem(items, 'd', ' ')).toBe(items);
  const full = Array.from({ length: limits.checklistItems }, (_, place) => ({
    id: `${place}`,
    text: 'x',
    isDone: false,
  }));
  expect(withItem(full, 'more', 'x')).toBe(full);
});

test('removes', () => {
  expect(ids(withoutItem(items, 'b'))).toBe('ac');
});

test.each([
  ['a', 2, 'bca'],
  ['c', 0, 'cab'],
  ['b', 1, 'abc'],
  ['a', 99, 'bca'],
  ['c', -5, 'cab'],
  ['z', 0, 'abc'],
])('moving %s to %i gives %s', (id, to, expected) => {
  expect(ids(withMoved(items, id, to))).toBe(expected);
});

test('moving loses and doubles nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -3, max: 6 }), (id, to) => {
      expect([...ids(withMoved(items, id, to))].sort().join('')).toBe('abc');
    }),
  );
});
