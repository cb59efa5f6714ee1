import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import type { Deed } from '../../../node-core/protocol/hands/deed.ts';
import { openTestHands, type TestHands } from '../../builders/hands.ts';
import { aRecipe } from '../../builders/recipe-samples.ts';
import { openTestRecipes, type TestRecipes } from '../../builders/recipes.ts';
import { waitUntil } from '../../builders/wait.ts';

const deed: Deed = { kind: 'run-command', command: 'send', folder: '/' };
const approval = { kind: 'given', scope: 'once', by: 'person' } as const;

/** A recipe whose second step is a deed that ends when the test says so, and does not mind being told to stop. */
async function openStubborn(recipe = aRecipe) {
  const hands = await openTestHands();
  const open = await openTestRecipes({ deeds: hands.hands.records });
  const sent: PromiseWithResolvers<void>[] = [];
  const { use } = open.world;
  open.world.endOf = (callId) => hands.hands.records.endOf(callId);
  open.world.use = async function* (call, signal) {
    if (call.toolName === 'search') return yield* use(call, signal);
    const { callId, toolName } = call;
    const given = z.json().parse(call.input);
    yield { kind: 'tool-deed', callId, deed, approval };
    const page = await open.storage.db.selectFrom('recipe_runs').selectAll().executeTakeFirstOrThrow();
    const place = { conversationId: page.conversation_id ?? '', messageId: page.message_id, agentId: 'nunba' };
    const work = hands.hands.gate.journal.perform(
      { callId, toolName, arguments: given, deed, approval, ...place },
      async (notes) => {
        const step = Promise.withResolvers<void>();
        sent.push(step);
        await notes.act({ kind: 'outside', what: 'sent' }, () => step.promise);
        return { outcome: { kind: 'done', value: 'sent' } };
      },
      signal,
    );
    work.catch(() => undefined);
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return await Promise.race([work, stopped]);
  };
  const { id } = await open.ask('recipes.create', recipe);
  const { conversationId } = await open.ask('recipes.run', { id, values: {}, conversationId: null });
  await waitUntil(() => sent.length === 1);
  return { hands, open, sent, conversationId };
}

const answerIn = async (open: TestRecipes, conversationId: string): Promise<AssistantMessageView> => {
  const page = await open.call('thread.page', { conversationId, from: 0, count: 50 });
  return page.messages.at(-1) as AssistantMessageView;
};

async function stop(open: TestRecipes, hands: TestHands, conversationId: string): Promise<AssistantMessageView> {
  const stopped = open.call('thread.stop', { conversationId });
  await waitUntil(async () => (await answerIn(open, conversationId)).state.kind === 'stopped');
  // What it is told of a deed that has not ended is told after a moment.
  await hands.clock.advance(5_000);
  await stopped;
  return answerIn(open, conversationId);
}

test('stopped in a deed that runs on and continued twice, it does the step once and goes on behind it', async () => {
  const { hands, open, sent, conversationId } = await openStubborn();
  const { id: messageId, parts } = await stop(open, hands, conversationId);
  expect(parts.at(-1)).toMatchObject({ outcome: { kind: 'failed', message: expect.stringContaining('is not known') } });
  await open.call('thread.continue', { messageId });
  const second = await open.call('thread.continue', { messageId }).catch(failureOf);
  expect(second).toEqual({ kind: 'turn-running' });
  await open.clock.advance(0);
  expect([sent.length, (await answerIn(open, conversationId)).state.kind]).toEqual([1, 'queued']);
  sent[0]?.resolve();
  await open.newestRun(({ state }) => state === 'done');
  expect(sent).toHaveLength(1);
  await waitUntil(() => open.chat.runningTurns() === 0);
  expect((await answerIn(open, conversationId)).parts).toMatchObject([
    { toolName: 'search' },
    { toolName: 'change', outcome: { kind: 'done', value: 'sent' } },
    { kind: 'text' },
  ]);
});

test('it is not carried on while the deed does not end, and a sentence says why; then it is not known, and told once', async () => {
  const { hands, open, sent, conversationId } = await openStubborn();
  const { id: messageId } = await stop(open, hands, conversationId);
  for (const _ of [1, 2]) {
    await open.call('thread.continue', { messageId });
    await hands.clock.advance(15_000);
    await waitUntil(() => open.chat.runningTurns() === 0);
    expect((await answerIn(open, conversationId)).state).toEqual({ kind: 'failed', failure: { kind: 'deed-running' } });
  }
  expect(sent).toHaveLength(1);
  // A minute after it was told to stop nobody waits any more.
  await hands.clock.advance(60_000);
  await open.call('thread.continue', { messageId });
  expect(await open.newestRun(({ state }) => state === 'failed')).toMatchObject({
    reason: expect.stringContaining('Whether this was done is not known, so look before you do it again: sent.'),
  });
  expect(sent).toHaveLength(1);
});

test('a deed whose arguments a model decided is kept with these, also where its end is found later', async () => {
  const [first, second, ...rest] = aRecipe.steps;
  if (first === undefined || second?.kind !== 'tool') throw new Error('another recipe was expected');
  const recipe = { ...aRecipe, steps: [first, { ...second, kind: 'decide' as const }, ...rest] };
  const { hands, open, sent, conversationId } = await openStubborn(recipe);
  const { id: messageId } = await stop(open, hands, conversationId);
  sent[0]?.resolve();
  await open.call('thread.continue', { messageId });
  await open.newestRun(({ state }) => state === 'done');
  expect(sent).toHaveLength(1);
  expect(open.asked.at(-1)?.results).toMatchObject([
    { toolName: 'search', arguments: { query: 'zebras' } },
    { toolName: 'change', arguments: { decided: true }, outcome: { kind: 'done', value: 'sent' } },
  ]);
});
