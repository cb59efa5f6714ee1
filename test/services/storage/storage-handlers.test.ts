import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { contract } from '../../../node-core/api/contract.ts';
import { createStorageHandlers } from '../../../node-core/storage/storage-handlers.ts';
import { synchronisedBy } from '../../../node-core/storage/synchronised-folder.ts';
import { openTestChat } from '../../builders/chat.ts';

async function handlers() {
  const open = await openTestChat();
  const opened: string[] = [];
  const { calls } = createStorageHandlers({
    ...open,
    updateRecord: path.join(open.folder, 'update.json'),
    version: '0.1.0',
    runningTurns: () => open.chat.runningTurns(),
    openPath: (folder) => Promise.resolve(void opened.push(folder)),
  });
  return { open, calls, opened };
}

test('says what is kept and where', async () => {
  const { open, calls } = await handlers();
  await open.exchange(await open.conversation(), 'a', 'b');
  const backup = await calls['storage.backup']({});
  const info = contract.calls['storage.info'].output.parse(await calls['storage.info']({}));
  expect(info).toMatchObject({
    folder: open.folder,
    counts: { conversations: 1, messages: 2 },
    synchronisedBy: null,
    backups: [backup],
    lastCheck: null,
  });
  expect(info.databaseBytes).toBeGreaterThan(0);
  expect(info.freeBytes).toBeGreaterThan(0);
});

test('a check is remembered for this run', async () => {
  const { open, calls } = await handlers();
  await calls['storage.check']({});
  expect((await calls['storage.info']({})).lastCheck).toEqual({ at: open.clock.now(), problems: [] });
});

test('a check finds a text index that does not hold together', async () => {
  const { open, calls } = await handlers();
  await open.exchange(await open.conversation(), 'words', 'b');
  const raw = new Database(open.file).unsafeMode();
  raw.exec("UPDATE messages_text_data SET block = x'00' WHERE id > 10");
  raw.close();
  expect((await calls['storage.check']({})).lastCheck?.problems.length).toBeGreaterThan(0);
});

test('a preview names the backup and what it would bring', async () => {
  const { open, calls } = await handlers();
  const id = await open.conversation();
  await open.exchange(id, 'a', 'b');
  const backup = await calls['storage.backup']({});
  await open.call('conversations.delete', { id });
  const preview = contract.calls['storage.previewRestore'].output.parse(
    await calls['storage.previewRestore']({ name: backup.name }),
  );
  expect(preview).toMatchObject({ backup, onlyInBackup: [{ id, title: 'a' }], onlyInBackupCount: 1 });
});

test('a restore is refused while an agent answers', async () => {
  const { open, calls } = await handlers();
  const backup = await calls['storage.backup']({});
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [] });
  await expect(calls['storage.restore']({ name: backup.name, mode: 'merge' })).rejects.toMatchObject({
    failure: { kind: 'turn-running' },
  });
  await open.call('thread.stop', { conversationId: id });
  const result = await calls['storage.restore']({ name: backup.name, mode: 'merge' });
  expect(contract.calls['storage.restore'].output.parse(result)).toMatchObject({ conversationsAdded: 0 });
});

test('opens the data folder', async () => {
  const { open, calls, opened } = await handlers();
  await calls['storage.openFolder']({});
  expect(opened).toEqual([open.folder]);
});

test.each([
  ['C:\\Users\\Ada\\OneDrive\\Documents\\Nunba\\data', 'OneDrive'],
  ['C:\\Users\\Ada\\OneDrive - Example Ltd\\Nunba', 'OneDrive'],
  ['/Users/ada/Library/CloudStorage/OneDrive-Personal/Nunba', 'OneDrive'],
  ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/Nunba', 'iCloud'],
  ['C:\\Users\\Ada\\iCloudDrive\\Nunba', 'iCloud'],
  ['/home/ada/Dropbox/Nunba', 'Dropbox'],
  ['/home/ada/Dropbox (Personal)/Nunba', 'Dropbox'],
  ['/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.com/My Drive', 'Google Drive'],
  ['/home/ada/Documents/Nunba/data', null],
  ['/home/ada/dropboxes/about-onedrive', null],
])('%s is synchronised by %s', (folder, program) => {
  expect(synchronisedBy(folder)).toBe(program);
});
