import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../../node-core/api/node-views.ts';
import { App } from '../../../renderer/app.tsx';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import type { ShellClient } from '../../../renderer/rpc/shell-client.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { modelsView } from '../../builders/models-view.ts';
import { settingsAfter } from '../../builders/settings-view.ts';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';

beforeEach(() => {
  window.location.hash = '';
  delete document.documentElement.dataset.ready;
});
afterEach(cleanup);

function open(settings: Partial<Settings> | null = { isWelcomed: true }, shell: ShellClient | null = null): FakeClient {
  const client = createFakeClient({
    first: {
      ...(settings ? { 'settings.watch': { ...defaultSettings, ...settings } } : {}),
      'agents.watch': [anAgent({ isDefault: true })],
      'models.watch': modelsView(),
      'conversations.watch': { kind: 'all', conversations: [] },
      'thread.watch': {
        kind: 'opened',
        conversation: conversationView({ title: 'Rename photos' }),
        checklist: null,
        page: { length: 0, from: 0, messages: [] },
      },
    },
    calls: { 'models.discover': () => ({}), 'settings.update': (part) => settingsAfter(part) },
  });
  render(<App client={client} shell={shell} messages={createMessages('en')} storage={null} />);
  return client;
}
const composer = () => screen.findByRole('textbox', { name: 'Message Nunba' });

test('a person who was here before comes to a new chat, and the page says that it is ready', async () => {
  open();
  expect(await composer()).toBeDefined();
  expect(document.documentElement.dataset.ready).toBe('true');
});

test('a node that cannot start says why before there is anything else, and once it starts the page comes', async () => {
  const sentence = 'The database /data/nunba.db is damaged (not a database).';
  const shell = createFakeShell({ runtime: { kind: 'attention', cause: 'cannot-start', since: 0, sentence } });
  const client = open(null, shell);
  expect(await screen.findByRole('heading', { name: 'Nunba cannot start' })).toBeDefined();
  expect(screen.getByRole('alert').textContent).toContain(sentence);
  act(() => shell.show({ runtime: { kind: 'running', since: 0 } }));
  act(() => client.emit('settings.watch', { ...defaultSettings, isWelcomed: true }));
  expect(await composer()).toBeDefined();
});

test('a person who is new is welcomed', async () => {
  open({ isWelcomed: false });
  expect(await screen.findByRole('heading', { name: 'Chat with agents on your own computer.' })).toBeDefined();
});

test('the address says what is shown, so that a reload leads back', async () => {
  window.location.hash = `#chat/${testId(1)}`;
  open();
  expect(await screen.findByRole('heading', { level: 1, name: 'Rename photos' })).toBeDefined();
  fireEvent.keyDown(window, { key: ',', ctrlKey: true });
  await waitFor(() => expect(window.location.hash).toBe('#settings/general'));
  expect(await screen.findByRole('heading', { level: 1, name: 'Settings' }, { timeout: 10_000 })).toBeDefined();
});

test('a page that the node does not know says how to open Nunba', async () => {
  const client = open(null);
  act(() => client.setConnection({ kind: 'no-session' }));
  expect(await screen.findByText(/Open it again with “npm start”/)).toBeDefined();
});

test('a lost connection is said calmly, and what is typed stays', async () => {
  const client = open();
  const box = await composer();
  fireEvent.change(box, { target: { value: 'half a sentence' } });
  act(() => client.setConnection({ kind: 'lost' }));
  expect(await screen.findByText(/Nothing you typed is lost/, {}, { timeout: 5_000 })).toBeDefined();
  expect(box).toHaveProperty('value', 'half a sentence');
  act(() => client.setConnection({ kind: 'connected' }));
  await waitFor(() => expect(screen.queryByText(/Nothing you typed is lost/)).toBeNull());
});

test('the keys of the window work from everywhere', async () => {
  open();
  await composer();
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  const search = await screen.findByRole('dialog', { name: 'Search' });
  fireEvent.keyDown(search, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
});

test('the theme is that of the settings', async () => {
  const client = open({ isWelcomed: true, theme: 'dark' });
  await composer();
  expect(document.documentElement.dataset.theme).toBe('dark');
  act(() => client.emit('settings.watch', { ...defaultSettings, isWelcomed: true, theme: 'system' }));
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
