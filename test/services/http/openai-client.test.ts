import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { chatToken, startTestListener, type TestListener } from '../../doubles/http-node.ts';

const clientOf = ({ address }: TestListener, apiKey = chatToken): OpenAI =>
  new OpenAI({ baseURL: `${address}/v1`, apiKey, maxRetries: 0 });
const hello = { model: 'nunba', messages: [{ role: 'user' as const, content: 'Hello' }] };

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('the official client', () => {
  test('lists agents and models, and finds one with slashes in its name', async () => {
    const client = clientOf(await startTestListener());
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(['nunba', 'guide', 'one/llama', 'two/llama', 'two/org/qwen']);
    expect((await client.models.retrieve('nunba')).owned_by).toBe('nunba');
    await expect(client.models.retrieve('none')).rejects.toThrow(NotFoundError);
  });

  test('gets a whole completion with usage', async () => {
    const completion = await clientOf(await startTestListener()).chat.completions.create(hello);
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: 'nunba',
      choices: [{ index: 0, message: { role: 'assistant', content: 'You said: Hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
    });
  });

  test('streams, with usage at the end when it asks for it', async () => {
    const client = clientOf(await startTestListener());
    const stream = await client.chat.completions.create({
      ...hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('You said: Hello');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  test.each(['length', 'full'] as const)(
    'says "length" when an answer was cut (%s), and shows its reasoning apart',
    async (reason) => {
      const listener = await startTestListener(async function* () {
        yield { kind: 'reasoning', text: 'Hm.' };
        yield { kind: 'text', text: 'Yes' };
        yield { kind: 'finish', reason };
      });
      const stream = await clientOf(listener).chat.completions.create({ ...hello, stream: true });
      const chunks = await collect(stream);
      expect(chunks.some(({ choices }) => choices[0]?.delta && 'reasoning_content' in choices[0].delta)).toBe(true);
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
      const whole = await clientOf(listener).chat.completions.create(hello);
      expect(whole.choices[0]).toMatchObject({ message: { content: 'Yes' }, finish_reason: 'length' });
    },
  );

  test('an abort closes the request and ends the answer', async () => {
    const ended = Promise.withResolvers<void>();
    const listener = await startTestListener(async function* (_request, signal) {
      signal.addEventListener('abort', () => ended.resolve());
      while (!signal.aborted) {
        yield { kind: 'text', text: 'and ' };
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const stream = await clientOf(listener).chat.completions.create({ ...hello, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    await ended.promise;
    expect(stream.controller.signal.aborted).toBe(true);
  });

  test('meets refusals as it knows them', async () => {
    const listener = await startTestListener();
    await expect(clientOf(listener, 'wrong-token-wrong-token').models.list()).rejects.toThrow(AuthenticationError);
    const create = (extra: object) => clientOf(listener).chat.completions.create({ ...hello, ...extra });
    await expect(create({ n: 3 })).rejects.toThrow(BadRequestError);
    await expect(create({ n: 3 })).rejects.toMatchObject({ code: 'unsupported_parameter', param: 'n' });
    await expect(create({ model: 'gpt-4' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });

  test('a failure before the first word is a status, one in the middle an error of the stream', async () => {
    const failure = new FailureError({ kind: 'model-rate-limited', host: 'models.example', retryAfterSeconds: 3 });
    let words = 0;
    const listener = await startTestListener(async function* () {
      for (let word = 0; word < words; word += 1) yield { kind: 'text', text: 'word ' };
      throw failure;
    });
    const ask = () => clientOf(listener).chat.completions.create({ ...hello, stream: true });
    await expect(ask()).rejects.toMatchObject({ status: 429, code: 'model-rate-limited' });
    words = 2;
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of await ask()) seen.push(chunk.choices[0]?.delta.content ?? '');
    };
    await expect(read()).rejects.toThrow(APIError);
    expect(seen.join('')).toBe('word word ');
  });
});
