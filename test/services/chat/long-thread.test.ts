import { expect, test } from 'vitest';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { testId } from '../../builders/ids.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';

const length = 10_000;

/** A conversation of 10,000 messages with a second branch that leaves it at message 4,000. */
async function longConversation(): Promise<{ open: TestChat; id: string }> {
  const open = await openTestChat();
  const id = await open.conversation();
  const row = (index: number, parent: number | null, text: string) => ({
    id: testId(index, 1),
    conversation_id: id,
    parent_id: parent === null ? null : testId(parent, 1),
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    created_at: index,
    deleted_at: null,
    deleted_with: null,
    agent_id: index % 2 === 0 ? null : 'nunba',
    turn: index % 2 === 0 ? null : ('complete' as const),
    turn_json: index % 2 === 0 ? null : '{"reason":"complete"}',
    provenance_json: null,
    timing_json: null,
    text,
    parts_json: index % 2 === 0 ? null : JSON.stringify([{ kind: 'text', text }]),
  });
  await open.storage.db.transaction().execute(async (db) => {
    for (let start = 0; start < length; start += 100) {
      const rows = Array.from({ length: 100 }, (_, offset) => start + offset);
      const values = rows.map((index) => row(index, index === 0 ? null : index - 1, `message ${index}`));
      await db.insertInto('messages').values(values).execute();
    }
    await db
      .insertInto('messages')
      .values(row(length, 3_999, 'the other branch'))
      .execute();
    await db
      .updateTable('conversations')
      .set({ leaf_id: testId(length - 1, 1) })
      .where('id', '=', id)
      .execute();
  });
  return { open, id };
}

test('ten thousand messages open with the newest, and every other page is right', async () => {
  const { open, id } = await longConversation();
  const { items } = await open.watch(id);
  const opened = items[0]?.kind === 'opened' ? items[0].page : null;
  expect(opened).toMatchObject({ length, from: length - 60 });
  expect(opened?.messages.map((message) => message.createdAt)).toEqual(
    Array.from({ length: 60 }, (_, index) => length - 60 + index),
  );
  const seen: number[] = [];
  for (let from = 0; from < length; from += 200) {
    const page = await open.call('thread.page', { conversationId: id, from, count: 200 });
    expect(page).toMatchObject({ length, from });
    seen.push(...page.messages.map((message) => message.createdAt));
  }
  expect(seen).toEqual(Array.from({ length }, (_, index) => index));
  const past = await open.call('thread.page', { conversationId: id, from: length, count: 10 });
  expect(past).toEqual({ length, from: length, messages: [] });
});

test('a branch in the middle is shown from where it leaves, and the way back from there on', async () => {
  const { open, id } = await longConversation();
  const mirror = new ThreadMirror();
  await open.chat.handlers.subscriptions['thread.watch']({ conversationId: id }, { next: (item) => mirror.take(item) });
  expect(await open.call('thread.choose', { messageId: testId(length, 1) })).toEqual({ index: 4_000 });
  expect(mirror.messages).toHaveLength(4_001);
  expect(mirror.messages.at(-1)).toMatchObject({ text: 'the other branch', siblings: { index: 1, count: 2 } });
  expect(await open.call('thread.choose', { messageId: testId(4_000, 1) })).toEqual({ index: 4_000 });
  expect(mirror.messages).toHaveLength(length);
  expect(mirror.messages[4_000]).toMatchObject({ text: 'message 4000', siblings: { index: 0, count: 2 } });
  expect(mirror.messages.slice(4_000, 4_060).every((message) => message !== null)).toBe(true);
  expect(mirror.messages[4_060]).toBeNull();
});

test('deleting most of a long branch and restoring it is exact', async () => {
  const { open, id } = await longConversation();
  await open.call('thread.delete', { messageId: testId(1, 1) });
  expect((await open.call('thread.page', { conversationId: id, from: 0, count: 5 })).length).toBe(1);
  await open.call('thread.restore', { messageId: testId(1, 1) });
  const page = await open.call('thread.page', { conversationId: id, from: length - 1, count: 5 });
  expect(page).toMatchObject({ length, messages: [{ createdAt: length - 1 }] });
  expect(await open.storage.check()).toEqual([]);
});

test('a conversation of ten thousand messages can be purged', async () => {
  const { open, id } = await longConversation();
  await open.call('conversations.delete', { id });
  await open.clock.advance(31 * 24 * 60 * 60 * 1000);
  await open.chat.recover();
  const rows = await open.storage.db.selectFrom('messages').select('id').execute();
  expect(rows).toEqual([]);
});
