import { expect, test } from 'vitest';
import type { MessageView } from '../../../node-core/api/conversation-views.ts';
import { openTestChat, type TestChat, untilIdle } from '../../builders/chat.ts';
import { testId } from '../../builders/ids.ts';

/** No conversation and no message has this identifier. */
const nowhere = testId(99, 9);

/** The shown branch in words: `U:` a prompt, `A:` an answer. */
async function branch({ call }: TestChat, conversationId: string): Promise<string[]> {
  const { messages } = await call('thread.page', { conversationId, from: 0, count: 200 });
  return messages.map(inWords);
}

const inWords = (message: MessageView): string =>
  message.role === 'user'
    ? `U:${message.text}`
    : `A:${message.parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join('|')}`;

async function answerWith(open: TestChat, conversationId: string, text: string): Promise<void> {
  const answer = await open.answerer.next();
  const idle = untilIdle(open.chat, conversationId);
  answer.text(text);
  answer.finish();
  await idle;
}

/** A conversation with two exchanges, one after the other. */
async function twoExchanges() {
  const open = await openTestChat();
  const id = await open.conversation();
  const first = await open.exchange(id, 'one', '1');
  const second = await open.exchange(id, 'two', '2');
  return { open, id, first, second };
}

test('a prompt continues the shown branch, and the whole branch is told', async () => {
  const { open, id } = await twoExchanges();
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
  expect(open.answerer.answers[1]?.request.history).toEqual([
    { role: 'user', text: 'one', attachments: [] },
    { role: 'assistant', parts: [{ kind: 'text', text: '1' }] },
    { role: 'user', text: 'two', attachments: [] },
  ]);
});

test('edit makes a branch beside the old one, and both stay reachable', async () => {
  const { open, id, first, second } = await twoExchanges();
  const edited = await open.call('thread.edit', { messageId: first.userMessageId, text: 'ONE', attachmentIds: [] });
  await answerWith(open, id, 'I');
  expect(await branch(open, id)).toEqual(['U:ONE', 'A:I']);
  expect(open.answerer.answers[2]?.request.history).toEqual([{ role: 'user', text: 'ONE', attachments: [] }]);
  const { messages } = await open.call('thread.page', { conversationId: id, from: 0, count: 1 });
  expect(messages[0]?.siblings).toEqual({ index: 1, count: 2, previousId: first.userMessageId, nextId: null });

  expect(await open.call('thread.choose', { messageId: first.userMessageId })).toEqual({ index: 0 });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
  expect(await open.call('thread.choose', { messageId: edited.assistantMessageId })).toEqual({ index: 1 });
  expect(await branch(open, id)).toEqual(['U:ONE', 'A:I']);
  expect(await open.call('thread.choose', { messageId: second.userMessageId })).toEqual({ index: 2 });
});

test('retry makes another answer to the same prompt', async () => {
  const { open, id, first, second } = await twoExchanges();
  const again = await open.call('thread.retry', { messageId: second.assistantMessageId });
  expect(again.userMessageId).toBeNull();
  await answerWith(open, id, '2b');
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2b']);
  const { messages } = await open.call('thread.page', { conversationId: id, from: 3, count: 1 });
  expect(messages[0]?.siblings).toEqual({
    index: 1,
    count: 2,
    previousId: second.assistantMessageId,
    nextId: null,
  });
  await open.call('thread.retry', { messageId: first.userMessageId });
  await answerWith(open, id, '1b');
  expect(await branch(open, id)).toEqual(['U:one', 'A:1b']);
  await open.call('thread.choose', { messageId: first.assistantMessageId });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2b']);
});

test('a choice is kept when the node starts again', async () => {
  const { open, id, first } = await twoExchanges();
  await open.call('thread.edit', { messageId: first.userMessageId, text: 'ONE', attachmentIds: [] });
  await answerWith(open, id, 'I');
  await open.call('thread.choose', { messageId: first.userMessageId });
  await open.chat.stop();
  await open.storage.close();
  const next = await openTestChat({ folder: open.folder, series: 1 });
  expect(await branch(next, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
});

test('a stopped answer goes on in the same message; a complete one does not', async () => {
  const { open, id, second } = await twoExchanges();
  await expect(open.call('thread.continue', { messageId: second.assistantMessageId })).rejects.toMatchObject({
    failure: { kind: 'turn-ended' },
  });
  const sent = await open.call('thread.send', { conversationId: id, text: 'three', attachmentIds: [] });
  const answer = await open.answerer.next();
  await open.clock.advance(100);
  answer.text('3 is ');
  answer.say({ kind: 'usage', inputTokens: 10, outputTokens: 2 });
  await open.clock.advance(400);
  await open.call('thread.stop', { conversationId: id });

  await open.call('thread.continue', { messageId: sent.assistantMessageId });
  const more = await open.answerer.next();
  expect(more.request.isContinuation).toBe(true);
  expect(more.request.history.at(-1)).toEqual({ role: 'assistant', parts: [{ kind: 'text', text: '3 is ' }] });
  await open.clock.advance(200);
  const idle = untilIdle(open.chat, id);
  more.text('three');
  more.say({ kind: 'usage', inputTokens: 15, outputTokens: 3 });
  more.finish();
  await idle;
  const { messages } = await open.call('thread.page', { conversationId: id, from: 5, count: 1 });
  expect(messages[0]).toMatchObject({
    id: sent.assistantMessageId,
    state: { kind: 'complete' },
    parts: [{ kind: 'text', text: '3 is three' }],
    timing: { firstTokenMs: 100, durationMs: 700, inputTokens: 25, outputTokens: 5 },
    siblings: { count: 1 },
  });
});

test('an answer that reached the limit goes on; one that something follows does not', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const sent = await open.call('thread.send', { conversationId: id, text: 'long', attachmentIds: [] });
  const answer = await open.answerer.next();
  answer.text('part 1, ');
  answer.finish('length');
  await open.clock.advance(0);
  await open.call('thread.continue', { messageId: sent.assistantMessageId });
  const more = await open.answerer.next();
  more.text('part 2');
  more.finish('length');
  await open.clock.advance(0);
  expect(await branch(open, id)).toEqual(['U:long', 'A:part 1, part 2']);
  await open.exchange(id, 'next', 'ok');
  await expect(open.call('thread.continue', { messageId: sent.assistantMessageId })).rejects.toMatchObject({
    failure: { kind: 'turn-ended' },
  });
});

test('an answer that failed before its first word is asked for anew when it goes on', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const sent = await open.call('thread.send', { conversationId: id, text: 'hi', attachmentIds: [] });
  await open.answerer.next();
  await open.call('thread.stop', { conversationId: id });
  await open.call('thread.continue', { messageId: sent.assistantMessageId });
  const more = await open.answerer.next();
  expect(more.request).toMatchObject({
    isContinuation: false,
    history: [{ role: 'user', text: 'hi', attachments: [] }],
  });
  more.finish();
});

test('delete takes a message and what follows out of view, and restore brings exactly that back', async () => {
  const { open, id, first, second } = await twoExchanges();
  await open.call('thread.delete', { messageId: second.userMessageId });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1']);
  expect((await open.call('search.messages', { query: 'two', limit: 10 })).hits).toEqual([]);
  await open.call('thread.restore', { messageId: second.userMessageId });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
  expect((await open.call('search.messages', { query: 'two', limit: 10 })).hits).toHaveLength(1);

  await open.call('thread.delete', { messageId: first.userMessageId });
  expect(await branch(open, id)).toEqual([]);
  await open.exchange(id, 'anew', 'ok');
  await open.call('thread.restore', { messageId: first.userMessageId });
  expect(await branch(open, id)).toEqual(['U:anew', 'A:ok']);
  const { messages } = await open.call('thread.page', { conversationId: id, from: 0, count: 1 });
  expect(messages[0]?.siblings).toMatchObject({ index: 1, count: 2, previousId: first.userMessageId });
});

test('deleting a version shows the one beside it', async () => {
  const { open, id, first } = await twoExchanges();
  const edited = await open.call('thread.edit', { messageId: first.userMessageId, text: 'ONE', attachmentIds: [] });
  await answerWith(open, id, 'I');
  const watched = await open.watch(id);
  await open.call('thread.delete', { messageId: edited.userMessageId ?? '' });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
  const last = watched.items.findLast((item) => item.kind === 'path');
  expect(last).toMatchObject({
    page: { from: 0, length: 4, messages: [{ siblings: { index: 0, count: 1 } }, {}, {}, {}] },
  });
  await open.call('thread.restore', { messageId: edited.userMessageId ?? '' });
  expect(await branch(open, id)).toEqual(['U:ONE', 'A:I']);
});

test('what was deleted under a deleted message stays hidden until both are back', async () => {
  const { open, id, first, second } = await twoExchanges();
  await open.call('thread.delete', { messageId: second.assistantMessageId });
  await open.call('thread.delete', { messageId: first.userMessageId });
  await open.call('thread.restore', { messageId: second.assistantMessageId });
  expect(await branch(open, id)).toEqual([]);
  expect((await open.call('search.messages', { query: '2', limit: 10 })).hits).toEqual([]);
  await open.call('thread.restore', { messageId: first.userMessageId });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two']);
  await open.call('thread.choose', { messageId: second.assistantMessageId });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1', 'U:two', 'A:2']);
});

test('deleting a message whose answer is being written stops it', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const sent = await open.call('thread.send', { conversationId: id, text: 'hi', attachmentIds: [] });
  const answer = await open.answerer.next();
  await open.call('thread.delete', { messageId: sent.userMessageId ?? '' });
  expect(answer.signal.aborted).toBe(true);
  expect(open.chat.runningTurns()).toBe(0);
  expect(await branch(open, id)).toEqual([]);
});

test.each(['thread.continue', 'thread.retry', 'thread.choose'] as const)(
  '%s that waits behind the deletion of its message finds it gone',
  async (name) => {
    const open = await openTestChat();
    const id = await open.conversation();
    const sent = await open.call('thread.send', { conversationId: id, text: 'hi', attachmentIds: [] });
    await open.call('thread.stop', { conversationId: id });
    const deleting = open.call('thread.delete', { messageId: sent.userMessageId ?? '' });
    await expect(open.call(name, { messageId: sent.assistantMessageId })).rejects.toMatchObject({
      failure: { kind: 'not-found', what: 'message' },
    });
    await deleting;
    const row = await open.storage.db.selectFrom('conversations').select('leaf_id').executeTakeFirst();
    expect(row).toEqual({ leaf_id: null });
  },
);

test('an answer goes on while another branch is shown, and is whole when its branch is shown again', async () => {
  const { open, id, first, second } = await twoExchanges();
  await open.call('thread.retry', { messageId: first.assistantMessageId });
  const answer = await open.answerer.next();
  answer.text('1b is ');
  await open.clock.advance(0);
  await open.call('thread.choose', { messageId: second.userMessageId });
  const watched = await open.watch(id);
  answer.text('hidden ');
  await open.clock.advance(0);
  expect(watched.items.map((item) => item.kind)).toEqual(['opened']);
  await open.call('thread.choose', { messageId: open.answerer.answers[2] ? await newestAnswer(open, id) : '' });
  expect(await branch(open, id)).toEqual(['U:one', 'A:1b is hidden ']);
  answer.text('no more');
  answer.finish();
  await open.clock.advance(0);
  expect(await branch(open, id)).toEqual(['U:one', 'A:1b is hidden no more']);
});

async function newestAnswer(open: TestChat, conversationId: string): Promise<string> {
  const { messages } = await open.call('thread.page', { conversationId, from: 1, count: 1 });
  return messages[0]?.siblings.nextId ?? '';
}

const refusals: readonly (readonly [string, 'conversation' | 'message', (open: TestChat) => Promise<unknown>])[] = [
  [
    'send',
    'conversation',
    ({ call }) => call('thread.send', { conversationId: nowhere, text: 'x', attachmentIds: [] }),
  ],
  ['page', 'conversation', ({ call }) => call('thread.page', { conversationId: nowhere, from: 0, count: 1 })],
  ['watch', 'conversation', ({ watch }) => watch(nowhere)],
  ['edit', 'message', ({ call }) => call('thread.edit', { messageId: nowhere, text: 'x', attachmentIds: [] })],
  ['retry', 'message', ({ call }) => call('thread.retry', { messageId: nowhere })],
  ['continue', 'message', ({ call }) => call('thread.continue', { messageId: nowhere })],
  ['choose', 'message', ({ call }) => call('thread.choose', { messageId: nowhere })],
  ['delete', 'message', ({ call }) => call('thread.delete', { messageId: nowhere })],
  ['restore', 'message', ({ call }) => call('thread.restore', { messageId: nowhere })],
];

test.each(refusals)('%s of a %s that is not there says so', async (_, what, act) => {
  const open = await openTestChat();
  await expect(act(open)).rejects.toMatchObject({ failure: { kind: 'not-found', what } });
  expect(open.chat.runningTurns()).toBe(0);
});

test('a prompt needs words or a file, and an agent that is there', async () => {
  const open = await openTestChat({ agentExists: (agentId) => agentId === 'nunba' });
  const id = await open.conversation();
  await expect(open.call('thread.send', { conversationId: id, text: ' \n', attachmentIds: [] })).rejects.toMatchObject({
    failure: { kind: 'invalid-input', field: 'text' },
  });
  await expect(open.call('conversations.update', { id, agentId: 'gone' })).rejects.toMatchObject({
    failure: { kind: 'not-found', what: 'agent' },
  });
  expect(await branch(open, id)).toEqual([]);
});
