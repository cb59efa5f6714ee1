import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PickedFolders } from '../../../node-core/agents/files/folders/picked-folders.ts';
import { rootsOf } from '../../../node-core/agents/files/folders/roots.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import { createIds, testId } from '../../builders/ids.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const chat = testId(1);

async function open() {
  const folder = tempFolder();
  const clock = createFakeClock(1_750_000_000_000);
  const at = (name: string): string => path.join(folder, name);
  writeFiles(folder, {
    'home/Photos/2024/a.jpg': 'a',
    'home/Photos/b.jpg': 'b',
    'home/Photos/.hidden/c.jpg': 'c',
    'home/Texts/t.txt': 't',
    'data/x': 'x',
  });
  const storage = await openStorage({
    file: at('data/nunba.db'),
    backupsFolder: at('data/backups'),
    clock,
    log: createRecordedLog(),
  });
  onTestFinished(() => storage.close());
  const row = { title: 't', agent_id: 'nunba', model: null, parameters_json: '{}', is_pinned: 0, leaf_id: null };
  await storage.db
    .insertInto('conversations')
    .values({ ...row, id: chat, created_at: 1, updated_at: 1, deleted_at: null })
    .execute();
  const surroundings = { platform: process.platform, home: at('home'), dataFolder: at('data'), environment: {} };
  const openFolders = async (): Promise<PickedFolders> => {
    const agentExists = (id: string): boolean => id === 'nunba';
    const ids = createIds();
    const folders = new PickedFolders({ storage, files: nodeFiles, clock, ids, agentExists, surroundings });
    await folders.start();
    return folders;
  };
  return { at, storage, folders: await openFolders(), openFolders };
}

const agent = { kind: 'agent', agentId: 'nunba' } as const;
const ofChat = { kind: 'chat', conversationId: chat } as const;
const kindOf = async (call: unknown): Promise<unknown> => {
  try {
    await call;
    return null;
  } catch (error) {
    return failureOf(error);
  }
};

test('a folder is picked as it really is, told, kept, and taken back', async () => {
  const { at, folders, openFolders } = await open();
  fs.symlinkSync(at('home/Photos'), at('home/link'));
  let changes = 0;
  folders.onChange(() => {
    changes += 1;
  });

  const picked = await folders.handlers['folders.add']({ path: at('home/link'), owner: agent });

  expect(picked).toMatchObject({ path: at('home/Photos'), owner: agent, isThere: true });
  expect(folders.list()).toEqual([picked]);
  expect((await openFolders()).list()).toEqual([picked]);
  expect(changes).toBe(1);
  fs.renameSync(at('home/Photos'), at('home/Moved'));
  await folders.refresh();
  expect(folders.list()).toEqual([{ ...picked, isThere: false }]);
  await folders.handlers['folders.remove']({ id: picked.id });
  expect(folders.list()).toEqual([]);
  expect(changes).toBe(3);
  expect(await kindOf(folders.handlers['folders.remove']({ id: picked.id }))).toEqual({
    kind: 'not-found',
    what: 'folder',
  });
});

test('a folder within a picked one is that one; one around takes its place; each owner has its own', async () => {
  const { at, folders } = await open();
  const add = (name: string, owner: typeof agent | typeof ofChat) =>
    folders.handlers['folders.add']({ path: at(name), owner });
  const inner = await add('home/Photos/2024', agent);
  const outer = await add('home/Photos', agent);
  expect(await add('home/Photos/2024', agent)).toEqual(outer);
  const chats = await add('home/Photos/2024', ofChat);
  await add('home/Texts', ofChat);

  expect(folders.list().map(({ id }) => id)).not.toContain(inner.id);
  expect(chats.path).toBe(at('home/Photos/2024'));
  expect(await folders.rootsFor('nunba', chat)).toEqual([
    { path: at('home/Photos'), name: 'Photos' },
    { path: at('home/Texts'), name: 'Texts' },
  ]);
  expect(await folders.rootsFor('nunba', testId(2))).toEqual([{ path: at('home/Photos'), name: 'Photos' }]);
  expect(await folders.rootsFor('other', testId(2))).toEqual([]);
});

test('what cannot be picked is refused with its reason', async () => {
  const { at, folders } = await open();
  const refused = (name: string) => kindOf(folders.handlers['folders.add']({ path: at(name), owner: agent }));
  expect(await refused('home')).toMatchObject({ kind: 'folder-refused', cause: 'home' });
  expect(await refused('data')).toMatchObject({ cause: 'own-data' });
  expect(await refused('.')).toMatchObject({ cause: 'own-data' });
  expect(await refused('home/none')).toMatchObject({ cause: 'not-there' });
  expect(await refused('home/Texts/t.txt')).toMatchObject({ cause: 'not-a-folder' });
  fs.symlinkSync('/', at('home/root'));
  expect(await refused('home/root')).toMatchObject({ cause: 'root' });
  const to = (owner: Parameters<PickedFolders['handlers']['folders.add']>[0]['owner']) =>
    kindOf(folders.handlers['folders.add']({ path: at('home/Photos'), owner }));
  expect(await to({ kind: 'agent', agentId: 'gone' })).toEqual({ kind: 'not-found', what: 'agent' });
  expect(await to({ kind: 'chat', conversationId: testId(9) })).toEqual({ kind: 'not-found', what: 'conversation' });
});

test('a conversation takes its folders along, out of view and when it is purged', async () => {
  const { at, folders, storage } = await open();
  await folders.handlers['folders.add']({ path: at('home/Photos'), owner: ofChat });
  await storage.db.updateTable('conversations').set({ deleted_at: 5 }).execute();
  await folders.refresh();
  expect(folders.list()).toEqual([]);
  await storage.db.updateTable('conversations').set({ deleted_at: null }).execute();
  await folders.refresh();
  expect(folders.list()).toHaveLength(1);
  await storage.db.deleteFrom('conversations').execute();
  expect(await storage.db.selectFrom('picked_folders').selectAll().execute()).toEqual([]);
});

test('a backup lets no agent see more than before it took the place of the present', async () => {
  const { at, folders, storage } = await open();
  const old = await folders.handlers['folders.add']({ path: at('home/Photos'), owner: agent });
  const { name } = await storage.backup();
  await folders.handlers['folders.remove']({ id: old.id });
  const texts = await folders.handlers['folders.add']({ path: at('home/Texts'), owner: ofChat });
  for (const mode of ['replace', 'merge'] as const) {
    await storage.restore({ name, mode, permit: () => undefined });
    expect(folders.list()).toEqual([texts]);
  }
});

test('folders of agents that were purged are forgotten', async () => {
  const { storage, openFolders } = await open();
  const row = { conversation_id: null, path: '/x', picked_at: 1 };
  await storage.db
    .insertInto('picked_folders')
    .values([
      { ...row, id: testId(1), agent_id: 'own-gone' },
      { ...row, id: testId(2), agent_id: 'nunba' },
    ])
    .execute();
  expect((await openFolders()).list().map(({ id }) => id)).toEqual([testId(2)]);
});

test('a folder is browsed without what is hidden', async () => {
  const { at, folders } = await open();
  const browse = folders.handlers['folders.browse'];
  expect(await browse({ path: null, ending: null })).toEqual({
    path: at('home'),
    parent: at('.').replace(/\/$/, ''),
    folders: [
      { name: 'Photos', path: at('home/Photos') },
      { name: 'Texts', path: at('home/Texts') },
    ],
    fileCount: 0,
    files: [],
  });
  expect(await browse({ path: at('home/Photos'), ending: null })).toMatchObject({
    folders: [{ name: '2024' }],
    fileCount: 1,
  });
  expect(await browse({ path: '/', ending: null })).toMatchObject({ path: '/', parent: null });
  expect(await kindOf(browse({ path: at('none'), ending: null }))).toMatchObject({ cause: 'not-there' });
});

test('files of one kind are shown with their sizes, also behind a link, and nothing else', async () => {
  const { at, folders } = await open();
  writeFiles(at('home/Photos'), {
    'b.GGUF': 'four',
    'a10.gguf': '',
    'a9.gguf': 'x',
    '.hidden.gguf': '',
    'c.gguf.part': '',
  });
  fs.mkdirSync(at('home/Photos/folder.gguf'));
  fs.symlinkSync(at('home/Photos/b.GGUF'), at('home/Photos/link.gguf'));
  fs.symlinkSync(at('home/nowhere'), at('home/Photos/lost.gguf'));
  const { files } = await folders.handlers['folders.browse']({ path: at('home/Photos'), ending: '.gguf' });
  expect(files).toEqual([
    { name: 'a9.gguf', path: at('home/Photos/a9.gguf'), sizeBytes: 1 },
    { name: 'a10.gguf', path: at('home/Photos/a10.gguf'), sizeBytes: 0 },
    { name: 'b.GGUF', path: at('home/Photos/b.GGUF'), sizeBytes: 4 },
    { name: 'link.gguf', path: at('home/Photos/link.gguf'), sizeBytes: 4 },
  ]);
});

test('two folders of one name are told apart', () => {
  expect(rootsOf(['/a/x', '/b/x', '/a/x/inner', '/a/x/.ssh'])).toEqual([
    { path: '/a/x', name: 'x' },
    { path: '/b/x', name: 'x (2)' },
    { path: '/a/x/.ssh', name: '.ssh' },
  ]);
});
