import { expect, test } from 'vitest';
import type { ThreadItem } from '../../../node-core/api/conversation-views.ts';
import type { AnswerRequest } from '../../../node-core/protocol/ports/answers.ts';
import { openTestChat, untilIdle } from '../../builders/chat.ts';
import { answered, answersIn, lastMessage, readRows } from '../../builders/turn.ts';
import { createFakeAnswerer } from '../../doubles/answerer.ts';

test('keeps the prompt and the queued answer in the file before the answerer is asked', async () => {
  const seen: unknown[] = [];
  const asked: AnswerRequest[] = [];
  const answerer = createFakeAnswerer({
    onAsked: (request) => {
      asked.push(request);
      seen.push(readRows(open.file, 'SELECT role, text, turn FROM messages ORDER BY number'));
    },
  });
  const open = await openTestChat({ answerer });
  const { answer } = await answered(open, 'What is a hive?');
  expect(seen).toEqual([
    [
      { role: 'user', text: 'What is a hive?', turn: null },
      { role: 'assistant', text: '', turn: 'queued' },
    ],
  ]);
  expect(asked[0]?.history).toEqual([{ role: 'user', text: 'What is a hive?', attachments: [] }]);
  expect(asked[0]).toMatchObject({ agentId: 'nunba', model: null, modelChosenBy: 'chat', isContinuation: false });
  answer.finish();
});

test('shows each token at once and alone', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const { items } = await open.watch(id);
  answer.text('One', ' two', ' three');
  await open.clock.advance(0);
  const shown = items.filter((item) => item.kind === 'message' || item.kind === 'delta').map(textOf);
  expect(shown).toEqual(['One', '+3 two', '+7 three']);
});

const textOf = (item: ThreadItem): string => {
  if (item.kind === 'delta') return `+${item.offset}${item.text}`;
  if (item.kind !== 'message' || item.message.role !== 'assistant') return item.kind;
  return item.message.parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join('|');
};

test('keeps tokens within 500 ms, also when no further token comes', async () => {
  const open = await openTestChat();
  const { answer } = await answered(open);
  answer.text('a');
  await open.clock.advance(0);
  answer.text('b');
  await open.clock.advance(10);
  answer.text('c');
  await open.clock.advance(490);
  expect(answersIn(open.file)).toMatchObject([
    { turn: 'streaming', parts_json: JSON.stringify([{ kind: 'text', text: 'abc' }]), text: '' },
  ]);
});

test('at no moment is a token older than 500 ms not in the file', async () => {
  const open = await openTestChat();
  const { answer } = await answered(open);
  const said: string[] = [];
  for (let step = 0; step < 120; step += 1) {
    said.push(`t${step} `);
    answer.text(said.at(-1) ?? '');
    await open.clock.advance(50);
    const kept = answersIn(open.file)[0]?.parts_json ?? '';
    const old = said.slice(0, Math.max(0, said.length - 10)).join('');
    expect(kept).toContain(old);
  }
});

test('a finished answer is in the file with its text, timing and tokens before it is shown', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const atEnd: unknown[] = [];
  await open.chat.handlers.subscriptions['thread.watch'](
    { conversationId: id },
    {
      next: (item) => {
        if (item.kind === 'message' && item.message.role === 'assistant' && item.message.state.kind === 'complete') {
          atEnd.push(answersIn(open.file)[0]);
        }
      },
    },
  );
  await open.clock.advance(250);
  answer.text('Hello');
  await open.clock.advance(1000);
  answer.say({ kind: 'usage', inputTokens: 12, outputTokens: 34 });
  const idle = untilIdle(open.chat, id);
  answer.finish('length');
  await idle;
  expect(atEnd).toMatchObject([{ turn: 'complete', turn_json: '{"reason":"length"}', text: 'Hello' }]);
  expect(await lastMessage(open, id)).toMatchObject({
    state: { kind: 'complete', reason: 'length' },
    timing: { firstTokenMs: 250, durationMs: 1250, inputTokens: 12, outputTokens: 34 },
  });
});

test('stop aborts at once, keeps what was said, and is durable when it resolves', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  answer.text('Half an ans');
  await open.clock.advance(0);
  const stopped = open.call('thread.stop', { conversationId: id });
  expect(answer.signal.aborted).toBe(true);
  await stopped;
  expect(answersIn(open.file)).toMatchObject([{ turn: 'stopped', text: 'Half an ans' }]);
  answer.text('wer');
  await open.clock.advance(1000);
  expect(await lastMessage(open, id)).toMatchObject({
    state: { kind: 'stopped' },
    parts: [{ kind: 'text', text: 'Half an ans' }],
  });
  expect(open.chat.runningTurns()).toBe(0);
});

test('stop ends a turn whose answerer does not listen', async () => {
  const open = await openTestChat({ answerer: createFakeAnswerer({ ignoresAbort: true }) });
  const { id, answer } = await answered(open);
  await open.call('thread.stop', { conversationId: id });
  answer.text('too late');
  await open.clock.advance(0);
  expect(await lastMessage(open, id)).toMatchObject({ state: { kind: 'stopped' }, parts: [] });
});

test('stopping twice, or a conversation that rests, does nothing', async () => {
  const open = await openTestChat();
  const { id } = await answered(open);
  await open.call('thread.stop', { conversationId: id });
  await open.call('thread.stop', { conversationId: id });
  expect(await lastMessage(open, id)).toMatchObject({ state: { kind: 'stopped' } });
});

test('a conversation has one turn at a time', async () => {
  const open = await openTestChat();
  const { id } = await answered(open);
  await expect(open.call('thread.send', { conversationId: id, text: 'more', attachmentIds: [] })).rejects.toMatchObject(
    {
      failure: { kind: 'turn-running' },
    },
  );
  expect(answersIn(open.file)).toHaveLength(1);
});

test('four turns run at once; the others wait in order, and a waiting one can be stopped', async () => {
  const open = await openTestChat();
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    const id = await open.conversation();
    await open.call('thread.send', { conversationId: id, text: `prompt ${index}`, attachmentIds: [] });
    ids.push(id);
  }
  await open.clock.advance(0);
  expect(open.answerer.answers).toHaveLength(4);
  expect(open.chat.runningTurns()).toBe(7);
  expect(await lastMessage(open, ids[5] ?? '')).toMatchObject({ state: { kind: 'queued' } });

  await open.call('thread.stop', { conversationId: ids[4] ?? '' });
  expect(await lastMessage(open, ids[4] ?? '')).toMatchObject({ state: { kind: 'stopped' }, timing: null });
  open.answerer.answers[0]?.finish();
  open.answerer.answers[1]?.finish();
  await open.clock.advance(0);
  const asked = open.answerer.answers.map((answer) => answer.request.conversationId);
  expect(asked).toEqual([ids[0], ids[1], ids[2], ids[3], ids[5], ids[6]]);
});

test('the node stops with a turn at work: what it said is kept as interrupted, and it can go on after the next start', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  answer.text('The beginning');
  await open.clock.advance(0);
  await open.chat.stop();
  await open.storage.close();
  expect(answer.signal.aborted).toBe(true);
  const next = await openTestChat({ folder: open.folder, series: 1 });
  expect(await lastMessage(next, id)).toMatchObject({
    state: { kind: 'interrupted' },
    parts: [{ kind: 'text', text: 'The beginning' }],
  });
});
