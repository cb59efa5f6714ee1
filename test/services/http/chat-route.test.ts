import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { chatBodySchema } from '../../../node-core/http/chat-body.ts';
import type { AnswerEvent } from '../../../node-core/protocol/ports/answers.ts';
import { plainAnswer, startTestListener } from '../../doubles/http-node.ts';

describe('POST /chat', () => {
  test("takes HART OS's fields, ignores the rest and answers in HART OS's fields", async () => {
    const listener = await startTestListener();
    const body = { user_id: '17', prompt: 'Hello', prompt_id: 99, agentic: true, extra: { deep: [1] } };
    const answer = await listener.post('/chat', body);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { response: 'You said: Hello', prompt_id: 99, req_token_count: 12, res_token_count: 3 },
    ]);
    expect(listener.asked).toMatchObject([
      { agentId: 'nunba', model: null, history: [{ role: 'user', text: 'Hello' }] },
    ]);
  });

  test('prompt_id may name an agent', async () => {
    const listener = await startTestListener();
    await (await listener.post('/chat', { prompt: 'Hello', prompt_id: 'guide' })).text();
    expect(listener.asked).toMatchObject([{ agentId: 'guide' }]);
  });

  test('tokens that nobody counted are not invented', async () => {
    const listener = await startTestListener(async function* () {
      yield { kind: 'text', text: 'Hi' };
      yield { kind: 'usage', inputTokens: null, outputTokens: null };
      yield { kind: 'finish', reason: 'complete' };
    });
    const answer = await listener.post('/chat', { prompt: 'Hello' });
    expect(await answer.json()).toEqual({
      response: 'Hi',
      prompt_id: null,
      req_token_count: null,
      res_token_count: null,
    });
  });

  test.each([
    [{ kind: 'no-model' }, 503, null],
    [{ kind: 'model-rate-limited', host: 'models.example', retryAfterSeconds: 7 }, 429, '7'],
    [{ kind: 'model-refused-key', host: 'models.example', hasKey: true }, 502, null],
    [{ kind: 'model-bad-answer', host: 'models.example', cause: 'silent' }, 504, null],
    [{ kind: 'model-unreachable', host: 'models.example', cause: 'refused' }, 502, null],
  ] as const)('%j becomes %i', async (failure, status, retryAfter) => {
    const listener = await startTestListener(() => failing(new FailureError(failure)));
    const answer = await listener.post('/chat', { prompt: 'Hello' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await answer.json()).toMatchObject({ code: failure.kind, error: expect.stringMatching(/\.$/) });
    expect(listener.bugs).toEqual([]);
  });

  test('what nobody foresaw is reported, and the caller is told the incident alone', async () => {
    const listener = await startTestListener(() => failing(new Error('secret detail')));
    const answer = await listener.post('/chat', { prompt: 'Hello' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('INCIDENT');
    expect(text).not.toContain('secret detail');
    expect(listener.bugs).toHaveLength(1);
  });

  test('a caller who goes away ends the answer', async () => {
    const started = Promise.withResolvers<AbortSignal>();
    const listener = await startTestListener(async function* (_request, signal) {
      started.resolve(signal);
      yield { kind: 'text', text: 'Well' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const caller = new AbortController();
    const call = fetch(`${listener.address}/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await listener.node.chatToken()}`, 'content-type': 'application/json' },
      body: '{"prompt":"Hello"}',
      signal: caller.signal,
    });
    const signal = await started.promise;
    caller.abort();
    await expect(call).rejects.toThrow();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve());
    });
    expect(signal.aborted).toBe(true);
  });

  test('callers cannot pile up without end, and a place is free again when an answer ends', async () => {
    const gate = Promise.withResolvers<void>();
    const listener = await startTestListener(async function* (request) {
      await gate.promise;
      yield* plainAnswer(request);
    });
    const calls = Array.from({ length: 17 }, () => listener.post('/chat', { prompt: 'Hello' }));
    const refused = await Promise.race(calls);
    expect(refused.status).toBe(429);
    gate.resolve();
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(16);
    expect((await listener.post('/chat', { prompt: 'Hello' })).status).toBe(200);
  });
});

test('any body is either understood or refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const parsed = chatBodySchema.safeParse(body);
      if (parsed.success) expect(parsed.data.prompt.trim()).not.toBe('');
    }),
  );
});

async function* failing(error: Error): AsyncGenerator<AnswerEvent> {
  yield { kind: 'text', text: '' };
  throw error;
}
