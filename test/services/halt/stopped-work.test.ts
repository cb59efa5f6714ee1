import { expect, test } from 'vitest';
import { createGuardedFetch } from '../../../node-core/agents/models/guarded-fetch.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import { describeFailure } from '../../../node-core/api/failure-sentences.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import { readingTool } from '../../builders/tool.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';
import { startTestListener } from '../../doubles/http-node.ts';
import type { Piece } from '../../doubles/model-server/reply.ts';

const paused = { kind: 'agents-paused', since: 0 } as const;

async function answers(open: TestChat, conversationId: string): Promise<readonly AssistantMessageView[]> {
  const { messages } = await open.call('thread.page', { conversationId, from: 0, count: 50 });
  return messages.flatMap((message) => (message.role === 'assistant' ? [message] : []));
}

const textOf = (message: AssistantMessageView | undefined): string =>
  message?.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') ?? '';

test('a model call: the loop asks nobody', async () => {
  const server = await modelServer();
  const breaker = createFakeBreaker();
  breaker.trip();
  const { failure, events } = await finishRun(server, { text: 'Hello', breaker });
  expect([failure, events, server.requests.length]).toEqual([paused, [], 0]);
});

test('a tool call: a tool that the model called just before is not run, and the model is not asked again', async () => {
  const server = await modelServer();
  const breaker = createFakeBreaker();
  let runs = 0;
  const tool = readingTool(async () => {
    runs += 1;
    breaker.trip();
    return { value: 'found', sources: [] };
  });
  const call = (id: string): Piece => ({ kind: 'tool-call', id, name: 'search_chats', arguments: {} });
  server.script(() => ({ kind: 'stream', pieces: [call('one'), call('two')], rate: null, ending: 'finish' }));
  const { failure, events } = await finishRun(server, { text: 'Search twice', tools: [tool], breaker });
  expect([failure, runs, server.prompts().length]).toEqual([paused, 1, 1]);
  expect(ofKind(events, 'tool-outcome')).toHaveLength(1);
});

test('a request to a provider: the last door is shut too', async () => {
  const server = await modelServer();
  const breaker = createFakeBreaker();
  breaker.trip();
  const endpoint = { url: new URL(server.url), trustedCertificate: null };
  const permit = () => breaker.pass();
  const post = createGuardedFetch({ endpoint, clock: systemClock, key: null, model: 'm', permit });
  const refused = await post(`${server.url}/v1/chat/completions`, { method: 'POST', body: '{}' }).catch(failureOf);
  expect([refused, server.requests.length]).toEqual([paused, 0]);
});

test('a running turn: stopped with what had arrived, and it can go on after Resume', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const sent = await open.call('thread.send', { conversationId: id, text: 'Tell me', attachmentIds: [] });
  const asked = await open.answerer.next();
  asked.text('Half of ', 'it');
  await open.clock.advance(0);
  open.breaker.trip();
  await open.clock.advance(0);
  expect(asked.signal.aborted).toBe(true);
  const [stopped] = await answers(open, id);
  expect([stopped?.state, textOf(stopped)]).toEqual([{ kind: 'stopped' }, 'Half of it']);

  open.breaker.lift();
  await open.call('thread.continue', { messageId: sent.assistantMessageId });
  const again = await open.answerer.next();
  again.text(', and the rest');
  again.finish();
  await open.clock.advance(0);
  const [whole] = await answers(open, id);
  expect([whole?.state, textOf(whole)]).toEqual([{ kind: 'complete', reason: 'complete' }, 'Half of it, and the rest']);
});

test('a turn whose answerer is refused on the way: stopped, not failed', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text: 'Tell me', attachmentIds: [] });
  const asked = await open.answerer.next();
  open.breaker.lift();
  const refusing = createFakeBreaker();
  refusing.trip();
  asked.fail(refusing.signal().reason);
  await open.clock.advance(0);
  expect((await answers(open, id))[0]?.state).toEqual({ kind: 'stopped' });
});

test('turns that wait for their place: stopped before anybody was asked', async () => {
  const open = await openTestChat();
  const ids = await Promise.all(Array.from({ length: 6 }, () => open.conversation()));
  for (const conversationId of ids) {
    await open.call('thread.send', { conversationId, text: 'One of six', attachmentIds: [] });
  }
  expect([open.answerer.answers.length, open.chat.runningTurns()]).toEqual([4, 6]);
  open.breaker.trip();
  await open.clock.advance(0);
  expect([open.answerer.answers.length, open.chat.runningTurns()]).toEqual([4, 0]);
  for (const id of ids) expect((await answers(open, id))[0]?.state.kind).toBe('stopped');
});

test('a new prompt: refused before anything is written, so that it stays with the person', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  open.breaker.trip();
  const sending = open.call('thread.send', { conversationId: id, text: 'Now?', attachmentIds: [] });
  await expect(sending.catch(failureOf)).resolves.toEqual(paused);
  expect([await answers(open, id), open.answerer.answers.length, open.chat.runningTurns()]).toEqual([[], 0, 0]);
});

test('the Guide asks no model, so it answers, and is not stopped', async () => {
  const open = await openTestChat();
  const { id } = await open.call('conversations.create', { agentId: 'guide', model: null });
  await open.call('thread.send', { conversationId: id, text: 'What now?', attachmentIds: [] });
  const asked = await open.answerer.next();
  open.breaker.trip();
  asked.text('You have paused the agents.');
  asked.finish();
  await open.clock.advance(0);
  await open.call('thread.send', { conversationId: id, text: 'And now?', attachmentIds: [] });
  (await open.answerer.next()).finish();
  await open.clock.advance(0);
  expect((await answers(open, id)).map(({ state }) => state.kind)).toEqual(['complete', 'complete']);
});

test.each([
  ['/chat', { prompt: 'Hello' }, { error: describeFailure(paused) }],
  [
    '/v1/chat/completions',
    { model: 'nunba', messages: [{ role: 'user', content: 'Hello' }] },
    { error: { message: describeFailure(paused), code: 'agents-paused', type: 'server_error', param: null } },
  ],
])('an HTTP caller of %s: 503 and the sentence', async (path, body, expected) => {
  const breaker = createFakeBreaker();
  breaker.trip();
  const listener = await startTestListener(async function* () {
    breaker.pass();
    yield { kind: 'finish', reason: 'complete' };
  });
  const answer = await listener.post(path, body);
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining(expected)]);
});
