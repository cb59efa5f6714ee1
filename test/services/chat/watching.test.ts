import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { createChat } from '../../../node-core/chat/create-chat.ts';
import { type Exchange, openTestChat, type TestChat } from '../../builders/chat.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';
import { noDeeds } from '../../doubles/deed-records.ts';

/** What may happen to a conversation, as numbers that a step reads in its own way. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('send', 'edit', 'retry', 'continue', 'choose', 'delete', 'restore', 'say', 'end', 'stop'),
    which: fc.nat(1000),
    /** Nobody waits for its end before the next step. */
    isHasty: fc.boolean(),
  }),
  { minLength: 5, maxLength: 40 },
);
type Step = { readonly what: string; readonly which: number; readonly isHasty: boolean };

/** Plays one step; a refusal is part of the game. */
async function play(open: TestChat, conversationId: string, { what, which }: Step): Promise<void> {
  const ids = await allMessages(open, conversationId);
  const messageId = ids[which % Math.max(1, ids.length)] ?? '0'.repeat(26);
  const running = open.answerer.answers.at(-1);
  switch (what) {
    case 'send':
      return attempt(open.call('thread.send', { conversationId, text: `p${which}`, attachmentIds: [] }));
    case 'edit':
      return attempt(open.call('thread.edit', { messageId, text: `e${which}`, attachmentIds: [] }));
    case 'retry':
    case 'continue':
    case 'choose':
    case 'delete':
    case 'restore':
      return attempt(open.call(`thread.${what}`, { messageId }));
    case 'say':
      return running?.text(`w${which} `, 'and ');
    case 'end':
      return running?.finish();
    default:
      return attempt(open.call('thread.stop', { conversationId }));
  }
}

async function attempt(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (failureOf(error) === null) throw error;
  }
}

async function allMessages({ storage }: TestChat, conversationId: string): Promise<string[]> {
  const rows = await storage.db
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .orderBy('number')
    .execute();
  return rows.map((row) => row.id);
}

test('whatever happens, a watcher knows what the database says', async () => {
  const open = await openTestChat();
  const watch = async (conversationId: string): Promise<ThreadMirror> => {
    const mirror = new ThreadMirror();
    const stop = await open.chat.handlers.subscriptions['thread.watch'](
      { conversationId },
      { next: (item) => mirror.take(item) },
    );
    onTestFinished(stop);
    return mirror;
  };
  await fc.assert(
    fc.asyncProperty(steps, async (played) => {
      const conversationId = await open.conversation();
      const early = await watch(conversationId);
      const late: Promise<ThreadMirror>[] = [];
      const hasty: Promise<void>[] = [];
      for (const [index, step] of played.entries()) {
        const playing = play(open, conversationId, step);
        if (step.isHasty) hasty.push(playing);
        else await playing;
        if (index % 4 === 1) late.push(watch(conversationId));
        if (index % 3 === 0) await open.clock.advance(10);
      }
      await Promise.all(hasty);
      await open.clock.advance(0);
      const { messages } = await open.call('thread.page', { conversationId, from: 0, count: 200 });
      expect(early.messages).toEqual(messages);
      for (const mirror of await Promise.all(late)) expect(mirror.messages).toEqual(messages);
      await open.call('thread.stop', { conversationId });
      await open.clock.advance(0);
      expect(early.conversation?.isRunning).toBe(false);
      // Another chat on the same database knows only what the database says.
      const fresh = createChat({
        ...open,
        agentExists: () => true,
        agentName: (id) => id,
        deeds: noDeeds,
        defaultAgentId: () => Promise.resolve(''),
        ids: () => '',
      });
      const rested = await fresh.handlers.calls['thread.page']({ conversationId, from: 0, count: 200 });
      await fresh.stop();
      expect(early.messages).toEqual(rested.messages);
      expect(open.log.lines.filter((line) => line.level === 'error')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('the list of conversations follows what happens', async () => {
  const open = await openTestChat();
  const before = await open.conversation();
  const seen: string[] = [];
  const stop = await open.chat.handlers.subscriptions['conversations.watch'](
    {},
    {
      next: (item) => {
        if (item.kind === 'all') seen.push(`all ${item.conversations.length}`);
        else if (item.kind === 'removed') seen.push('removed');
        else seen.push(`changed ${item.conversation.title || '-'} ${item.conversation.isRunning ? 'runs' : 'rests'}`);
      },
    },
  );
  const id = await open.conversation();
  await open.exchange(id, 'What is honey?', 'Sweet.');
  await open.call('conversations.update', { id, title: '  Honey ' });
  await open.call('conversations.delete', { id });
  await open.call('conversations.restore', { id });
  stop();
  await open.call('conversations.delete', { id: before });
  expect(seen).toEqual([
    'all 1',
    'changed - rests',
    'changed What is honey? runs',
    'changed What is honey? rests',
    'changed   Honey  rests',
    'removed',
    'changed   Honey  rests',
  ]);
});

test('a watcher that has left hears nothing more', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const watched = await open.watch(id);
  watched.stop();
  await open.exchange(id, 'hello', 'hi');
  expect(watched.items.map((item) => item.kind)).toEqual(['opened']);
});

test.each(['send', 'edit', 'choose', 'delete', 'finish', 'stop', 'rename', 'list'])(
  'whoever opens a thread in the middle of %s misses nothing',
  async (what) => {
    const open = await openTestChat();
    for (let turnsOfTheLoop = 0; turnsOfTheLoop < 60; turnsOfTheLoop += 1) {
      const conversationId = await open.conversation();
      const first = await open.exchange(conversationId, 'one', '1');
      await open.call('thread.retry', { messageId: first.assistantMessageId });
      const answer = await open.answerer.next();
      answer.text('another ');
      await open.clock.advance(0);
      if (what !== 'finish' && what !== 'stop' && what !== 'rename') await open.call('thread.stop', { conversationId });
      const changing = change(open, conversationId, what, first);
      for (let round = 0; round < turnsOfTheLoop; round += 1) await null;
      const mirror = new ThreadMirror();
      const stop = await open.chat.handlers.subscriptions['thread.watch'](
        { conversationId },
        { next: (item) => mirror.take(item) },
      );
      await changing;
      await open.clock.advance(0);
      const { messages } = await open.call('thread.page', { conversationId, from: 0, count: 200 });
      expect(mirror.messages).toEqual(messages);
      const again = new ThreadMirror();
      stop();
      await open.chat.handlers.subscriptions['thread.watch']({ conversationId }, { next: (item) => again.take(item) });
      expect([mirror.conversation, mirror.checklist]).toEqual([again.conversation, again.checklist]);
      await open.call('thread.stop', { conversationId });
    }
  },
);

async function change(open: TestChat, conversationId: string, what: string, first: Exchange): Promise<void> {
  switch (what) {
    case 'send':
      await open.call('thread.send', { conversationId, text: 'more', attachmentIds: [] });
      await open.answerer.next();
      return;
    case 'edit':
      await open.call('thread.edit', { messageId: first.userMessageId, text: 'ONE', attachmentIds: [] });
      await open.answerer.next();
      return;
    case 'choose':
      await open.call('thread.choose', { messageId: first.assistantMessageId });
      return;
    case 'delete':
      await open.call('thread.delete', { messageId: first.assistantMessageId });
      return;
    case 'rename':
      await open.call('conversations.update', { id: conversationId, title: 'Another name' });
      return;
    case 'list':
      await open.call('checklist.save', {
        conversationId,
        revision: 0,
        items: [{ id: '1', text: 'Learn', isDone: false }],
      });
      return;
    case 'finish':
      open.answerer.answers.at(-1)?.finish();
      return;
    default:
      await open.call('thread.stop', { conversationId });
  }
}
