import { expect, test } from 'vitest';
import type { SearchHit } from '../../../node-core/api/conversation-views.ts';
import { searchEntries } from '../../../renderer/features/search/search-entries.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { conversationView } from '../../builders/thread-views.ts';

const agents = [anAgent(), anAgent({ id: 'coder', name: 'Coder' })];
const conversations = [
  conversationView({ id: testId(1), title: 'Rename photos by date' }),
  conversationView({ id: testId(2), title: 'Letter to the landlord' }),
];
const hit: SearchHit = {
  conversationId: testId(2),
  conversationTitle: 'Letter to the landlord',
  messageId: testId(9),
  role: 'user',
  createdAt: 1,
  snippet: [{ text: 'photos', isMatch: true }],
};
const found = (query: string, hits: readonly SearchHit[] = []) =>
  searchEntries(query, agents, conversations, hits).map(({ key }) => key);

test('without a query the newest conversations', () => {
  expect(found('')).toEqual([`conversation-${testId(1)}`, `conversation-${testId(2)}`]);
});

test('every word must stand in the name, in any order and case', () => {
  expect(found('DATE photos')).toEqual([`conversation-${testId(1)}`]);
  expect(found('photos landlord')).toEqual([]);
});

test('agents, then conversations, then messages', () => {
  expect(found('o', [hit])).toEqual([
    'agent-coder',
    `conversation-${testId(1)}`,
    `conversation-${testId(2)}`,
    `message-${testId(9)}`,
  ]);
});
