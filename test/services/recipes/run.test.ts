import { describe, expect, it } from 'vitest';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { aRecipe } from '../../builders/recipe-samples.ts';
import { openTestRecipes, type TestRecipes } from '../../builders/recipes.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { waitUntil } from '../../builders/wait.ts';

const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return null;
  } catch (error) {
    return failureOf(error) ?? error;
  }
};

const begin = async (open: TestRecipes, values: Record<string, string> = {}) => {
  const { id } = await open.ask('recipes.create', aRecipe);
  return open.ask('recipes.run', { id, values, conversationId: null });
};

const answerIn = async (open: TestRecipes, conversationId: string): Promise<AssistantMessageView> => {
  const page = await open.call('thread.page', { conversationId, from: 0, count: 50 });
  return page.messages.at(-1) as AssistantMessageView;
};

const isEnded = ({ endedAt }: { endedAt: number | null }): boolean => endedAt !== null;

describe('a run', () => {
  it('uses the tools without a model, with the values of this time, and is an answer that is kept', async () => {
    const open = await openTestRecipes();
    const { conversationId } = await begin(open, { query: 'boats' });
    expect(await open.newestRun(isEnded)).toMatchObject({
      state: 'done',
      stepsDone: 3,
      stepCount: 3,
      modelCalls: 1,
      firstCalls: 3,
      conversationId,
    });
    expect(open.uses).toEqual([
      { toolName: 'search', input: { query: 'boats' } },
      { toolName: 'change', input: { what: 'boats seen' } },
    ]);
    expect(open.asked).toMatchObject([
      { job: 'Look for boats', results: [{ toolName: 'search' }, { toolName: 'change' }] },
    ]);
    const page = await open.call('thread.page', { conversationId, from: 0, count: 50 });
    expect(page.messages[0]).toMatchObject({ role: 'user', text: 'Look for boats' });
    expect(page.messages[1]).toMatchObject({
      state: { kind: 'complete' },
      parts: [
        {
          kind: 'tool',
          toolName: 'search',
          arguments: { query: 'boats' },
          outcome: { kind: 'done', value: 'search worked' },
        },
        { kind: 'tool', toolName: 'change' },
        { kind: 'text', text: 'There they are.' },
      ],
    });
  });

  it('asks no model where no step needs one, and one for arguments that are decided anew', async () => {
    const open = await openTestRecipes();
    const steps = [
      { kind: 'decide' as const, toolName: 'search', purpose: '', arguments: { query: 'x' } },
      { kind: 'say' as const, how: 'template' as const, text: 'Found {{query}}.' },
    ];
    const { id, calls } = await open.ask('recipes.create', { ...aRecipe, steps });
    expect(calls).toBe(1);
    const { conversationId } = await open.ask('recipes.run', { id, values: {}, conversationId: null });
    expect(await open.newestRun(isEnded)).toMatchObject({ state: 'done', modelCalls: 1 });
    expect(open.uses).toEqual([{ toolName: 'search', input: { decided: true } }]);
    expect((await answerIn(open, conversationId)).parts.at(-1)).toEqual({ kind: 'text', text: 'Found zebras.' });
  });

  it('stops at a step that the model decides nothing for, and does not blame the program that serves it', async () => {
    const open = await openTestRecipes();
    open.world.decided = undefined;
    const steps = [{ kind: 'decide' as const, toolName: 'search', purpose: '', arguments: { query: 'x' } }];
    const { id } = await open.ask('recipes.create', { ...aRecipe, steps });
    await open.ask('recipes.run', { id, values: {}, conversationId: null });
    expect(await open.newestRun(isEnded)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('The model did not say what this step is to be done with.'),
    });
    expect(open.uses).toEqual([]);
  });

  it('stops at a step that fails with a sentence, and goes on from there, doing nothing twice', async () => {
    const open = await openTestRecipes();
    const { use } = open.world;
    open.world.use = async function* (call, signal) {
      if (call.toolName === 'search') return yield* use(call, signal);
      return { outcome: { kind: 'failed', message: 'The file is gone.' }, canUndo: false };
    };
    const { conversationId } = await begin(open);
    expect(await open.newestRun(isEnded)).toMatchObject({
      state: 'failed',
      stepsDone: 1,
      reason: 'The recipe stopped at step 2 of 3. The file is gone. What was done before stays as it is.',
    });
    const { id: messageId, state } = await answerIn(open, conversationId);
    expect(state).toMatchObject({
      kind: 'failed',
      failure: { kind: 'recipe-stopped', step: 2, count: 3, tool: 'change' },
    });
    open.world.use = use;
    await open.call('thread.continue', { messageId });
    await open.newestRun(({ state: now }) => now === 'done');
    expect(open.uses.map(({ toolName }) => toolName)).toEqual(['search', 'change', 'change']);
    await open.call('thread.retry', { messageId });
    await waitUntil(async () => JSON.stringify(await answerIn(open, conversationId)).includes('By the model.'));
  });

  it('stops at a step that was done in part only', async () => {
    const open = await openTestRecipes();
    // biome-ignore lint/correctness/useYield: nobody is asked
    open.world.use = async function* () {
      const value = { end: 'partly', reason: 'The disk is full.', done: ['moved a'], notDone: ['moved b'] };
      return { outcome: { kind: 'done', value }, canUndo: true };
    };
    await begin(open);
    expect(await open.newestRun(isEnded)).toMatchObject({
      state: 'failed',
      stepsDone: 0,
      reason: expect.stringContaining('It was done in part only: The disk is full.'),
    });
    expect(open.uses).toHaveLength(1);
  });

  it('says that a tool is not the agent’s, and gives it none', async () => {
    const open = await openTestRecipes();
    const steps = [{ kind: 'tool' as const, toolName: 'run_command', purpose: '', arguments: { command: 'rm -r /' } }];
    const { id } = await open.ask('recipes.create', { ...aRecipe, steps });
    await open.ask('recipes.run', { id, values: {}, conversationId: null });
    expect(await open.newestRun(isEnded)).toMatchObject({ state: 'failed', reason: /does not have this tool/ });
    expect(open.uses).toEqual([]);
  });

  it('waits visibly while the person is asked, and can be stopped there', async () => {
    const open = await openTestRecipes();
    open.world.use = async function* ({ callId }, signal) {
      const deed = { kind: 'run-command', command: 'ls', folder: '/' } as const;
      yield { kind: 'tool-deed', callId, deed, approval: { kind: 'asked', at: 1 } };
      return await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const { conversationId } = await begin(open);
    await open.newestRun(({ state }) => state === 'waiting');
    await open.call('thread.stop', { conversationId });
    expect(await open.newestRun(isEnded)).toMatchObject({ state: 'stopped', stepsDone: 0 });
  });

  it('is of no recipe with a placeholder that nothing would fill', async () => {
    const open = await openTestRecipes();
    const stray = { ...aRecipe, job: 'Look for {{quer}}' };
    const refused = { kind: 'invalid-input', field: '{{quer}}' };
    expect(await refusal(open.ask('recipes.create', stray))).toMatchObject(refused);
    const { id } = await open.ask('recipes.create', aRecipe);
    expect(await refusal(open.ask('recipes.update', { id, draft: stray }))).toMatchObject(refused);
    expect(open.view().recipes).toMatchObject([{ job: aRecipe.job }]);
  });

  it('is the work of its own agent: neither of the Guide nor of another agent’s conversation', async () => {
    const open = await openTestRecipes();
    const guided = await open.ask('recipes.create', { ...aRecipe, agentId: 'guide' });
    const run = (id: string, conversationId: string | null) =>
      refusal(open.ask('recipes.run', { id, values: {}, conversationId }));
    expect(await run(guided.id, null)).toMatchObject({ kind: 'invalid-input', field: 'the agent' });
    const { id } = await open.ask('recipes.create', aRecipe);
    const other = await open.call('conversations.create', { agentId: 'coder', model: null });
    expect(await run(id, other.id)).toMatchObject({ kind: 'invalid-input', field: 'the conversation' });
    expect(await open.newestRun(isEnded)).toMatchObject({ state: 'failed' });
    expect(open.uses).toEqual([]);
  });

  it('takes only values that fit', async () => {
    const open = await openTestRecipes();
    expect(await refusal(begin(open, { query: ' ' }))).toEqual({
      kind: 'invalid-input',
      field: 'query',
      reason: 'missing',
    });
    open.breaker.trip();
    expect(await refusal(begin(open))).toMatchObject({ kind: 'agents-paused' });
    expect(await open.newestRun(isEnded)).toMatchObject({ state: 'missed', conversationId: null });
  });
});

describe('a run that broke off with the program', () => {
  const interrupted = async () => {
    const folder = tempFolder();
    const first = await openTestRecipes({ folder });
    const { use } = first.world;
    first.world.use = async function* (call, signal) {
      if (call.toolName === 'search') return yield* use(call, signal);
      return await new Promise(() => undefined);
    };
    const { conversationId } = await begin(first);
    await waitUntil(() => first.uses.length === 2);
    // As a crash leaves it: the notes say that a tool was at work.
    const kept = await first.storage.db.selectFrom('recipe_runs').selectAll().executeTakeFirstOrThrow();
    await first.chat.stop();
    await first.storage.db
      .updateTable('recipe_runs')
      .set({ state: 'running', call_id: kept.call_id, ended_at: null })
      .execute();
    await first.storage.close();
    const second = await openTestRecipes({ folder, series: 1 });
    const messageId = (await answerIn(second, conversationId)).id;
    return { second, messageId, conversationId, callId: kept.call_id };
  };

  it('says so, and does a deed not again that was done', async () => {
    const { second, messageId, callId } = await interrupted();
    expect(second.view().runs).toMatchObject([
      { state: 'stopped', stepsDone: 1, reason: 'Nunba ended in the middle of it.' },
    ]);
    const asked: string[] = [];
    second.world.endOf = async (id) => {
      asked.push(id);
      return { outcome: { kind: 'done', value: 'was written' }, canUndo: true };
    };
    await second.call('thread.continue', { messageId });
    await second.newestRun(({ state }) => state === 'done');
    expect(asked).toEqual([callId]);
    expect(second.uses).toEqual([]);
    expect(second.asked[0]?.results).toMatchObject([
      { outcome: { value: 'search worked' } },
      { outcome: { value: 'was written' } },
    ]);
  });

  it('stops with what is known of a deed that was done in part, once', async () => {
    const { second, messageId } = await interrupted();
    second.world.endOf = async () => ({
      outcome: { kind: 'failed', message: '3 of 5 files were moved.' },
      canUndo: true,
    });
    await second.call('thread.continue', { messageId });
    expect(await second.newestRun(({ state }) => state === 'failed')).toMatchObject({
      reason: 'The recipe stopped at step 2 of 3. 3 of 5 files were moved. What was done before stays as it is.',
    });
    expect(second.uses).toEqual([]);
    await waitUntil(() => second.chat.runningTurns() === 0);
    await second.call('thread.continue', { messageId });
    await second.newestRun(({ state }) => state === 'done');
    expect(second.uses.map(({ toolName }) => toolName)).toEqual(['change']);
  });

  it('does a step that had not begun', async () => {
    const { second, messageId } = await interrupted();
    await second.call('thread.continue', { messageId });
    await second.newestRun(({ state }) => state === 'done');
    expect(second.uses.map(({ toolName }) => toolName)).toEqual(['change']);
  });
});
