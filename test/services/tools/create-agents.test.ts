import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Agents, type AgentsOptions, createAgents } from '../../../node-core/agents/create-agents.ts';
import { insertRun } from '../../../node-core/agents/recipes/run-store.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { AnswerEvent, AnswerRequest } from '../../../node-core/protocol/ports/answers.ts';
import { createSettings } from '../../../node-core/storage/settings.ts';
import { createIds, testId } from '../../builders/ids.ts';
import { httpListener, modelServer } from '../../builders/model-server.ts';
import { environmentProvider, testStorage } from '../../builders/models.ts';
import { aRecipe } from '../../builders/recipe-samples.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';
import { createFakeChatReader, textFile } from '../../doubles/chat-reader.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createFakeGate } from '../../doubles/deed-gate.ts';
import { noDeeds } from '../../doubles/deed-records.ts';
import { noEngine } from '../../doubles/local-models.ts';
import type { ModelServer } from '../../doubles/model-server/start-model-server.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';
import { createFakeSecrets } from '../../doubles/secrets.ts';

const resourcesFolder = path.resolve(import.meta.dirname, '../../../resources');
const conversationId = testId(1);
const fileId = testId(2);
const reader = createFakeChatReader({
  attachments: { [`${conversationId}/${fileId}`]: textFile('lease.txt', 'The rent is due on the third.\nNo dogs.') },
});

const open = async (changes: Partial<AgentsOptions> = {}): Promise<Agents> => {
  const storage = await testStorage();
  const agents = await createAgents({
    storage,
    settings: createSettings(storage),
    secrets: createFakeSecrets(),
    onSecretsChanged: () => () => undefined,
    clock: systemClock,
    log: createRecordedLog(),
    ids: createIds(),
    resourcesFolder,
    modelsFolder: path.join(tempFolder(), 'models'),
    environment: [],
    reader: () => reader,
    recipeChat: () => {
      throw new Error('no recipe runs here');
    },
    facts: () => Promise.reject(new Error('not asked')),
    ownPorts: () => [6777],
    breaker: createFakeBreaker(),
    gate: createFakeGate(),
    deeds: noDeeds,
    hasKnowledge: () => false,
    sources: [],
    version: '0.1.0',
    createEngine: () => noEngine,
    programs: [],
    ...changes,
  });
  onTestFinished(() => agents.stop());
  return agents;
};

const withModel = (server: ModelServer): Promise<Agents> =>
  open({
    environment: [environmentProvider({ url: `${server.url}/v1`, model: 'test-model', key: 'canary-key-0123456789' })],
  });

const request = (agentId: string, text: string, changes: Partial<AnswerRequest> = {}): AnswerRequest => ({
  conversationId,
  messageId: null,
  agentId,
  model: null,
  modelChosenBy: 'chat',
  parameters: { temperature: null, topP: null, maxOutputTokens: null },
  history: [{ role: 'user', text, attachments: [] }],
  isContinuation: false,
  ...changes,
});

const answerOf = async (agents: Agents, asked: AnswerRequest, signal = new AbortController().signal) => {
  const events: AnswerEvent[] = [];
  try {
    for await (const event of agents.answerer.answer(asked, signal)) events.push(event);
    return { events, failure: null };
  } catch (error) {
    return { events, failure: failureOf(error) ?? error };
  }
};

const textOf = (events: readonly AnswerEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('');

describe('createAgents', () => {
  it('answers by a model and says which and why first', async () => {
    const server = await modelServer();
    const agents = await withModel(server);
    const { events, failure } = await answerOf(agents, request('nunba', 'Good morning'));
    expect(failure).toBeNull();
    expect(events[0]).toEqual({
      kind: 'provenance',
      provenance: {
        kind: 'model',
        ref: 'env-endpoint/test-model',
        modelId: 'test-model',
        providerName: 'endpoint',
        location: { kind: 'this-computer' },
        reason: 'named-in-environment',
      },
    });
    expect(textOf(events)).toContain('You wrote: Good morning');
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
    expect(agents.chosenModel()).toMatchObject({ model: { modelId: 'test-model' }, reason: 'named-in-environment' });
    expect(agents.models().map(({ ref }) => ref)).toEqual(['env-endpoint/test-model']);
    expect(server.requests).toHaveLength(1);
  });

  it('lets the Guide answer without a model and without contacting anybody', async () => {
    const agents = await open();
    const { events, failure } = await answerOf(agents, request('guide', 'Who can read what I write?'));
    expect(failure).toBeNull();
    expect(events[0]).toEqual({ kind: 'provenance', provenance: { kind: 'guide' } });
    expect(textOf(events).length).toBeGreaterThan(100);
    expect(events.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(1);
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
  });

  it('says that there is no model, no such agent', async () => {
    const agents = await open();
    expect((await answerOf(agents, request('nunba', 'Hello'))).failure).toEqual({ kind: 'no-model' });
    expect((await answerOf(agents, request('nobody', 'Hello'))).failure).toEqual({ kind: 'not-found', what: 'agent' });
  });

  it('tells a caller that the model it names is not there', async () => {
    const agents = await withModel(await modelServer());
    const asked = request('nunba', 'Hello', { model: 'left/x', modelChosenBy: 'caller' });
    expect((await answerOf(agents, asked)).failure).toMatchObject({ kind: 'model-unknown', model: 'left/x' });
  });

  it('ends quietly when it is stopped, and the provider sees the connection close', async () => {
    const server = await modelServer();
    const agents = await withModel(server);
    const stop = new AbortController();
    const running = answerOf(agents, request('nunba', 'play:silence'), stop.signal);
    const prompt = await server.nextPrompt();
    stop.abort();
    const { events, failure } = await running;
    expect(failure).toBeNull();
    expect(events.map(({ kind }) => kind)).toEqual(['provenance']);
    expect(await prompt.over).toBe(true);
    expect(agents.chosenModel()).not.toBeNull();
  });

  it('ends at a pause while it still asks a provider for its models', async () => {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const silent = await httpListener((request) => {
      request.socket.on('close', () => closed.resolve());
      asked.resolve();
    });
    const breaker = createFakeBreaker();
    // Stands still: no time-out can end it instead.
    const clock = createFakeClock(0);
    const agents = await open({ breaker, clock, environment: [environmentProvider({ url: `${silent.url}/v1` })] });
    const running = answerOf(agents, request('nunba', 'Hello'));
    await asked.promise;
    breaker.trip();
    expect(await running).toEqual({ events: [], failure: { kind: 'agents-paused', since: 0 } });
    await closed.promise;
  });

  it('takes down that a provider fails', async () => {
    const server = await modelServer();
    const agents = await withModel(server);
    const views: unknown[] = [];
    const end = await agents.handlers.subscriptions['models.watch']({}, { next: (view) => views.push(view) });
    expect((await answerOf(agents, request('nunba', 'play:401'))).failure).toMatchObject({ kind: 'model-refused-key' });
    expect(views.at(-1)).toMatchObject({
      providers: [{ state: { kind: 'failing', failure: { kind: 'model-refused-key' } } }],
    });
    await answerOf(agents, request('nunba', 'Hello'));
    expect(views.at(-1)).toMatchObject({ providers: [{ state: { kind: 'answering' } }] });
    end();
  });

  it('lets the Planner leave a checklist before the end', async () => {
    const agents = await withModel(await modelServer());
    const { events } = await answerOf(agents, request('planner', 'play:checklist'));
    expect(events.slice(-2)).toMatchObject([
      {
        kind: 'checklist',
        items: [
          { text: 'Choose a day', isDone: false },
          { text: 'Invite everybody', isDone: false },
          { text: 'Have the idea', isDone: true },
        ],
      },
      { kind: 'finish' },
    ]);
  });

  it('lets the Researcher read a file, quote it, and have the quotation compared', async () => {
    const agents = await withModel(await modelServer());
    const attachments = [
      { id: fileId, name: 'lease.txt', kind: 'text', mediaType: 'text/plain', sizeBytes: 39 },
    ] as const;
    const asked = request('researcher', '', { history: [{ role: 'user', text: 'play:quote', attachments }] });
    const { events, failure } = await answerOf(agents, asked);
    expect(failure).toBeNull();
    expect(events.filter(({ kind }) => kind === 'tool-outcome')).toMatchObject([
      { outcome: { kind: 'done', value: { name: 'lease.txt', totalLines: 2 } } },
    ]);
    expect(events.at(-2)).toEqual({
      kind: 'citations',
      citations: [
        {
          quotation: 'The rent is due on the third.',
          source: { kind: 'attachment', attachmentId: fileId, name: 'lease.txt', line: 1 },
          isFound: true,
        },
      ],
    });
  });

  it('compares what an answer quoted before it broke off with what it was shown then', async () => {
    const server = await modelServer();
    server.script(() => ({
      kind: 'stream',
      pieces: [{ kind: 'text', text: ' That is all.' }],
      rate: null,
      ending: 'finish',
    }));
    const messageId = testId(3);
    const said = { conversationId, conversationTitle: 'Boat', messageId, role: 'user' as const, createdAt: 0 };
    const chats = createFakeChatReader({ messages: [{ ...said, text: 'The boat is blue.' }] });
    const agents = await open({
      environment: [environmentProvider({ url: `${server.url}/v1`, model: 'test-model', key: null })],
      reader: () => chats,
    });
    const search = { kind: 'tool', callId: 'c', toolName: 'search_chats', arguments: { query: 'boat' } } as const;
    const parts = [
      { ...search, outcome: { kind: 'done', value: {} } },
      { kind: 'text', text: `> The boat is blue. [message ${messageId}:1]\n\n` },
    ] as const;
    const history = [...request('researcher', 'Which colour?').history, { role: 'assistant' as const, parts }];
    const { events } = await answerOf(agents, request('researcher', '', { history, isContinuation: true }));
    expect(events.find(({ kind }) => kind === 'citations')).toMatchObject({
      citations: [{ quotation: 'The boat is blue.', isFound: true }],
    });
  });

  it('offers no tools again to a model that refused them', async () => {
    const server = await modelServer();
    const agents = await withModel(server);
    await answerOf(agents, request('researcher', 'play:no-tools'));
    await answerOf(agents, request('researcher', 'play:no-tools'));
    expect(server.prompts().map(({ body }) => 'tools' in Object(body))).toEqual([true, false, false]);
  });

  it('keeps a key of the environment out of everything but its header', async () => {
    const server = await modelServer();
    const agents = await withModel(server);
    const { events } = await answerOf(agents, request('nunba', 'play:500'));
    expect(JSON.stringify([events, agents.models(), agents.contacts(), server.prompts()[0]?.body])).not.toContain(
      'canary',
    );
    expect(server.prompts()[0]?.headers.authorization).toBe('Bearer canary-key-0123456789');
  });

  it('lets an agent from a file keep the collections that are here', async () => {
    const agents = await open({ hasKnowledge: (id) => id === 'here' });
    const file = { format: 'nunba-agent', version: 1, name: 'Clerk', instructions: ['File it.'] };
    const text = JSON.stringify({ ...file, knowledge: ['here', 'elsewhere'] });
    expect(await agents.handlers.calls['agents.review']({ text })).toMatchObject({
      draft: { knowledge: ['here'] },
      left: { knowledge: 1 },
    });
  });

  it('notes the end of a recipe’s run also where nothing may begin', async () => {
    const storage = await testStorage();
    const breaker = createFakeBreaker();
    const agents = await open({ storage, breaker });
    const draft_json = JSON.stringify({ ...aRecipe, agentId: 'nunba' });
    const [recipeId, runId, messageId] = [testId(11), testId(12), testId(13)];
    await storage.db
      .insertInto('recipes')
      .values({ id: recipeId, draft_json, created_at: 1, updated_at: 1, deleted_at: null })
      .execute();
    const run = { recipeId, scheduleId: null, draft: aRecipe, values: new Map([['query', 'x']]), plannedAt: 1 };
    const begun = { state: 'queued', reason: null, message_id: messageId, ended_at: null } as const;
    await insertRun(storage.db, { ...run, id: runId }, begun);
    breaker.trip();
    const { failure } = await answerOf(agents, request('nunba', 'Look', { messageId }));
    expect(failure).toMatchObject({ kind: 'agents-paused' });
    const kept = await storage.db.selectFrom('recipe_runs').select(['state', 'reason']).executeTakeFirst();
    expect(kept).toEqual({ state: 'failed', reason: expect.stringMatching(/paused/) });
  });
});
