import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { MessageView, ThreadItem } from '../../../node-core/api/conversation-views.ts';
import { type Failure, FailureError } from '../../../node-core/api/failures.ts';
import type { AnswerRequest } from '../../../node-core/protocol/ports/answers.ts';
import { openTestChat, type TestChat, untilIdle } from '../../builders/chat.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';
import { createFakeAnswerer, type FakeAnswer } from '../../doubles/answerer.ts';

/** What another program would read from the file at this moment. */
function readFile(file: string, sql: string): unknown[] {
  const raw = new Database(file, { readonly: true });
  try {
    return raw.prepare(sql).all();
  } finally {
    raw.close();
  }
}

const answersIn = (file: string) =>
  readFile(file, "SELECT turn, turn_json, parts_json, text FROM messages WHERE role = 'assistant'") as {
    turn: string;
    turn_json: string | null;
    parts_json: string;
    text: string;
  }[];

async function lastMessage({ call }: TestChat, conversationId: string): Promise<MessageView> {
  const { length } = await call('thread.page', { conversationId, from: 0, count: 1 });
  const { messages } = await call('thread.page', { conversationId, from: length - 1, count: 1 });
  const message = messages[0];
  if (!message) throw new Error('The conversation is empty.');
  return message;
}

async function answered(open: TestChat, text = 'Hello'): Promise<{ id: string; answer: FakeAnswer }> {
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text, attachmentIds: [] });
  return { id, answer: await open.answerer.next() };
}

test('keeps the prompt and the queued answer in the file before the answerer is asked', async () => {
  const seen: unknown[] = [];
  const asked: AnswerRequest[] = [];
  const answerer = createFakeAnswerer({
    onAsked: (request) => {
      asked.push(request);
      seen.push(readFile(open.file, 'SELECT role, text, turn FROM messages ORDER BY number'));
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

const failures: readonly Failure[] = [
  { kind: 'model-unreachable', host: '127.0.0.1:1', cause: 'refused' },
  { kind: 'model-refused-key', host: 'h', hasKey: true },
  { kind: 'model-rate-limited', host: 'h', retryAfterSeconds: 7 },
  { kind: 'model-bad-answer', host: 'h', cause: 'cut' },
  { kind: 'agent-limit', limit: 'steps', allowed: 20 },
];

test.each(failures)('keeps $kind with what was said before', async (failure) => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  answer.text('Begun');
  const idle = untilIdle(open.chat, id);
  answer.fail(new FailureError(failure));
  await idle;
  expect(await lastMessage(open, id)).toMatchObject({
    state: { kind: 'failed', failure },
    parts: [{ kind: 'text', text: 'Begun' }],
  });
  expect(answersIn(open.file)).toMatchObject([{ turn: 'failed', text: 'Begun' }]);
});

test('an error nobody foresaw becomes an incident that stands in the log', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const idle = untilIdle(open.chat, id);
  answer.fail(new TypeError('oops'));
  await idle;
  const { state } = (await lastMessage(open, id)) as Extract<MessageView, { role: 'assistant' }>;
  const incident = state.kind === 'failed' && state.failure.kind === 'bug' ? state.failure.incident : '';
  expect(open.log.lines.find((line) => line.fields.incident === incident)?.level).toBe('error');
});

test('an answer that ends without a finish event is a bug, not a success', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const idle = untilIdle(open.chat, id);
  answer.cut();
  await idle;
  expect(await lastMessage(open, id)).toMatchObject({ state: { kind: 'failed', failure: { kind: 'bug' } } });
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

test('a full disk fails the turn and says so', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const mirror = new ThreadMirror();
  await open.chat.handlers.subscriptions['thread.watch']({ conversationId: id }, { next: (item) => mirror.take(item) });
  const pages = (readFile(open.file, 'PRAGMA page_count')[0] as { page_count: number }).page_count;
  // A connection that may not grow is what a full disk looks like to SQLite.
  await limitPages(open, pages);
  answer.text('x'.repeat(200_000));
  await open.clock.advance(1000);
  expect(answer.signal.aborted).toBe(true);
  expect(mirror.messages.at(-1)).toMatchObject({ state: { kind: 'failed', failure: { kind: 'storage-full' } } });
  expect(open.chat.runningTurns()).toBe(0);
  expect(await lastMessage(open, id)).toMatchObject({ state: { kind: 'interrupted' } });
});

async function limitPages({ storage }: TestChat, pages: number): Promise<void> {
  await sql.raw(`PRAGMA max_page_count = ${pages}`).execute(storage.db);
}

test('keeps tools, thoughts, citations and who answered', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const provenance = {
    kind: 'model',
    ref: 'p/m',
    modelId: 'm',
    providerName: 'P',
    location: { kind: 'this-computer' },
    reason: 'only-one',
  } as const;
  const citation = {
    quotation: 'words',
    source: { kind: 'attachment', attachmentId: '0'.repeat(26), name: 'a.txt', line: 3 },
    isFound: true,
  } as const;
  const mirror = new ThreadMirror();
  await open.chat.handlers.subscriptions['thread.watch']({ conversationId: id }, { next: (item) => mirror.take(item) });
  const idle = untilIdle(open.chat, id);
  answer.say(
    { kind: 'provenance', provenance },
    { kind: 'reasoning', text: 'Let me ' },
    { kind: 'reasoning', text: 'look.' },
    { kind: 'tool-call', callId: 'c1', toolName: 'search_chats', arguments: { query: 'bees' } },
    { kind: 'tool-outcome', callId: 'c1', outcome: { kind: 'done', value: [1, { two: null }] } },
    { kind: 'tool-call', callId: 'c2', toolName: 'read_attachment', arguments: {} },
    { kind: 'tool-outcome', callId: 'c2', outcome: { kind: 'failed', message: 'no such file' } },
    { kind: 'text', text: 'Found ' },
    { kind: 'text', text: 'it.' },
    { kind: 'citations', citations: [citation] },
  );
  answer.finish();
  await idle;
  const message = await lastMessage(open, id);
  expect(message).toMatchObject({
    provenance,
    parts: [
      { kind: 'reasoning', text: 'Let me look.' },
      {
        kind: 'tool',
        callId: 'c1',
        arguments: { query: 'bees' },
        outcome: { kind: 'done', value: [1, { two: null }] },
      },
      { kind: 'tool', callId: 'c2', outcome: { kind: 'failed', message: 'no such file' } },
      { kind: 'text', text: 'Found it.' },
      { kind: 'citations', citations: [citation] },
    ],
  });
  expect(mirror.messages.at(-1)).toEqual(message);
  expect(mirror.conversation?.isRunning).toBe(false);
});

test('a tool that was at work when the turn was stopped is shown as stopped', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  answer.say({ kind: 'tool-call', callId: 'c1', toolName: 'search_chats', arguments: null });
  await open.clock.advance(0);
  await open.call('thread.stop', { conversationId: id });
  expect(await lastMessage(open, id)).toMatchObject({ parts: [{ kind: 'tool', outcome: { kind: 'stopped' } }] });
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
