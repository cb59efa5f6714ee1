import { describe, expect, it } from 'vitest';
import { defaultLimits, type LoopLimits } from '../../../node-core/agents/loop/loop-limits.ts';
import { runLoop } from '../../../node-core/agents/loop/run-loop.ts';
import { toPrompt } from '../../../node-core/agents/loop/to-prompt.ts';
import type { ProviderKind } from '../../../node-core/agents/models/base-url.ts';
import { openLanguageModel } from '../../../node-core/agents/models/language-model.ts';
import type { Tool } from '../../../node-core/agents/tools/tool.ts';
import { toolsOf } from '../../../node-core/agents/tools/toolbox.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { AnswerEvent } from '../../../node-core/protocol/ports/answers.ts';
import type { Clock } from '../../../node-core/protocol/ports/clock.ts';
import { createIds } from '../../builders/ids.ts';
import { modelServer } from '../../builders/model-server.ts';
import { accessTo, allKinds } from '../../builders/provider-access.ts';
import { createFakeChatReader } from '../../doubles/chat-reader.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { calls, says } from '../../doubles/model-server/reply.ts';
import type { ModelServer } from '../../doubles/model-server/start-model-server.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const reader = createFakeChatReader({
  messages: [
    {
      conversationId: 'C1',
      conversationTitle: 'The boat',
      messageId: 'M1',
      role: 'user',
      createdAt: 0,
      text: 'The boat is blue',
    },
  ],
});

interface Run {
  readonly text: string;
  readonly kind?: ProviderKind;
  readonly tools?: readonly Tool[];
  readonly limits?: Partial<LoopLimits>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly partial?: string;
}

async function* start(
  server: ModelServer,
  run: Run,
  seen: { toolsRefused: number; sources: number },
): AsyncGenerator<AnswerEvent> {
  const kind = run.kind ?? 'openai-compatible';
  const clock = run.clock ?? systemClock;
  const limits = { ...defaultLimits, ...run.limits };
  const tools = run.tools ?? toolsOf({ tools: ['search_chats', 'read_attachment'] });
  const history = [{ role: 'user' as const, text: run.text, attachments: [] }];
  const partial =
    run.partial === undefined
      ? []
      : [{ role: 'assistant' as const, parts: [{ kind: 'text' as const, text: run.partial }] }];
  yield* runLoop({
    model: await openLanguageModel(accessTo(server, kind), 'test-model', clock),
    context: { host: 'h', model: 'test-model', key: null, now: 0 },
    prompt: (hasTools) =>
      toPrompt(
        { history: [...history, ...partial], isContinuation: run.partial !== undefined },
        { instructions: 'Be kind.', now: 0, hasTools },
        { reader, conversationId: 'C1', modelId: 'test-model', canSee: false, hasReadTool: hasTools },
      ),
    parameters: { temperature: 0.5, topP: null, maxOutputTokens: 99 },
    means: { tools, context: { conversationId: 'C1', reader }, clock, log: createRecordedLog(), toolMs: limits.toolMs },
    limits,
    clock,
    signal: run.signal ?? new AbortController().signal,
    ids: createIds(),
    hasThinkTags: kind === 'openai-compatible',
    partial: run.partial ?? '',
    onToolsRefused: () => {
      seen.toolsRefused += 1;
    },
    onSources: (sources) => {
      seen.sources += sources.length;
    },
  });
}

const finishRun = async (server: ModelServer, run: Run) => {
  const seen = { toolsRefused: 0, sources: 0 };
  const events: AnswerEvent[] = [];
  try {
    for await (const event of start(server, run, seen)) events.push(event);
    return { events, seen, text: textOf(events), failure: null };
  } catch (error) {
    return { events, seen, text: textOf(events), failure: failureOf(error) ?? error };
  }
};

const textOf = (events: readonly AnswerEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('');

const ofKind = <K extends AnswerEvent['kind']>(events: readonly AnswerEvent[], kind: K) =>
  events.filter((event): event is Extract<AnswerEvent, { kind: K }> => event.kind === kind);

describe.each(allKinds)('the tool loop with %s', (kind) => {
  it('shows call and result of a model that calls well, and ends with its answer', async () => {
    const server = await modelServer();
    const { events, text, seen, failure } = await finishRun(server, { kind, text: 'play:tools-well find:boat' });
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-call')).toMatchObject([{ toolName: 'search_chats', arguments: { query: 'boat' } }]);
    expect(ofKind(events, 'tool-outcome')).toMatchObject([
      { outcome: { kind: 'done', value: { matches: [{ messageId: 'M1', lines: '1: The boat is blue' }] } } },
    ]);
    expect(text).toContain('The tool answered:');
    expect(text).toContain('The boat is blue');
    expect(seen.sources).toBe(1);
    expect(ofKind(events, 'usage')).toMatchObject([{ inputTokens: 20 }]);
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
  });

  it('sends wrong arguments back to the model until it answers', async () => {
    const server = await modelServer();
    const { events, text, failure } = await finishRun(server, { kind, text: 'play:tools-wrong' });
    expect(failure).toBeNull();
    const outcomes = ofKind(events, 'tool-outcome').map(({ outcome }) => outcome);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['failed', 'failed', 'failed']);
    expect(JSON.stringify(outcomes[0])).toMatch(kind === 'google' ? /arguments are wrong/ : /arguments are not JSON/);
    expect(JSON.stringify(outcomes[1])).toMatch(/arguments are wrong.*query/);
    expect(JSON.stringify(outcomes[2])).toContain(
      'There is no tool called format_disk. There are: search_chats, read_attachment.',
    );
    expect(text).toBe('I give up on tools; here is an answer.');
    expect(JSON.stringify(server.prompts().at(-1)?.body)).toContain('There is no tool called format_disk');
  });

  it('goes on after a model thought before it called', async () => {
    const server = await modelServer();
    server.script((prompt) => {
      if (prompt.toolResults.length > 0) return says('Done.');
      const call = { kind: 'tool-call', id: 'call_1', name: 'search_chats', arguments: { query: 'boat' } } as const;
      return { kind: 'stream', rate: null, ending: 'finish', pieces: [{ kind: 'reasoning', text: 'Hm.' }, call] };
    });
    const { text, failure } = await finishRun(server, { kind, text: 'hello' });
    expect(failure).toBeNull();
    expect(text).toBe('Done.');
  });

  it('stops a model that calls for ever after 20 steps', async () => {
    const server = await modelServer();
    const { events, failure } = await finishRun(server, { kind, text: 'play:tools-forever' });
    expect(failure).toEqual({ kind: 'agent-limit', limit: 'steps', allowed: 20 });
    expect(server.prompts()).toHaveLength(20);
    const ids = ofKind(events, 'tool-call').map(({ callId }) => callId);
    expect(new Set(ids).size).toBe(20);
    expect(ofKind(events, 'finish')).toEqual([]);
  });
});

describe('the tool loop', () => {
  it('passes parameters, tools and their schema on', async () => {
    const server = await modelServer();
    await finishRun(server, { text: 'hello' });
    expect(server.prompts()[0]?.body).toMatchObject({
      temperature: 0.5,
      max_tokens: 99,
      tool_choice: 'auto',
      tools: [{ function: { name: 'search_chats', parameters: { type: 'object', required: ['query'] } } }, {}],
    });
    expect(server.prompts()[0]?.body).not.toHaveProperty('top_p');
  });

  it('does without tools when the model takes none, asks once more and says so to the model', async () => {
    const server = await modelServer();
    const { text, seen, failure } = await finishRun(server, { text: 'play:no-tools' });
    expect(failure).toBeNull();
    expect(text).toContain('You wrote: play:no-tools');
    expect(seen.toolsRefused).toBe(1);
    expect(server.prompts()).toHaveLength(2);
    expect(server.prompts()[1]?.body).not.toHaveProperty('tools');
    expect(JSON.stringify(server.prompts()[1]?.body)).toContain('You have no tools in this conversation');
  });

  it('takes thoughts between tags for thoughts', async () => {
    const server = await modelServer();
    const { events, text } = await finishRun(server, { text: 'play:think-tags' });
    expect(
      ofKind(events, 'reasoning')
        .map((event) => event.text)
        .join(''),
    ).toBe('Let me think.');
    expect(text).toMatch(/^You wrote:/);
  });

  it('joins a continuation to what is there', async () => {
    const server = await modelServer();
    server.script(() => says('It breaks off in the middle of it.'));
    expect((await finishRun(server, { text: 'Tell', partial: 'It breaks off in the' })).text).toBe(' middle of it.');
  });

  it('takes a continuation that adds nothing as the end', async () => {
    const server = await modelServer({ play: 'empty' });
    const { events, failure } = await finishRun(server, { text: 'Tell', partial: 'All is said.' });
    expect(failure).toBeNull();
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
  });

  it('says that an answer is empty', async () => {
    const server = await modelServer();
    expect((await finishRun(server, { text: 'play:empty' })).failure).toEqual({
      kind: 'model-bad-answer',
      host: 'h',
      cause: 'empty',
    });
  });

  it('says that an answer ran into the model’s limit, and runs no half call', async () => {
    const server = await modelServer();
    expect((await finishRun(server, { text: 'play:length' })).events.at(-1)).toEqual({
      kind: 'finish',
      reason: 'length',
    });
    server.script(() => ({
      kind: 'stream',
      rate: null,
      ending: 'length',
      pieces: [
        { kind: 'text', text: 'Let me look' },
        { kind: 'tool-call', id: 'x', name: 'search_chats', arguments: '{"que' },
      ],
    }));
    const { events } = await finishRun(server, { text: 'hello' });
    expect(ofKind(events, 'tool-call')).toEqual([]);
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'length' });
  });

  it('keeps what came before a provider’s refusal in a later step', async () => {
    const server = await modelServer();
    server.script((prompt) =>
      prompt.toolResults.length === 0
        ? calls('search_chats', { query: 'boat' })
        : { kind: 'refuse', status: 500, message: 'worker crashed', code: null, headers: {} },
    );
    const { events, failure } = await finishRun(server, { text: 'hello' });
    expect(ofKind(events, 'tool-outcome')).toHaveLength(1);
    expect(failure).toMatchObject({ kind: 'model-error', detail: 'worker crashed' });
  });

  it('ends an answer that grows too large', async () => {
    const server = await modelServer();
    const { text, failure } = await finishRun(server, { text: 'play:long tokens:5000', limits: { sizeChars: 1000 } });
    expect(failure).toEqual({ kind: 'agent-limit', limit: 'size', allowed: 1000 });
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(await server.prompts()[0]?.over).toBe(true);
  });

  it('ends an answer that takes too long, and closes the connection', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const running = finishRun(server, { text: 'play:silence', clock, limits: { timeMs: 30_000 } });
    const prompt = await server.nextPrompt();
    await clock.advance(30_000);
    expect((await running).failure).toEqual({ kind: 'agent-limit', limit: 'time', allowed: 30 });
    expect(await prompt.over).toBe(true);
    expect(clock.pendingTimers()).toBe(0);
  });

  const tool = (run: Tool['run']): Tool => ({
    name: 'search_chats',
    description: '',
    inputSchema: { type: 'object' },
    run,
  });

  it('contains a broken tool, without telling the model what broke', async () => {
    const server = await modelServer();
    const broken = tool(() => Promise.reject(new TypeError('secret path /home/me')));
    const { events, failure } = await finishRun(server, { text: 'play:tools-well', tools: [broken] });
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-outcome')[0]?.outcome).toEqual({
      kind: 'failed',
      message: 'The tool is broken at the moment. Go on without it.',
    });
  });

  it('does not wait for a tool for ever, and tells it to stop', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const started = Promise.withResolvers<AbortSignal>();
    const slow = tool((_, { signal }) => {
      started.resolve(signal);
      return new Promise(() => undefined);
    });
    const running = finishRun(server, { text: 'play:tools-well', tools: [slow], clock });
    const signal = await started.promise;
    await clock.advance(defaultLimits.toolMs);
    const { events, failure } = await running;
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-outcome')[0]?.outcome).toEqual({
      kind: 'failed',
      message: 'The tool took longer than 30 s.',
    });
    expect(signal.aborted).toBe(true);
  });

  it('stops in the middle of a tool', async () => {
    const server = await modelServer();
    const stop = new AbortController();
    const reason = new Error('stopped by the person');
    const slow = tool((_, { signal }) => {
      signal.addEventListener('abort', () => undefined);
      stop.abort(reason);
      return new Promise(() => undefined);
    });
    const { failure, events } = await finishRun(server, {
      text: 'play:tools-well',
      tools: [slow],
      signal: stop.signal,
    });
    expect(failure).toBe(reason);
    expect(ofKind(events, 'tool-outcome')).toEqual([]);
    expect(server.prompts()).toHaveLength(1);
  });
});
