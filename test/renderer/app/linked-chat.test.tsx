import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../../node-core/api/node-views.ts';
import type { LinkedChat } from '../../../node-core/api/shell-views.ts';
import { App } from '../../../renderer/app.tsx';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { modelsView } from '../../builders/models-view.ts';
import { settingsAfter } from '../../builders/settings-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';
import { createFakeShell, type FakeShell } from '../../doubles/shell.ts';

const linked: LinkedChat = { id: 'l1', source: 'link', agentId: null, text: 'What is a hive?' };

beforeEach(() => {
  window.location.hash = '';
  window.localStorage.clear();
});
afterEach(cleanup);

interface Opened {
  readonly client: FakeClient;
  readonly shell: FakeShell;
}

function open(chat: LinkedChat | null, settings: Partial<Settings> = { isWelcomed: true }): Opened {
  const client = createFakeClient({
    first: {
      'settings.watch': { ...defaultSettings, ...settings },
      'agents.watch': [anAgent({ isDefault: true }), anAgent({ id: 'coder', name: 'Coder', isDefault: false })],
      'models.watch': modelsView(),
      'conversations.watch': { kind: 'all', conversations: [] },
    },
    calls: { 'models.discover': () => ({}), 'settings.update': (part) => settingsAfter(part) },
  });
  const shell: FakeShell = createFakeShell(
    { linkedChat: chat },
    {
      'linkedChat.taken': ({ id }) => {
        if (shell.view()?.linkedChat?.id === id) shell.show({ linkedChat: null });
        return {};
      },
    },
  );
  render(<App client={client} shell={shell} messages={createMessages('en')} storage={window.localStorage} />);
  return { client, shell };
}
const composer = (agent = 'Nunba') => screen.findByRole('textbox', { name: `Message ${agent}` });
const taken = (shell: FakeShell) => shell.calls.filter(({ name }) => name === 'linkedChat.taken');
const note = /came from a link. Read it before you send it/;

test('a link fills the composer of a new chat, says where that came from, and sends nothing', async () => {
  const { client, shell } = open(linked);
  expect(await composer()).toHaveProperty('value', 'What is a hive?');
  expect(screen.getByText(note)).toBeDefined();
  await waitFor(() => expect(taken(shell)).toEqual([{ name: 'linkedChat.taken', input: { id: 'l1' } }]));
  expect(client.inputs('thread.send')).toEqual([]);
  expect(client.inputs('conversations.create')).toEqual([]);
});

test('the note can be dismissed, and the text stays', async () => {
  open(linked);
  await composer();
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText(note)).toBeNull();
  expect(await composer()).toHaveProperty('value', 'What is a hive?');
});

test('the note outlives the page as the text does', async () => {
  open(linked);
  await composer();
  cleanup();
  open(null);
  expect(await composer()).toHaveProperty('value', 'What is a hive?');
  expect(screen.getByText(note)).toBeDefined();
});

test('a link that the shell shows again is not added again', async () => {
  open(linked);
  await composer();
  cleanup();
  const { shell } = open(linked);
  await waitFor(() => expect(taken(shell)).toHaveLength(1));
  expect(await composer()).toHaveProperty('value', 'What is a hive?');
});

test('what the person has written is kept above, and the linked text can be taken out', async () => {
  const { shell } = open(null);
  fireEvent.change(await composer(), { target: { value: 'My own words' } });
  act(() => shell.show({ linkedChat: linked }));
  expect(await composer()).toHaveProperty('value', 'My own words\n\nWhat is a hive?');
  expect(screen.getByText(/The end of this text came from a link/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Remove that text' }));
  expect(await composer()).toHaveProperty('value', 'My own words');
  expect(screen.queryByText(note)).toBeNull();
});

test('a second link is told together with the first, and both can be taken out', async () => {
  const { shell } = open(linked);
  await composer();
  act(() => shell.show({ linkedChat: { ...linked, id: 'l2', text: 'And a swarm?' } }));
  expect(await screen.findByText(/Parts of this text came from links\./)).toBeDefined();
  expect(await composer()).toHaveProperty('value', 'What is a hive?\n\nAnd a swarm?');
  fireEvent.click(screen.getByRole('button', { name: 'Remove that text' }));
  expect(await composer()).toHaveProperty('value', '');
});

test('a link leaves the settings for a new chat with the agent that it names', async () => {
  window.location.hash = '#settings/general';
  const { shell } = open(null);
  expect(await screen.findByRole('heading', { level: 1, name: 'Settings' }, { timeout: 10_000 })).toBeDefined();
  act(() => shell.show({ linkedChat: { ...linked, agentId: 'coder' } }));
  expect(await composer('Coder')).toHaveProperty('value', 'What is a hive?');
  expect(screen.queryByText(/which is not here/)).toBeNull();
});

test('an agent that is not here is said, and the default one would answer', async () => {
  open({ ...linked, agentId: 'pirate' });
  expect(await composer()).toHaveProperty('value', 'What is a hive?');
  expect(screen.getByText(/asks for the agent “pirate”, which is not here, so Nunba would answer/)).toBeDefined();
});

test('a link file is named as one, and a link without text too', async () => {
  const { shell } = open({ ...linked, source: 'file' });
  await composer();
  expect(screen.getByText(/This text came from a file/)).toBeDefined();
  fireEvent.change(await composer(), { target: { value: '' } });
  act(() => shell.show({ linkedChat: { ...linked, id: 'l2', text: '' } }));
  expect(await screen.findByText('This chat was opened by a link.')).toBeDefined();
});

test('a link waits until the welcome is done', async () => {
  const { shell } = open(linked, { isWelcomed: false });
  fireEvent.click(await screen.findByRole('button', { name: 'Later' }));
  expect(await screen.findByText(note)).toBeDefined();
  expect(taken(shell)).toHaveLength(1);
});
