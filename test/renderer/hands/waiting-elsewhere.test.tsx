import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Screen } from '../../../renderer/screen.tsx';
import { WaitingBanner } from '../../../renderer/waiting-banner.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { handsView, waitingDeed } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';

const [photos, letter] = [testId(1), testId(2)];

function open(first: Screen, waiting: ReturnType<typeof waitingDeed>[]) {
  const conversations = [
    conversationView({ id: photos, title: 'Rename photos' }),
    conversationView({ id: letter, title: 'Letter' }),
  ];
  const client = createFakeClient({
    first: {
      'hands.watch': handsView({ waiting }),
      'agents.watch': [anAgent({ isDefault: true })],
      'conversations.watch': { kind: 'all', conversations },
    },
  });
  return { client, ...renderScreen(<WaitingBanner />, client, first) };
}

test('leads to the chat in which an agent waits, wherever the person is, and goes when it is answered', async () => {
  const { client, state } = open({ kind: 'settings', section: 'general' }, [waitingDeed({ conversationId: photos })]);
  const banner = await screen.findByRole('status');
  await screen.findByText('Nunba waits for you.');
  expect(banner.textContent).toContain('Ask example.org for a page? Asked in “Rename photos”.');
  fireEvent.click(screen.getByRole('button', { name: 'Show the question' }));
  expect(state().screen).toEqual({ kind: 'chat', conversationId: photos });
  act(() => client.emit('hands.watch', handsView()));
  expect(banner.textContent).toBe('');
});

test('is silent about the chat that is shown', async () => {
  const { client } = open({ kind: 'chat', conversationId: photos }, [waitingDeed({ conversationId: photos })]);
  const banner = await screen.findByRole('status');
  const both = [waitingDeed({ conversationId: photos }), waitingDeed({ conversationId: letter, callId: 'b' })];
  expect(banner.textContent).toBe('');
  act(() => client.emit('hands.watch', handsView({ waiting: both })));
  expect(banner.textContent).toContain('“Letter”');
});

test('names the one that waits longest, and how many more there are', async () => {
  open({ kind: 'settings', section: 'general' }, [
    waitingDeed({ conversationId: photos, since: 2_000 }),
    waitingDeed({ conversationId: letter, callId: 'b', since: 1_000 }),
  ]);
  expect(await screen.findByText(/“Letter”\. 1 more chat waits\./)).toBeDefined();
});
