import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { PickedFolderView } from '../../../node-core/api/hands-views.ts';
import { FoldersChip } from '../../../renderer/features/chat/composer/folders-chip.tsx';
import { FolderPicker } from '../../../renderer/folders/folder-picker.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { handsView } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const chat = testId(1);
const owner = { kind: 'chat', conversationId: chat } as const;
const folder = (path: string, fields: Partial<PickedFolderView> = {}): PickedFolderView => ({
  id: testId(path.length),
  path,
  owner,
  isThere: true,
  ...fields,
});

const disk: Readonly<Record<string, readonly string[]>> = {
  '/home/a': ['Photos', 'Texts'],
  '/home/a/Photos': ['2024'],
  '/home/a/Photos/2024': [],
  '/home': ['a'],
};

function client(): FakeClient {
  return createFakeClient({
    first: { 'hands.watch': handsView({ folders: [folder('/home/a/Texts')] }) },
    calls: {
      'folders.browse': ({ path }) => {
        const at = path ?? '/home/a';
        const names = disk[at];
        if (!names) throw new FailureError({ kind: 'folder-refused', path: at, cause: 'not-there' });
        const parent = at === '/home' ? null : at.slice(0, at.lastIndexOf('/'));
        return {
          path: at,
          parent,
          folders: names.map((name) => ({ name, path: `${at}/${name}` })),
          fileCount: 12,
          files: [],
        };
      },
      'folders.add': ({ path }) => folder(path),
      'folders.remove': () => ({}),
    },
  });
}

function open(node = client()) {
  const onClose = vi.fn();
  renderPage(<FolderPicker isOpen onClose={onClose} ensureOwner={async () => owner} />, node);
  return { node, onClose };
}

test('a person goes down, back up, and picks what is shown', async () => {
  const { node, onClose } = open();
  expect(await screen.findByText('Agents see what is in here; every change asks first.')).toBeTruthy();
  fireEvent.click(await screen.findByRole('button', { name: 'Photos' }));
  fireEvent.click(await screen.findByRole('button', { name: '2024' }));
  expect(await screen.findByText('No folders in here.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('In it: 12 files and 0 folders, without hidden folders.');
  fireEvent.click(screen.getByRole('button', { name: 'One folder up' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Let agents see “Photos”' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(node.inputs('folders.add')).toEqual([{ path: '/home/a/Photos', owner }]);
});

test('the arrow keys go through the list and Backspace goes up', async () => {
  open();
  const list = await screen.findByRole('list', { name: 'Folders here' });
  const rows = () => [...list.querySelectorAll('button')].map((row) => row === document.activeElement);
  expect(rows(), 'the first folder in it has the focus').toEqual([false, true, false]);
  fireEvent.keyDown(list, { key: 'ArrowUp' });
  expect(rows()).toEqual([true, false, false]);
  fireEvent.keyDown(list, { key: 'ArrowDown' });
  expect(rows()).toEqual([false, true, false]);
  fireEvent.keyDown(list, { key: 'End' });
  expect(rows()).toEqual([false, false, true]);
  fireEvent.keyDown(list, { key: 'Backspace' });
  expect(await screen.findByRole('button', { name: 'Let agents see “home”' })).toBeTruthy();
});

test('a path that is not there is told, and the place before stays', async () => {
  const { node } = open();
  fireEvent.change(await screen.findByRole('textbox', { name: 'Or by its path' }), { target: { value: '/none' } });
  fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(await screen.findByText(/there is no folder \/none/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Let agents see “a”' })).toBeTruthy();
  expect(node.inputs('folders.add')).toEqual([]);
});

test('a folder that is refused says why, and the dialog stays', async () => {
  const node = client();
  node.answer('folders.add', () => {
    throw new FailureError({ kind: 'folder-refused', path: '/home/a', cause: 'home' });
  });
  const { onClose } = open(node);
  fireEvent.click(await screen.findByRole('button', { name: 'Let agents see “a”' }));
  expect(await screen.findByText(/agents cannot see all of it/)).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
});

const chip = (agent = anAgent({ tools: ['list_files'] }), conversationId: string | null = chat) => (
  <FoldersChip agent={agent} conversationId={conversationId} ensureConversation={async () => chat} />
);

test('the chip tells what the agent sees here, and takes a folder back', async () => {
  const agent = anAgent({ tools: ['read_file'] });
  const node = client();
  const folders = [
    folder('/home/a/Texts'),
    folder('/home/a/Photos', { owner: { kind: 'agent', agentId: agent.id }, isThere: false }),
    folder('/elsewhere', { owner: { kind: 'agent', agentId: 'other' } }),
  ];
  node.emit('hands.watch', handsView({ folders }), true);
  renderPage(chip(agent), node);
  fireEvent.click(await screen.findByRole('button', { name: '2 folders' }));
  expect(await screen.findByText('/home/a/Texts')).toBeTruthy();
  expect(screen.getByText('Cannot be reached at present.')).toBeTruthy();
  expect(screen.queryByText('/elsewhere')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Take back Texts' }));
  await waitFor(() => expect(node.inputs('folders.remove')).toEqual([{ id: testId('/home/a/Texts'.length) }]));
});

test('a new chat is made for the folder that is picked in it', async () => {
  const node = client();
  renderPage(chip(undefined, null), node);
  fireEvent.click(await screen.findByRole('button', { name: 'Folders' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Add a folder to this chat' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Photos' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Let agents see “Photos”' }));
  await waitFor(() => expect(node.inputs('folders.add')).toEqual([{ path: '/home/a/Photos', owner }]));
});

test('an agent without tools for files shows no chip', async () => {
  const node = client();
  renderPage(chip(anAgent({ tools: ['search_chats'] })), node);
  await waitFor(() => expect(node.watching('hands.watch')).toBe(1));
  expect(screen.queryByRole('button')).toBeNull();
});
