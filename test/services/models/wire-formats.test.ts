import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '../../../node-core/agents/models/base-url.ts';
import { openLanguageModel } from '../../../node-core/agents/models/language-model.ts';
import { type ModelEvent, readStream } from '../../../node-core/agents/models/read-stream.ts';
import { silenceMs } from '../../../node-core/agents/models/send-request.ts';
import { FailureError, failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { Clock } from '../../../node-core/protocol/ports/clock.ts';
import { modelServer } from '../../builders/model-server.ts';
import { accessTo, allKinds } from '../../builders/provider-access.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { says } from '../../doubles/model-server/reply.ts';
import type { ModelServer } from '../../doubles/model-server/start-model-server.ts';

interface Question {
  readonly kind: ProviderKind;
  readonly text: string;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

async function* ask(server: ModelServer, { kind, text, signal, clock }: Question): AsyncGenerator<ModelEvent> {
  const access = accessTo(server, kind);
  const model = await openLanguageModel(access, 'test-model', clock ?? systemClock, () => undefined);
  const call = {
    prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
    tools: [
      {
        type: 'function' as const,
        name: 'search_chats',
        inputSchema: { type: 'object' as const, properties: { query: { type: 'string' as const } } },
      },
    ],
    ...(signal ? { abortSignal: signal } : {}),
  };
  yield* readStream(model, call, { host: new URL(server.url).host, model: 'test-model', key: access.key, now: 0 });
}

/** What arrived, and what it ended with. */
async function outcome(events: AsyncIterable<ModelEvent>) {
  const arrived: ModelEvent[] = [];
  try {
    for await (const event of events) arrived.push(event);
    return { text: textOf(arrived), arrived, failure: null, error: null };
  } catch (error) {
    return { text: textOf(arrived), arrived, failure: failureOf(error), error };
  }
}

const textOf = (events: readonly ModelEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('');

describe.each(allKinds)('a provider of kind %s', (kind) => {
  it('streams text piece by piece and says how it ended and what it took', async () => {
    const server = await modelServer();
    const { arrived, text } = await outcome(ask(server, { kind, text: 'Good morning' }));
    expect(text).toBe('You wrote: Good morning — and this is the answer.');
    expect(arrived.filter((event) => event.kind === 'text').length).toBeGreaterThan(5);
    expect(arrived.at(-1)).toMatchObject({ kind: 'finish', reason: 'stop', inputTokens: 10 });
  });

  it('shows the key in its own header, and nowhere else', async () => {
    const server = await modelServer({ key: 'canary-key-0123456789' });
    expect((await outcome(ask(server, { kind, text: 'hello' }))).failure).toBeNull();
    const { path, body } = server.prompts()[0] ?? {};
    expect(path).not.toContain('canary');
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it('gives a call of a tool with its arguments', async () => {
    const server = await modelServer();
    const { arrived } = await outcome(ask(server, { kind, text: 'play:tools-well find:boat' }));
    const call = arrived.find((event) => event.kind === 'tool-call');
    expect(call).toMatchObject({ toolName: 'search_chats' });
    expect(call?.kind === 'tool-call' && JSON.parse(call.input)).toEqual({ query: 'boat' });
    expect(arrived.at(-1)).toMatchObject({
      kind: 'finish',
      content: [{ type: 'tool-call', input: { query: 'boat' } }],
    });
  });

  it('says that an answer was cut by the model’s own limit', async () => {
    const server = await modelServer();
    const { arrived } = await outcome(ask(server, { kind, text: 'play:length' }));
    expect(arrived.at(-1)).toMatchObject({ kind: 'finish', reason: 'length' });
  });

  it('closes the connection when it is stopped, as the provider sees', async () => {
    const server = await modelServer();
    const stop = new AbortController();
    const reason = new Error('stopped by the person');
    const arrived: string[] = [];
    const asking = (async () => {
      for await (const event of ask(server, { kind, text: 'play:stall', signal: stop.signal })) {
        if (event.kind === 'text') arrived.push(event.text);
        if (arrived.join('') === 'This answer stops coming') stop.abort(reason);
      }
    })();
    await expect(asking).rejects.toBe(reason);
    expect(await server.prompts()[0]?.over).toBe(true);
    expect(server.prompts()[0]?.closedByClientAt).not.toBeNull();
  });

  it('closes the connection when it is stopped before the first byte', async () => {
    const server = await modelServer();
    const stop = new AbortController();
    const asking = outcome(ask(server, { kind, text: 'play:silence', signal: stop.signal }));
    const prompt = await server.nextPrompt();
    stop.abort();
    expect((await asking).error).toBe(stop.signal.reason);
    expect(await prompt.over).toBe(true);
  });

  it('closes the connection when nobody reads on', async () => {
    const server = await modelServer();
    for await (const event of ask(server, { kind, text: 'play:stall' })) if (event.kind === 'text') break;
    expect(await server.prompts()[0]?.over).toBe(true);
  });

  it.each([
    ['play:401', { kind: 'model-refused-key', hasKey: true }],
    ['play:404', { kind: 'model-unknown', model: 'test-model' }],
    ['play:429 retry-after:12', { kind: 'model-rate-limited', retryAfterSeconds: 12 }],
    [
      'play:500',
      { kind: 'model-error', status: 500, detail: 'The server had an error while processing your request.' },
    ],
    ['play:context-full', { kind: 'model-context-full', model: 'test-model' }],
    ['play:hang-up', { kind: 'model-unreachable', cause: 'closed' }],
    ['play:bad-sse', { kind: 'model-bad-answer', cause: 'not-json' }],
    ['play:html', { kind: 'model-bad-answer', cause: 'not-a-stream' }],
    ['play:long-line', { kind: 'model-bad-answer', cause: 'line-too-long' }],
  ])('makes one failure of %s, and asks only once', async (text, expected) => {
    const server = await modelServer();
    const { failure } = await outcome(ask(server, { kind, text }));
    expect(failure).toMatchObject({ host: new URL(server.url).host, ...expected });
    expect(server.prompts()).toHaveLength(1);
  });

  it.each([
    ['the connection is torn', 'play:cut', 'This answer breaks off in the'],
    ['the end is missing', 'play:no-done', 'This answer ends without an end'],
  ])('keeps half a stream when %s', async (_how, text, half) => {
    const server = await modelServer();
    const { text: arrived, failure } = await outcome(ask(server, { kind, text }));
    expect(arrived).toBe(half);
    expect(failure).toMatchObject({ kind: 'model-bad-answer', cause: 'cut' });
  });

  it('ends the wait after 60 s without a byte, before the first and in the middle', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const before = outcome(ask(server, { kind, text: 'play:silence', clock }));
    const prompt = await server.nextPrompt();
    await clock.advance(silenceMs);
    expect((await before).failure).toMatchObject({ kind: 'model-bad-answer', cause: 'silent' });
    expect(await prompt.over).toBe(true);

    const stalled = Promise.withResolvers<void>();
    const middle = outcome(
      (async function* () {
        for await (const event of ask(server, { kind, text: 'play:stall', clock })) {
          if (event.kind === 'text' && event.text.includes('coming')) stalled.resolve();
          yield event;
        }
      })(),
    );
    await stalled.promise;
    await clock.advance(silenceMs);
    const { text, failure } = await middle;
    expect(text).toBe('This answer stops coming');
    expect(failure).toMatchObject({ kind: 'model-bad-answer', cause: 'silent' });
  });

  it('does not take a slow answer for a silent one', async () => {
    const server = await modelServer();
    const clock = createFakeClock(0);
    const go = Promise.withResolvers<void>();
    server.script(async () => {
      await go.promise;
      return says('late but here');
    });
    const asking = outcome(ask(server, { kind, text: 'hello', clock }));
    await server.nextPrompt();
    await clock.advance(silenceMs - 1);
    go.resolve();
    expect((await asking).text).toBe('late but here');
    expect(clock.pendingTimers()).toBe(0);
  });
});

describe('thoughts', () => {
  it.each(['openai-compatible', 'anthropic', 'google'] as const)('of %s come as reasoning', async (kind) => {
    const server = await modelServer();
    const { arrived } = await outcome(ask(server, { kind, text: 'play:think' }));
    expect(arrived[0]).toEqual({ kind: 'reasoning', text: 'Let me think.' });
  });
});

describe('an error in the middle of a stream', () => {
  const errors = {
    'openai-compatible': { error: { message: 'worker crashed canary-key-0123456789', type: 'server_error' } },
    openai: { error: { message: 'worker crashed canary-key-0123456789', type: 'server_error' } },
    anthropic: { type: 'error', error: { type: 'api_error', message: 'worker crashed canary-key-0123456789' } },
    google: { error: { code: 500, message: 'worker crashed canary-key-0123456789', status: 'INTERNAL' } },
  };
  it.each(allKinds)('of %s is told in the provider’s words, without the key', async (kind) => {
    const server = await modelServer();
    server.script(() => ({
      kind: 'raw',
      status: 200,
      contentType: 'text/event-stream',
      body: `event: error\ndata: ${JSON.stringify(errors[kind])}\n\n`,
    }));
    const { failure } = await outcome(ask(server, { kind, text: 'hello' }));
    expect(failure).toMatchObject({ kind: 'model-error', detail: 'worker crashed •••' });
  });

  it('of a busy service is a limit', async () => {
    const server = await modelServer();
    server.script(() => ({
      kind: 'raw',
      status: 200,
      contentType: 'text/event-stream',
      body: 'data: {"error":{"message":"slow down","type":"rate_limit_error","code":null}}\n\n',
    }));
    const { failure } = await outcome(ask(server, { kind: 'openai-compatible', text: 'hello' }));
    expect(failure).toMatchObject({ kind: 'model-rate-limited' });
  });
});

it('does not hide a bug as a failure of the provider', async () => {
  const server = await modelServer();
  const model = await openLanguageModel(
    accessTo(server, 'openai-compatible'),
    'test-model',
    systemClock,
    () => undefined,
  );
  const broken = { ...model, doStream: () => Promise.reject(new RangeError('ours')) };
  const reading = readStream(
    Object.assign(Object.create(model), broken),
    { prompt: [] },
    { host: 'h', model: 'm', key: null, now: 0 },
  );
  const error = await reading.next().catch((each: unknown) => each);
  expect(error).toBeInstanceOf(RangeError);
  expect(error).not.toBeInstanceOf(FailureError);
});
