import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupConversations } from '../../../renderer/features/sidebar/conversation-groups.ts';
import { testId } from '../../builders/ids.ts';
import { conversationView } from '../../builders/thread-views.ts';

// In the time zone of whoever runs the tests, as the page does.
const now = new Date(2026, 9, 14, 9, 15);
const at = (...date: [number, number, number, number?, number?]) => new Date(...date).getTime();

const keyOf = (updatedAt: number, isPinned = false): string =>
  groupConversations([conversationView({ updatedAt, isPinned })], now)[0]?.key ?? '';

test.each([
  ['just now', now.getTime(), 'today'],
  ['the first minute of today', at(2026, 9, 14), 'today'],
  ['a clock that runs ahead', at(2026, 9, 15), 'today'],
  ['the last minute of yesterday', at(2026, 9, 13, 23, 59), 'yesterday'],
  ['the day before', at(2026, 9, 12, 23, 59), 'last-7-days'],
  ['seven days ago', at(2026, 9, 7), 'last-7-days'],
  ['eight days ago', at(2026, 9, 6, 23, 59), '2026-10'],
  ['last month', at(2026, 8, 30), '2026-9'],
  ['the same month of another year', at(2025, 9, 14), '2025-10'],
])('%s stands under %s', (_, updatedAt, key) => {
  expect(keyOf(updatedAt)).toBe(key);
});

test('a pinned one stands first, however old it is', () => {
  const groups = groupConversations(
    [
      conversationView({ id: testId(1), updatedAt: at(2026, 9, 14) }),
      conversationView({ id: testId(2), updatedAt: at(2020, 0, 1), isPinned: true }),
    ],
    now,
  );
  expect(groups.map(({ key }) => key)).toEqual(['pinned', 'today']);
});

test('the day changes with the clocks', () => {
  // Both sides of the night in which many countries change their clocks.
  const monday = new Date(2026, 9, 26, 8);
  const sunday = conversationView({ updatedAt: at(2026, 9, 25, 0, 30) });
  expect(groupConversations([sunday], monday)[0]?.key).toBe('yesterday');
});

test('each conversation stands in exactly one group, in the order given', () => {
  const conversations = fc.array(fc.record({ at: fc.integer({ min: 0, max: 4e12 }), isPinned: fc.boolean() }));
  fc.assert(
    fc.property(conversations, (given) => {
      const views = given
        .sort((a, b) => b.at - a.at)
        .map((one, place) => conversationView({ id: testId(place), updatedAt: one.at, isPinned: one.isPinned }));
      const groups = groupConversations(views, now);
      const listed = groups.flatMap((group) => group.conversations.map(({ id }) => id));
      expect([...listed].sort()).toEqual(views.map(({ id }) => id).sort());
      expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
      for (const group of groups) {
        const ids = group.conversations.map(({ id }) => id);
        expect([...ids].sort()).toEqual(ids);
      }
    }),
  );
});
