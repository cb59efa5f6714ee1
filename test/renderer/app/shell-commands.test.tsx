import { act, cleanup, createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../node-core/api/node-views.ts';
import { App } from '../../../renderer/app.tsx';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { modelsView } from '../../builders/models-view.ts';
import { storageView } from '../../builders/storage-view.ts';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell, type FakeShell } from '../../doubles/shell.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(cleanup);

function open(): FakeShell {
  const client = createFakeClient({
    first: {
      'settings.watch': { ...defaultSettings, isWelcomed: true },
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
    calls: { 'models.discover': () => ({}), 'storage.info': () => storageView() },
  });
  const shell = createFakeShell();
  render(<App client={client} shell={shell} messages={createMessages('en')} storage={null} />);
  return shell;
}
const composer = () => screen.findByRole('textbox', { name: 'Message Nunba' });

test.each([
  ['import', 'Choose a file'],
  ['export', 'All chats as JSON'],
] as const)('the menu leads to the %s in the settings, each time it is asked', async (kind, name) => {
  const shell = open();
  await composer();
  act(() => shell.command({ kind }));
  const button = await screen.findByRole('button', { name: new RegExp(name) }, { timeout: 10_000 });
  await waitFor(() => expect(document.activeElement).toBe(button));
  act(() => button.blur());
  act(() => shell.command({ kind }));
  expect(document.activeElement).toBe(button);
});

test('the menu asks for a file to import, each time it is pressed', async () => {
  const shell = open();
  await composer();
  const click = vi.spyOn(HTMLInputElement.prototype, 'click');
  act(() => shell.command({ kind: 'export' }));
  await screen.findByRole('button', { name: /All chats as JSON/ }, { timeout: 10_000 });
  expect(click).not.toHaveBeenCalled();
  for (const times of [1, 2]) {
    act(() => shell.command({ kind: 'import' }));
    await waitFor(() => expect(click).toHaveBeenCalledTimes(times));
  }
  click.mockRestore();
});

test('menus, tray and notifications lead to what they name', async () => {
  const shell = open();
  const box = await composer();
  act(() => box.blur());
  act(() => shell.command({ kind: 'focus-composer' }));
  expect(document.activeElement).toBe(box);
  act(() => shell.command({ kind: 'search' }));
  fireEvent.keyDown(await screen.findByRole('dialog', { name: 'Search' }), { key: 'Escape' });
  act(() => shell.command({ kind: 'settings', section: 'about' }));
  await waitFor(() => expect(window.location.hash).toBe('#settings/about'));
  act(() => shell.command({ kind: 'settings', section: 'nowhere' }));
  await waitFor(() => expect(window.location.hash).toBe('#settings/general'));
  act(() => shell.command({ kind: 'conversation', id: testId(1) }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Rename photos' })).toBeDefined();
  act(() => shell.command({ kind: 'new-chat' }));
  await waitFor(() => expect(window.location.hash).toBe('#chat'));
});

test('a file that is dropped beside the composer does not replace the page', async () => {
  open();
  await composer();
  const withFiles = { types: ['Files'], files: [], dropEffect: 'copy' };
  const drop = createEvent.drop(document.body, { dataTransfer: withFiles });
  fireEvent(document.body, drop);
  expect(drop.defaultPrevented).toBe(true);
  const over = createEvent.dragOver(document.body, { dataTransfer: withFiles });
  fireEvent(document.body, over);
  expect(over.defaultPrevented).toBe(true);
  const text = createEvent.drop(document.body, { dataTransfer: { types: ['text/plain'] } });
  fireEvent(document.body, text);
  expect(text.defaultPrevented).toBe(false);
});
