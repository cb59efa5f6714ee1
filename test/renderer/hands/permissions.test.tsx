import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { HandsView } from '../../../node-core/api/hands-views.ts';
import { PermissionsSection } from '../../../renderer/features/permissions/permissions-section.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { grantView, handsView } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';

const folders: HandsView['folders'] = [
  { id: testId(800), path: '/home/ann/Invoices', owner: { kind: 'agent', agentId: 'nunba' }, isThere: true },
  { id: testId(801), path: '/mnt/stick', owner: { kind: 'chat', conversationId: testId(1) }, isThere: false },
];

function open(hands: HandsView, agents = [anAgent({ isDefault: true })]) {
  const client = createFakeClient({
    first: {
      'hands.watch': hands,
      'agents.watch': agents,
      'conversations.watch': { kind: 'all', conversations: [conversationView({ title: 'Rename photos' })] },
    },
    calls: { 'hands.revoke': () => ({}), 'folders.remove': () => ({}) },
  });
  return { client, ...renderScreen(<PermissionsSection />, client) };
}

test('says how permissions come to be where there are none', async () => {
  open(handsView());
  expect(await screen.findByText('Agents ask you before they do anything')).toBeDefined();
  expect(screen.getByText(/An agent sees a folder when you pick one/)).toBeDefined();
});

test.each([
  [
    { kind: 'folder', folder: '/home/ann/Invoices' },
    'Nunba may make any change in /home/ann/Invoices with the tool “Write files”',
  ],
  [{ kind: 'host', host: 'example.org' }, 'Nunba may ask example.org for any page with the tool “Write files”'],
  [
    { kind: 'command', command: 'ls -la', folder: '/home/ann', seconds: 1 },
    'Nunba may run exactly this command in /home/ann for up to 1 second, whatever the programs and files that it uses do by then',
  ],
  [
    { kind: 'command', command: 'ls -la', folder: '/home/ann' },
    'Nunba may run exactly this command in /home/ann for up to 60 seconds, whatever the programs and files that it uses do by then',
  ],
  [
    { kind: 'server-tool', serverId: 'srv', serverName: 'Calendar', toolName: 'add_event' },
    'Nunba may call add_event of Calendar with any content',
  ],
] as const)('says in words what it is about: %o', async (subject, words) => {
  open(handsView({ grants: [grantView({ subject })] }));
  expect(await screen.findByText(words)).toBeDefined();
  expect(screen.getByText('in every chat')).toBeDefined();
  expect(screen.getByText(/^given/).textContent).toMatch(/^given (?:.* ago|[A-Z]\w+ \d+, \d{4}|just now)$/);
  if (subject.kind === 'command') expect(screen.getByText('ls -la')).toBeDefined();
});

test('takes a permission back at once, says so, and keeps the keyboard in the list', async () => {
  const grants = [grantView(), grantView({ id: testId(701), subject: { kind: 'host', host: 'example.org' } })];
  const { client } = open(handsView({ grants }));
  fireEvent.click(await screen.findByRole('button', { name: /^Take back: Nunba may ask example.org/ }));
  await waitFor(() => expect(client.inputs('hands.revoke')).toEqual([{ grantId: testId(701) }]));
  expect(await screen.findAllByText('Taken back. The agent asks again from now on.')).not.toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole('list', { name: 'Permissions' }));
  act(() => client.emit('hands.watch', handsView({ grants: grants.slice(0, 1) })));
  expect(screen.queryByText(/example\.org/)).toBeNull();
});

test('leads to the chat that a permission is for', async () => {
  const { state } = open(handsView({ grants: [grantView({ conversationId: testId(1) })] }));
  fireEvent.click(await screen.findByRole('button', { name: 'Rename photos' }));
  expect(state().screen).toEqual({ kind: 'chat', conversationId: testId(1) });
});

test('says of a chat that is gone that it is', async () => {
  open(handsView({ grants: [grantView({ conversationId: testId(9), agentId: 'gone' })] }));
  expect(await screen.findByText('a deleted chat')).toBeDefined();
  expect(screen.getByText(/^Removed agent may make any change/)).toBeDefined();
});

test('finds among many', async () => {
  const grants = Array.from({ length: 8 }, (_, place) =>
    grantView({ id: testId(700 + place), subject: { kind: 'host', host: `host${place}.test` } }),
  );
  open(handsView({ grants }));
  const list = await screen.findByRole('list', { name: 'Permissions' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(8);
  const search = screen.getByRole('searchbox', { name: 'Search permissions' });
  fireEvent.change(search, { target: { value: 'HOST3' } });
  expect(within(list).getAllByRole('listitem')).toHaveLength(1);
  fireEvent.change(search, { target: { value: 'nowhere' } });
  expect(screen.getByText('No permission has these words.')).toBeDefined();
});

test('tells two commands in one folder apart, for the search and for who hears the page', async () => {
  const grants = ['ls', 'make', 'true', 'pwd', 'id', 'date'].map((command, place) =>
    grantView({ id: testId(700 + place), subject: { kind: 'command', command, folder: '/home/ann', seconds: 60 } }),
  );
  open(handsView({ grants }));
  expect(await screen.findByRole('button', { name: /^Take back: Nunba .*: make$/ })).toBeDefined();
  fireEvent.change(screen.getByRole('searchbox', { name: 'Search permissions' }), { target: { value: 'MAKE' } });
  const list = screen.getByRole('list', { name: 'Permissions' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(1);
});

test('shows the folders that agents see, and takes one from them', async () => {
  const { client } = open(handsView({ folders }));
  const list = await screen.findByRole('list', { name: 'Folders that agents see' });
  const [own, chats] = within(list).getAllByRole('listitem');
  expect(own?.textContent).toContain('/home/ann/Invoicesseen by Nunba, in every chat');
  expect(chats?.textContent).toContain('seen by every agent in Rename photosnot there at present');
  fireEvent.click(screen.getByRole('button', { name: 'Take back the folder /mnt/stick' }));
  await waitFor(() => expect(client.inputs('folders.remove')).toEqual([{ id: testId(801) }]));
});

test('a folder is picked for an agent that has tools for files', async () => {
  const { client } = open(handsView(), [
    anAgent({ isDefault: true, tools: ['calculate'] }),
    anAgent({ id: 'organiser', name: 'Organiser', tools: ['list_files'] }),
  ]);
  client.answer('folders.browse', () => ({ path: '/home/ann', parent: '/home', folders: [], fileCount: 3, files: [] }));
  client.answer('folders.add', ({ path, owner }) => ({ id: testId(802), path, owner, isThere: true }));
  const trigger = await screen.findByRole('button', { name: 'Add a folder' });
  trigger.focus();
  fireEvent.keyDown(trigger, { key: 'Enter' });
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual(['Organiser']);
  fireEvent.click(screen.getByRole('menuitem', { name: 'Organiser' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Let agents see “ann”' }));
  await waitFor(() =>
    expect(client.inputs('folders.add')).toEqual([
      { path: '/home/ann', owner: { kind: 'agent', agentId: 'organiser' } },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
