import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { MessageView } from '../../../node-core/api/conversation-views.ts';
import { type Failure, FailureError } from '../../../node-core/api/failures.ts';
import { openTestChat, type TestChat, untilIdle } from '../../builders/chat.ts';
import { ThreadMirror } from '../../builders/thread-mirror.ts';
import { answered, answersIn, lastMessage, readRows } from '../../builders/turn.ts';

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

test('a full disk fails the turn and says so', async () => {
  const open = await openTestChat();
  const { id, answer } = await answered(open);
  const mirror = new ThreadMirror();
  await open.chat.handlers.subscriptions['thread.watch']({ conversationId: id }, { next: (item) => mirror.take(item) });
  const pages = (readRows(open.file, 'PRAGMA page_count')[0] as { page_count: number }).page_count;
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
    { kind: 'tool-outcome', canUndo: false, callId: 'c1', outcome: { kind: 'done', value: [1, { two: null }] } },
    { kind: 'tool-call', callId: 'c2', toolName: 'read_attachment', arguments: {} },
    { kind: 'tool-outcome', canUndo: false, callId: 'c2', outcome: { kind: 'failed', message: 'no such file' } },
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
