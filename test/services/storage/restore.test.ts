import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';

const permit = (): void => undefined;

/** What each visible conversation's shown branch says. */
async function told({ storage, call }: TestChat): Promise<string[]> {
  const rows = await storage.db
    .selectFrom('conversations')
    .select('id')
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const branches: string[] = [];
  for (const { id } of rows) {
    const { messages } = await call('thread.page', { conversationId: id, from: 0, count: 200 });
    branches.push(messages.map((message) => (message.role === 'user' ? message.text : '.')).join(' '));
  }
  return branches;
}

/** Two conversations; a backup; then one is changed, one deleted, one new. */
async function changedSince() {
  const open = await openTestChat();
  const first = await open.conversation();
  await open.exchange(first, 'one', 'x');
  const second = await open.conversation();
  await open.exchange(second, 'two', 'x');
  const backup = await open.storage.backup();
  await open.clock.advance(1000);
  await open.exchange(first, 'later', 'x');
  await open.call('conversations.delete', { id: second });
  const third = await open.conversation();
  await open.exchange(third, 'three', 'x');
  return { open, backup, first, second, third };
}

test('a comparison says what a merge would bring and a replacement would take', async () => {
  const { open, backup, second } = await changedSince();
  const before = fs.readFileSync(path.join(open.backupsFolder, backup.name));
  expect(await open.storage.compareBackup(backup.name)).toEqual({
    inBackup: { conversations: 2, messages: 4 },
    inPresent: { conversations: 2, messages: 6 },
    onlyInBackup: [{ id: second, title: 'two', updatedAt: expect.any(Number) }],
    onlyInPresentCount: 1,
  });
  expect(fs.readFileSync(path.join(open.backupsFolder, backup.name)).equals(before)).toBe(true);
  expect(fs.readdirSync(open.folder).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('replace puts everything back as it was, with a copy of the present first', async () => {
  const { open, backup } = await changedSince();
  const result = await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  expect(await told(open)).toEqual(['one .', 'two .']);
  expect(result).toMatchObject({ conversationsAdded: 1, copyOfPresent: { reason: 'before-restore' } });
  expect(await open.storage.check()).toEqual([]);
  expect((await open.call('search.messages', { query: 'later', limit: 5 })).hits).toEqual([]);

  await open.storage.restore({ name: result.copyOfPresent.name, mode: 'replace', permit });
  expect(await told(open)).toEqual(['one . later .', 'three .']);
  await open.chat.stop();
  await open.storage.close();
  const next = await openTestChat({ folder: open.folder, series: 1 });
  expect(await told(next)).toEqual(['one . later .', 'three .']);
});

test('the database is open, durable and fully synchronous after a replacement', async () => {
  const { open, backup } = await changedSince();
  await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  const raw = new Database(open.file, { readonly: true });
  expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
  await open.exchange(await open.conversation(), 'after', 'x');
  expect(raw.prepare("SELECT count(*) FROM messages WHERE text = 'after'").pluck().get()).toBe(1);
  raw.close();
});

test('merge brings back what is missing and keeps all that is here', async () => {
  const { open, backup } = await changedSince();
  const result = await open.storage.restore({ name: backup.name, mode: 'merge', permit });
  expect(result.conversationsAdded).toBe(1);
  expect(await told(open)).toEqual(['one . later .', 'two .', 'three .']);
  expect((await open.call('search.messages', { query: 'two', limit: 5 })).hits).toHaveLength(1);
  expect(await open.storage.check()).toEqual([]);
  const again = await open.storage.restore({ name: backup.name, mode: 'merge', permit });
  expect(again.conversationsAdded).toBe(0);
  expect(await told(open)).toEqual(['one . later .', 'two .', 'three .']);
});

test('an old backup replaced by mistake, then the newer one merged: nothing is lost', async () => {
  const { open, backup } = await changedSince();
  const { copyOfPresent } = await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  await open.storage.restore({ name: copyOfPresent.name, mode: 'merge', permit });
  expect(await told(open)).toEqual(['one . later .', 'two .', 'three .']);
});

test('what was deleted here stays deleted when its conversation is merged, with what the backup has below', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const { userMessageId } = await open.exchange(id, 'one', 'x');
  const early = await open.storage.backup();
  await open.exchange(id, 'below', 'x');
  const late = await open.storage.backup();
  await open.storage.restore({ name: early.name, mode: 'replace', permit });
  await open.call('thread.delete', { messageId: userMessageId });
  await open.storage.restore({ name: late.name, mode: 'merge', permit });
  expect((await open.call('search.messages', { query: 'below', limit: 5 })).hits).toEqual([]);
  await open.call('thread.restore', { messageId: userMessageId });
  expect((await open.call('search.messages', { query: 'below', limit: 5 })).hits).toHaveLength(1);
});

test('attachments and checklists come along', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const file = { conversationId: id, name: 'a.txt', mediaType: '', base64: Buffer.from('A').toString('base64') };
  const { id: attachmentId } = await open.call('attachments.add', file);
  await open.call('thread.send', { conversationId: id, text: 'see', attachmentIds: [attachmentId] });
  await open.call('thread.stop', { conversationId: id });
  await open.call('checklist.save', {
    conversationId: id,
    revision: 0,
    items: [{ id: '1', text: 'do', isDone: true }],
  });
  const backup = await open.storage.backup();
  await open.storage.db.deleteFrom('conversations').execute();
  await open.storage.restore({ name: backup.name, mode: 'merge', permit });
  const { items } = await open.watch(id);
  expect(items[0]).toMatchObject({
    checklist: { items: [{ text: 'do', isDone: true }] },
    page: { messages: [{ attachments: [{ id: attachmentId, name: 'a.txt' }] }, {}] },
  });
});

test('watchers get a new beginning', async () => {
  const { open, backup, first, third } = await changedSince();
  const mirror = new ThreadMirror();
  const lists: number[] = [];
  await open.chat.handlers.subscriptions['thread.watch'](
    { conversationId: first },
    { next: (item) => mirror.take(item) },
  );
  const gone = await open.watch(third);
  await open.chat.handlers.subscriptions['conversations.watch'](
    {},
    { next: (item) => void (item.kind === 'all' && lists.push(item.conversations.length)) },
  );
  expect(mirror.messages).toHaveLength(4);
  await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  expect(mirror.messages).toHaveLength(2);
  expect(lists).toEqual([2, 2]);
  expect(gone.items).toHaveLength(1);
  await open.exchange(first, 'anew', 'x');
  expect(mirror.messages).toHaveLength(4);
});

test('a turn that the backup caught at work is interrupted when it is restored', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [] });
  (await open.answerer.next()).text('Half');
  await open.clock.advance(600);
  const backup = await open.storage.backup();
  await open.call('thread.stop', { conversationId: id });
  await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  const { messages } = await open.call('thread.page', { conversationId: id, from: 1, count: 1 });
  expect(messages[0]).toMatchObject({ state: { kind: 'interrupted' }, parts: [{ text: 'Half' }] });
});

test('facts about the node itself stay what they are', async () => {
  const open = await openTestChat();
  const set = (name: string, value: string) =>
    open.storage.db.insertInto('settings').values({ name, value_json: value }).execute();
  await set('settings.theme', '"dark"');
  const backup = await open.storage.backup();
  await set('node.tier', '"flat"');
  await open.storage.restore({ name: backup.name, mode: 'replace', permit });
  expect(await open.storage.db.selectFrom('settings').selectAll().orderBy('name').execute()).toEqual([
    { name: 'node.tier', value_json: '"flat"' },
    { name: 'settings.theme', value_json: '"dark"' },
  ]);
});

test.each(['replace', 'merge'] as const)('%s leaves everything about the hive as it is', async (mode) => {
  const open = await openTestChat();
  const { db } = open.storage;
  const invite = (id: string) =>
    db
      .insertInto('hive_invites')
      .values({ id, secret: 's', tier: 'local', may_issue: 0, uses: 1, created_at: 1, expires_at: 9, revoked_at: null })
      .execute();
  const audit = (act: string) =>
    db.insertInto('hive_audit').values({ at: 1, act, subject: 'a', detail_json: '{}' }).execute();
  await invite('withdrawn');
  await audit('then');
  const backup = await open.storage.backup();
  await db.updateTable('hive_invites').set({ revoked_at: 5 }).execute();
  await invite('later');
  await db.insertInto('hive_invite_uses').values({ invite_id: 'later', public_key: 'a', used_at: 1 }).execute();
  await db
    .insertInto('hive_revocations')
    .values({ public_key: 'a', serial: '', until: 9, reason: '', revoked_at: 5 })
    .execute();
  await db.deleteFrom('hive_audit').execute();
  await audit('since');
  const hive = async () => ({
    invites: await open.storage.db.selectFrom('hive_invites').select(['id', 'revoked_at']).orderBy('id').execute(),
    uses: await open.storage.db.selectFrom('hive_invite_uses').select('invite_id').execute(),
    revoked: await open.storage.db.selectFrom('hive_revocations').select('public_key').execute(),
    audit: await open.storage.db.selectFrom('hive_audit').select('act').execute(),
  });
  const before = await hive();
  await open.storage.restore({ name: backup.name, mode, permit });
  expect(await hive()).toEqual(before);
  expect(await open.storage.check()).toEqual([]);
});

test.each(['before', 'after'])('a refusal %s the copy was made changes nothing', async (when) => {
  const { open, backup } = await changedSince();
  const before = await told(open);
  let asked = 0;
  const refuse = (): void => {
    asked += 1;
    if (asked === (when === 'before' ? 1 : 2)) throw new FailureError({ kind: 'turn-running' });
  };
  await expect(open.storage.restore({ name: backup.name, mode: 'replace', permit: refuse })).rejects.toMatchObject({
    failure: { kind: 'turn-running' },
  });
  expect(await told(open)).toEqual(before);
});

const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['is no database', (file) => fs.writeFileSync(file, 'hello '.repeat(2000))],
  ['is cut off', (file) => fs.truncateSync(file, 8192)],
  ['is empty', (file) => fs.writeFileSync(file, '')],
  ['was overwritten within', (file) => fs.writeFileSync(file, fs.readFileSync(file).fill(0x55, 9000, 30_000))],
  ['is another program’s', (file) => change(file, 'PRAGMA application_id = 1')],
  ['is of a newer Nunba', (file) => change(file, 'PRAGMA user_version = 99')],
];

function change(file: string, statement: string): void {
  const raw = new Database(file);
  raw.exec(statement);
  raw.close();
}

test.each(damages)('a backup that %s is refused and changes nothing', async (_, damage) => {
  const { open, backup } = await changedSince();
  const before = await told(open);
  damage(path.join(open.backupsFolder, backup.name));
  const failure = { failure: { kind: 'backup-unreadable', name: backup.name } };
  for (const mode of ['replace', 'merge'] as const) {
    await expect(open.storage.restore({ name: backup.name, mode, permit })).rejects.toMatchObject(failure);
  }
  await expect(open.storage.compareBackup(backup.name)).rejects.toMatchObject(failure);
  expect(await told(open)).toEqual(before);
  await open.exchange(await open.conversation(), 'goes on', 'x');
});

test('a replacement that breaks off in the middle leaves the present as it was', async () => {
  const { open, backup } = await changedSince();
  const before = await told(open);
  // Whoever holds a lock keeps the journal from being taken in, so the file must not be moved.
  const reader = new Database(open.file, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM messages').get();
  await expect(open.storage.restore({ name: backup.name, mode: 'replace', permit })).rejects.toThrow();
  reader.close();
  expect(await told(open)).toEqual(before);
  await open.exchange(await open.conversation(), 'goes on', 'x');
  expect(await open.storage.check()).toEqual([]);
});

test('a backup that is not there says so', async () => {
  const open = await openTestChat();
  await expect(open.storage.restore({ name: 'none.db', mode: 'merge', permit })).rejects.toMatchObject({
    failure: { kind: 'not-found', what: 'backup' },
  });
});
