import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { SearchPalette } from '../../../renderer/features/search/search-palette.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';

function open() {
  const client = createFakeClient({
    first: {
      'agents.watch': [anAgent({ id: 'coder', name: 'Coder' })],
      'conversations.watch': { kind: 'all', conversations: [conversationView({ title: 'Code for photos' })] },
    },
    calls: {
      'search.messages': () => ({
        hits: [
          {
            conversationId: testId(3),
            conversationTitle: 'Letter',
            messageId: testId(9),
            role: 'assistant',
            createdAt: Date.now(),
            snippet: [
              { text: 'the ', isMatch: false },
              { text: 'code', isMatch: true },
              { text: ' of the door', isMatch: false },
            ],
          },
        ],
      }),
    },
  });
  const onClose = vi.fn();
  const page = renderScreen(<SearchPalette isOpen onClose={onClose} />, client);
  const field = screen.getByRole('combobox');
  const type = (value: string) => fireEvent.change(field, { target: { value } });
  return { client, onClose, field, type, state: page.state };
}
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

test('finds agents, conversations and messages, and marks the words', async () => {
  const { client, type } = open();
  type('code');
  await waitFor(() => expect(options()).toHaveLength(3));
  expect(client.inputs('search.messages')).toEqual([{ query: 'code', limit: 40 }]);
  expect(document.querySelector('mark')?.textContent).toBe('code');
});

test('arrow keys choose, round the ends, and Enter jumps to the message', async () => {
  const { field, type, onClose, state } = open();
  type('code');
  await waitFor(() => expect(options()).toHaveLength(3));
  fireEvent.keyDown(field, { key: 'ArrowUp' });
  const chosen = screen.getByRole('option', { selected: true });
  expect(field.getAttribute('aria-activedescendant')).toBe(chosen.id);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(state().screen).toEqual({ kind: 'chat', conversationId: testId(3) });
  expect(state().target).toEqual({ conversationId: testId(3), messageId: testId(9) });
});

test('an agent that is found begins a new chat', async () => {
  const { field, type, state } = open();
  type('coder');
  await waitFor(() => expect(options()[0]).toContain('Coder'));
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(state().newChatAgentId).toBe('coder');
});

test('says when nothing is found, and when the search failed', async () => {
  const { client, type } = open();
  client.answer('search.messages', () => ({ hits: [] }));
  type('zebra');
  expect(await screen.findByText('Nothing has “zebra” in it. Try fewer or other words.')).toBeDefined();
  client.answer('search.messages', () => {
    throw new FailureError({ kind: 'disconnected' });
  });
  type('zebras');
  expect(await screen.findByRole('alert')).toBeDefined();
});
