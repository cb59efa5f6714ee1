import { expect, test } from 'vitest';
import { openTestChat, type TestChat, untilIdle } from '../../builders/chat.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';

async function watched(): Promise<{ open: TestChat; id: string; mirror: ThreadMirror }> {
  const open = await openTestChat();
  const id = await open.conversation();
  const mirror = new ThreadMirror();
  await open.chat.handlers.subscriptions['thread.watch']({ conversationId: id }, { next: (item) => mirror.take(item) });
  return { open, id, mirror };
}

/** Has an agent leave a list: `x ` before a line means done. */
async function leave(open: TestChat, id: string, lines: readonly string[]): Promise<void> {
  await open.call('thread.send', { conversationId: id, text: 'plan', attachmentIds: [] });
  const answer = await open.answerer.next();
  const items = lines.map((line) => ({ text: line.replace(/^x /, ''), isDone: line.startsWith('x ') }));
  const idle = untilIdle(open.chat, id);
  answer.say({ kind: 'checklist', items });
  answer.finish();
  await idle;
}

const inWords = (mirror: ThreadMirror): string[] | null =>
  mirror.checklist?.items.map((item) => `${item.isDone ? 'x ' : ''}${item.text}`) ?? null;

test('an agent leaves a list, the person ticks, edits, adds and removes, and the agent comes back', async () => {
  const { open, id, mirror } = await watched();
  expect(mirror.checklist).toBeNull();
  await leave(open, id, ['buy flour', 'buy eggs', 'bake', 'clean']);
  expect(inWords(mirror)).toEqual(['buy flour', 'buy eggs', 'bake', 'clean']);
  const [flour, eggs, bake] = mirror.checklist?.items ?? [];
  if (!flour || !eggs || !bake) throw new Error('The list is not there.');
  const saved = await open.call('checklist.save', {
    conversationId: id,
    revision: 1,
    items: [
      { ...flour, isDone: true },
      { ...eggs, text: 'buy 6 eggs' },
      { id: 'mine', text: 'call mum', isDone: false },
      bake,
    ],
  });
  expect(saved.revision).toBe(2);
  expect(mirror.checklist).toEqual(saved);
  await leave(open, id, ['Buy flour.', 'x buy eggs', 'clean', 'eat', 'x bake']);
  expect(inWords(mirror)).toEqual(['x Buy flour.', 'x buy 6 eggs', 'call mum', 'eat', 'x bake']);
});

test('a save from an old revision is refused and changes nothing', async () => {
  const { open, id, mirror } = await watched();
  await leave(open, id, ['one']);
  await expect(open.call('checklist.save', { conversationId: id, revision: 0, items: [] })).rejects.toMatchObject({
    failure: { kind: 'conflict', what: 'checklist' },
  });
  expect(inWords(mirror)).toEqual(['one']);
});

test('an emptied list is out of view, and the agent does not bring it back by repeating itself', async () => {
  const { open, id, mirror } = await watched();
  await leave(open, id, ['one']);
  await open.call('checklist.save', { conversationId: id, revision: 1, items: [] });
  expect(mirror.checklist).toBeNull();
  await leave(open, id, ['one']);
  expect(mirror.checklist).toBeNull();
  await open.call('checklist.save', {
    conversationId: id,
    revision: 0,
    items: [{ id: 'a', text: 'mine', isDone: false }],
  });
  expect(inWords(mirror)).toEqual(['mine']);
});

test('a list survives the next start', async () => {
  const { open, id } = await watched();
  await leave(open, id, ['one', 'x two']);
  await open.chat.stop();
  await open.storage.close();
  const next = await openTestChat({ folder: open.folder, series: 1 });
  const { items } = await next.watch(id);
  expect(items[0]).toMatchObject({
    checklist: {
      revision: 1,
      items: [
        { text: 'one', isDone: false },
        { text: 'two', isDone: true },
      ],
    },
  });
});
