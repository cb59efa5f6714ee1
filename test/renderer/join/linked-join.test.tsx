import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../../../node-core/api/node-views.ts';
import type { LinkedJoin } from '../../../node-core/api/shell-views.ts';
import { App } from '../../../renderer/app.tsx';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { modelsView } from '../../builders/models-view.ts';
import { settingsAfter } from '../../builders/settings-view.ts';
import { anchorKey, membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';
import { createFakeShell, type FakeShell } from '../../doubles/shell.ts';

const linkOf = (name: string) => `nunba://join?at=https://a.example&anchor=${anchorKey}&tier=local&name=${name}`;
const linked: LinkedJoin = { id: 'j1', source: 'link', link: linkOf('Lakeside') };

beforeEach(() => {
  window.location.hash = '';
  window.localStorage.clear();
});
afterEach(cleanup);

interface Opened {
  readonly client: FakeClient;
  readonly shell: FakeShell;
}

function open(join: LinkedJoin | null, isWelcomed = true, trust = trustView()): Opened {
  const client = createFakeClient({
    first: {
      'settings.watch': { ...defaultSettings, isWelcomed },
      'agents.watch': [anAgent({ isDefault: true })],
      'models.watch': modelsView(),
      'conversations.watch': { kind: 'all', conversations: [] },
      'trust.watch': trust,
    },
    calls: {
      'models.discover': () => ({}),
      'settings.update': (part) => settingsAfter(part),
      'trust.review': ({ link }) => ({
        at: 'https://a.example',
        anchor: anchorKey,
        anchorWords: ['orbit', 'lunar', 'candy', 'frost'],
        tier: 'local',
        hiveName: new URL(link).searchParams.get('name'),
        hasInvite: false,
        tls: null,
      }),
    },
  });
  const shell: FakeShell = createFakeShell(
    { linkedJoin: join },
    {
      'linkedJoin.taken': ({ id }) => {
        if (shell.view()?.linkedJoin?.id === id) shell.show({ linkedJoin: null });
        return {};
      },
    },
  );
  render(<App client={client} shell={shell} messages={createMessages('en')} storage={window.localStorage} />);
  return { client, shell };
}

const patience = { timeout: 10_000 };
const title = (name: string) => screen.findByRole('heading', { level: 1, name }, patience);
const composer = () => screen.findByRole('textbox', { name: 'Message Nunba' }, patience);
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }, patience));
const taken = (shell: FakeShell) => shell.calls.filter(({ name }) => name === 'linkedJoin.taken');

test('a link opens its review, and joins nothing', async () => {
  const { client, shell } = open(linked);
  expect(await title('Join hive Lakeside?')).toBeDefined();
  await waitFor(() => expect(taken(shell)).toEqual([{ name: 'linkedJoin.taken', input: { id: 'j1' } }]));
  expect(client.inputs('trust.review')).toEqual([{ link: linked.link }]);
  expect(client.inputs('trust.join')).toEqual([]);
  expect(window.location.hash).toBe('#join');
});

test('no key joins by itself: the focus is on the title, which Enter does not press', async () => {
  const { client } = open(linked);
  const heading = await title('Join hive Lakeside?');
  expect(document.activeElement).toBe(heading);
  fireEvent.keyDown(heading, { key: 'Enter' });
  fireEvent.keyUp(heading, { key: 'Enter' });
  expect(heading.closest('form')).toBeNull();
  expect(client.inputs('trust.join')).toEqual([]);
});

test('a second link waits for the review that is shown, and comes when that is cancelled', async () => {
  const { shell } = open(linked);
  await title('Join hive Lakeside?');
  act(() => shell.show({ linkedJoin: { ...linked, id: 'j2', link: linkOf('Elsewhere') } }));
  expect(await screen.findByText(/Another invitation was opened meanwhile/)).toBeDefined();
  expect(await title('Join hive Lakeside?')).toBeDefined();
  expect(taken(shell)).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await title('Join hive Elsewhere?')).toBeDefined();
  await waitFor(() => expect(taken(shell)).toHaveLength(2));
});

test('a link waits while what joining by an address means is read, and that is said', async () => {
  const { client, shell } = open(null);
  await composer();
  act(() => shell.command({ kind: 'page', page: 'join' }));
  await press('By a QR code or an address …');
  await press('I have only an address');
  fireEvent.change(screen.getByLabelText('Address of the server'), { target: { value: 'https://b.example' } });
  const words = screen.getByLabelText(/^Four words of the hive, if/);
  fireEvent.change(words, { target: { value: 'orbit lunar candy frost' } });
  fireEvent.submit(words);
  await title('Join the hive of b.example?');
  act(() => shell.show({ linkedJoin: linked }));
  expect(await screen.findByText(/Another invitation was opened meanwhile/)).toBeDefined();
  expect(await title('Join the hive of b.example?')).toBeDefined();
  expect(taken(shell)).toEqual([]);
  expect(client.inputs('trust.review')).toEqual([]);
  await press('Back');
  expect(await title('Join hive Lakeside?')).toBeDefined();
  await waitFor(() => expect(taken(shell)).toHaveLength(1));
});

test('what the menu leads to keeps the link that is reviewed', async () => {
  const { shell } = open(linked);
  await title('Join hive Lakeside?');
  act(() => shell.command({ kind: 'new-chat' }));
  await composer();
  act(() => shell.command({ kind: 'page', page: 'join' }));
  expect(await title('Join hive Lakeside?')).toBeDefined();
});

test('a link waits until the welcome is done', async () => {
  const { shell } = open(linked, false);
  const later = await screen.findByRole('button', { name: 'Later' }, { timeout: 10_000 });
  expect(taken(shell)).toEqual([]);
  fireEvent.click(later);
  expect(await title('Join hive Lakeside?')).toBeDefined();
});

test('a member is told that it is in a hive already', async () => {
  open(linked, true, trustView({ membership: membershipView() }));
  expect(await title('You are in Test hive')).toBeDefined();
  expect(screen.getByText(/this computer is in a hive already/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText(/this computer is in a hive already/)).toBeNull();
});
