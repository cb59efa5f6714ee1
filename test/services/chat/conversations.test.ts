import { expect, test } from 'vitest';
import type { ConversationView } from '../../../node-core/api/conversation-views.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { testId } from '../../builders/ids.ts';

const day = 24 * 60 * 60 * 1000;

async function all({ chat }: TestChat): Promise<readonly ConversationView[]> {
  let found: readonly ConversationView[] = [];
  const stop = await chat.handlers.subscriptions['conversations.watch'](
    {},
    {
      next: (item) => {
        if (item.kind === 'all') found = item.conversations;
      },
    },
  );
  stop();
  return found;
}

test('a new conversation has the default agent and leaves everything to the model', async () => {
  const open = await openTestChat();
  expect(await open.call('conversations.create', { agentId: null, model: null })).toEqual({
    id: expect.any(String),
    title: '',
    agentId: 'nunba',
    model: null,
    parameters: { temperature: null, topP: null, maxOutputTokens: null },
    isPinned: false,
    createdAt: open.clock.now(),
    updatedAt: open.clock.now(),
    isRunning: false,
  });
});

test('agent, model and parameters that are chosen reach the answerer', async () => {
  const open = await openTestChat();
  const { id } = await open.call('conversations.create', { agentId: 'coder', model: 'p/m' });
  const parameters = { temperature: 0.5, topP: null, maxOutputTokens: 100 };
  await open.call('conversations.update', { id, model: 'q/n', parameters, isPinned: true });
  await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [] });
  const { request } = await open.answerer.next();
  expect(request).toMatchObject({ agentId: 'coder', model: 'q/n', modelChosenBy: 'chat', parameters });
  await open.call('conversations.update', { id, model: null, agentId: 'writer' });
  expect(await all(open)).toMatchObject([{ id, model: null, agentId: 'writer', isPinned: true, isRunning: true }]);
});

test('the title comes from the first message and stays what the person made it', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  await open.exchange(id, '## Plan my\nholiday', 'Where to?');
  expect((await all(open))[0]?.title).toBe('Plan my holiday');
  await open.call('conversations.update', { id, title: 'Holiday' });
  await open.exchange(id, 'To the sea', 'Fine.');
  expect((await all(open))[0]?.title).toBe('Holiday');
});

test('the list has the newest change first; naming and pinning do not count', async () => {
  const open = await openTestChat();
  const first = await open.conversation();
  await open.clock.advance(10);
  const second = await open.conversation();
  await open.clock.advance(10);
  await open.call('conversations.update', { id: first, title: 'First', isPinned: true });
  expect((await all(open)).map((each) => each.id)).toEqual([second, first]);
  await open.exchange(first, 'x', 'y');
  expect((await all(open)).map((each) => each.id)).toEqual([first, second]);
});

test('delete stops the turn and takes it out of view; restore brings everything back', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text: 'hello', attachmentIds: [] });
  const answer = await open.answerer.next();
  const watched = await open.watch(id);
  answer.text('Half');
  await open.clock.advance(0);
  await open.call('conversations.delete', { id });
  expect(answer.signal.aborted).toBe(true);
  expect(await all(open)).toEqual([]);
  await expect(open.watch(id)).rejects.toMatchObject({ failure: { kind: 'not-found', what: 'conversation' } });
  await expect(open.call('thread.page', { conversationId: id, from: 0, count: 1 })).rejects.toMatchObject({
    failure: { kind: 'not-found', what: 'conversation' },
  });
  await expect(open.call('conversations.delete', { id })).rejects.toMatchObject({ failure: { kind: 'not-found' } });

  expect(await open.call('conversations.restore', { id })).toMatchObject({ id, isRunning: false });
  const { items } = await open.watch(id);
  expect(items[0]).toMatchObject({ page: { messages: [{ text: 'hello' }, { state: { kind: 'stopped' } }] } });
  await open.exchange(id, 'again', 'yes');
  expect(watched.items.at(-1)).toMatchObject({ kind: 'conversation', conversation: { id, isRunning: false } });
});

test('what was deleted can be brought back for 30 days, then it is gone for good', async () => {
  const open = await openTestChat();
  const kept = await open.conversation();
  const { userMessageId } = await open.exchange(kept, 'a secret', 'ok');
  const gone = await open.conversation();
  await open.exchange(gone, 'another secret', 'ok');
  await open.call('thread.delete', { messageId: userMessageId });
  await open.call('conversations.delete', { id: gone });
  await open.clock.advance(29 * day);
  await open.chat.recover();
  await open.call('conversations.restore', { id: gone });
  await open.call('conversations.delete', { id: gone });
  await open.clock.advance(2 * day);
  await expect(open.call('thread.restore', { messageId: userMessageId })).rejects.toMatchObject({
    failure: { kind: 'not-found' },
  });
  await open.clock.advance(29 * day);
  await expect(open.call('conversations.restore', { id: gone })).rejects.toMatchObject({
    failure: { kind: 'not-found', what: 'conversation' },
  });
  const left = await open.storage.db.selectFrom('messages').select('text').execute();
  expect(left).toEqual([]);
  expect((await all(open)).map((each) => each.id)).toEqual([kept]);
  expect(await open.storage.check()).toEqual([]);
});

test.each(['conversations.delete', 'conversations.restore'] as const)(
  '%s of what is not there says so',
  async (name) => {
    const open = await openTestChat();
    await expect(open.call(name, { id: testId(1, 7) })).rejects.toMatchObject({
      failure: { kind: 'not-found', what: 'conversation' },
    });
  },
);
