import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { ConversationView } from '../../../node-core/api/conversation-views.ts';
import { Sidebar } from '../../../renderer/features/sidebar/sidebar.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { handsView, waitingDeed } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const now = Date.now();
const photos = conversationView({ id: testId(1), title: 'Rename photos', updatedAt: now });
const letter = conversationView({ id: testId(2), title: 'Letter', updatedAt: now - 1, isPinned: true });
const status = statusView({ startedAt: now, at: now });

function open(conversations: ConversationView[] = [photos, letter]) {
  const client = createFakeClient({
    first: {
      'agents.watch': [anAgent(), anAgent({ id: 'coder', name: 'Coder' })],
      'conversations.watch': { kind: 'all', conversations },
      'status.watch': status,
      'hands.watch': handsView(),
    },
    calls: {
      'conversations.update': ({ id, title }) => conversationView({ id, title: title ?? '' }),
      'conversations.delete': () => ({}),
      'conversations.restore': ({ id }) => conversationView({ id }),
    },
  });
  const onSearch = vi.fn();
  const page = renderScreen(<Sidebar onSearch={onSearch} searchKeys="Ctrl K" />, client, {
    kind: 'chat',
    conversationId: testId(1),
  });
  return { client, onSearch, state: page.state };
}
const row = (title: string) => screen.findByRole('button', { name: title });
const updates = (client: FakeClient) => client.inputs('conversations.update');

test('pinned ones stand first, the rest by day', async () => {
  open();
  await row('Rename photos');
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
    'Agents',
    'Pinned',
    'Today',
    'This computer',
  ]);
  expect(within(screen.getByRole('region', { name: 'Pinned' })).getByText('Letter')).toBeDefined();
});

test('the one that is shown is marked, and another is opened by a press', async () => {
  const { state } = open();
  expect((await row('Rename photos')).getAttribute('aria-current')).toBe('page');
  fireEvent.click(await row('Letter'));
  expect(state().screen).toEqual({ kind: 'chat', conversationId: testId(2) });
});

test('a chat in which an agent waits for the person says so', async () => {
  const { client } = open();
  await row('Letter');
  const waiting = [waitingDeed({ conversationId: testId(2) })];
  act(() => client.emit('hands.watch', handsView({ waiting })));
  expect(await row('Letter needs you')).toBeDefined();
  act(() => client.emit('hands.watch', handsView()));
  expect(await row('Letter')).toBeDefined();
});

test('changes arrive by themselves', async () => {
  const { client } = open();
  await row('Rename photos');
  act(() => {
    const running = { ...letter, isPinned: false, isRunning: true, updatedAt: now + 1 };
    client.emit('conversations.watch', { kind: 'changed', conversation: running });
    client.emit('conversations.watch', { kind: 'removed', id: testId(1) });
  });
  expect(await row('Being answered: Letter')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Rename photos' })).toBeNull();
  expect(screen.queryByRole('region', { name: 'Pinned' })).toBeNull();
});

test('F2 renames in place; Enter keeps, Escape does not', async () => {
  const { client } = open();
  fireEvent.keyDown(await row('Rename photos'), { key: 'F2' });
  const field = screen.getByRole('textbox', { name: 'New title' });
  fireEvent.change(field, { target: { value: ' Holiday photos ' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(updates(client)).toEqual([{ id: testId(1), title: 'Holiday photos' }]));

  fireEvent.keyDown(await row('Letter'), { key: 'F2' });
  const again = screen.getByRole('textbox', { name: 'New title' });
  fireEvent.change(again, { target: { value: 'Nothing' } });
  fireEvent.keyDown(again, { key: 'Escape' });
  expect(await row('Letter')).toBeDefined();
  expect(updates(client)).toHaveLength(1);
});

test('a deleted conversation can be brought back, and its place is a new chat until then', async () => {
  const { client, state } = open();
  fireEvent.keyDown(await row('Rename photos'), { key: 'Delete' });
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(client.inputs('conversations.restore')).toEqual([{ id: testId(1) }]));
  expect(client.inputs('conversations.delete')).toEqual([{ id: testId(1) }]);
  await waitFor(() => expect(state().screen).toEqual({ kind: 'chat', conversationId: testId(1) }));
});

test('an agent begins a new chat', async () => {
  const { state } = open();
  fireEvent.click(await row('Coder'));
  expect(state().screen).toEqual({ kind: 'chat', conversationId: null });
  expect(state().newChatAgentId).toBe('coder');
});

test('arrow keys move among the rows', async () => {
  open();
  const first = await row('Nunba');
  first.focus();
  for (const key of ['ArrowDown', 'ArrowDown']) fireEvent.keyDown(document.activeElement ?? first, { key });
  expect(document.activeElement?.textContent).toBe('Letter');
  fireEvent.keyDown(document.activeElement ?? first, { key: 'End' });
  expect(document.activeElement?.textContent).toBe('Health');
  fireEvent.keyDown(document.activeElement ?? first, { key: 'Home' });
  expect(document.activeElement).toBe(first);
});

test('the state line says what was heard, how old it is, and no more once the connection is gone', async () => {
  const { client } = open();
  expect(await screen.findByText('Working alone, all well')).toBeDefined();
  expect(screen.getByText('just now')).toBeDefined();
  act(() => client.setConnection({ kind: 'lost' }));
  expect(screen.getByText('Not connected')).toBeDefined();
  act(() => {
    client.setConnection({ kind: 'connected' });
    client.emit('status.watch', { ...status, model: null, reasons: [{ kind: 'no-model', fix: 'open-models' }] });
  });
  expect(screen.getByText('Working alone, no model yet')).toBeDefined();
});

test('without conversations it says what to do', async () => {
  open([]);
  expect(await screen.findByText(/Write to an agent to begin one/)).toBeDefined();
});
