import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalFailure, refusesTools, retryAfterOf } from '../../../node-core/agents/models/refusal-failure.ts';
import { scrubDetail } from '../../../node-core/agents/models/scrub.ts';
import { failureSchema } from '../../../node-core/api/failure-schema.ts';

const now = Date.UTC(2026, 9, 14, 9, 15);
const context = { host: 'llm.example.com', model: 'some-model', key: 'canary-key-0123456789', now };
const refusal = (status: number, error: unknown, retryAfter: string | null = null) => ({
  status,
  retryAfter,
  location: null,
  body: typeof error === 'string' ? error : JSON.stringify(error),
});

describe('refusalFailure', () => {
  it.each([
    ['a wrong key', refusal(401, { error: { message: 'no' } }), { kind: 'model-refused-key', hasKey: true }],
    ['a forbidden model', refusal(403, ''), { kind: 'model-refused-key', hasKey: true }],
    [
      'Google’s wrong key',
      refusal(400, {
        error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' },
      }),
      { kind: 'model-refused-key' },
    ],
    ['a limit with seconds', refusal(429, '', '7'), { kind: 'model-rate-limited', retryAfterSeconds: 7 }],
    [
      'a limit with a date',
      refusal(429, '', new Date(now + 90_000).toUTCString()),
      { kind: 'model-rate-limited', retryAfterSeconds: 90 },
    ],
    ['a limit without a time', refusal(429, ''), { kind: 'model-rate-limited', retryAfterSeconds: null }],
    [
      'Google’s limit',
      refusal(429, { error: { message: 'Quota', details: [{ '@type': 'x' }, { retryDelay: '17.4s' }] } }),
      { kind: 'model-rate-limited', retryAfterSeconds: 18 },
    ],
    [
      'used-up money, which waiting does not mend',
      refusal(429, { error: { message: 'You exceeded your current quota.', code: 'insufficient_quota' } }),
      { kind: 'model-error', status: 429, detail: 'You exceeded your current quota.' },
    ],
    [
      'OpenAI’s unknown model',
      refusal(404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }),
      { kind: 'model-unknown', model: 'some-model' },
    ],
    [
      'Ollama’s unknown model',
      refusal(404, { error: { message: 'model "x" not found, try pulling it first' } }),
      { kind: 'model-unknown' },
    ],
    [
      'Anthropic’s unknown model',
      refusal(404, { type: 'error', error: { type: 'not_found_error', message: 'model: claude-x' } }),
      { kind: 'model-unknown' },
    ],
    [
      'an unknown path',
      refusal(404, { detail: 'Not Found' }),
      { kind: 'model-error', status: 404, detail: 'it answered with status 404.' },
    ],
    [
      'OpenAI’s full context',
      refusal(400, { error: { message: 'too long', code: 'context_length_exceeded' } }),
      { kind: 'model-context-full', model: 'some-model' },
    ],
    [
      'Anthropic’s full context',
      refusal(400, { error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }),
      { kind: 'model-context-full' },
    ],
    [
      'llama.cpp’s full context',
      refusal(500, {
        error: { message: 'the request exceeds the available context size', type: 'exceed_context_size_error' },
      }),
      { kind: 'model-context-full' },
    ],
    [
      'an error as a word',
      refusal(500, { error: 'model runner has stopped' }),
      { kind: 'model-error', status: 500, detail: 'model runner has stopped' },
    ],
    [
      'Google’s list of one error',
      refusal(503, [{ error: { message: 'Overloaded' } }]),
      { kind: 'model-error', detail: 'Overloaded' },
    ],
    [
      'HTML',
      refusal(502, '<html>Bad gateway</html>'),
      { kind: 'model-error', status: 502, detail: 'it answered with status 502.' },
    ],
    [
      'a redirect',
      { ...refusal(301, ''), location: 'https://elsewhere.example/v1/models' },
      { kind: 'model-error', status: 301, detail: 'the address has moved to https://elsewhere.example/v1/models.' },
    ],
  ])('understands %s', (_name, given, expected) => {
    expect(refusalFailure(given, context)).toMatchObject({ host: 'llm.example.com', ...expected });
  });

  it('makes of anything at all a failure that the contract knows and that holds no key', () => {
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constant(JSON.stringify({ error: { message: `bad ${context.key} ${'x'.repeat(900)}` } })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), body, fc.option(fc.string()), (status, text, retryAfter) => {
        const failure = refusalFailure({ status, retryAfter, location: text.slice(0, 50), body: text }, context);
        expect(failureSchema.parse(failure)).toEqual(failure);
        expect(JSON.stringify(failure)).not.toContain(context.key);
      }),
    );
  });
});

describe('retryAfterOf', () => {
  it('reads seconds and dates and never gives less than nothing', () => {
    expect(retryAfterOf('1.2', now)).toBe(2);
    expect(retryAfterOf(new Date(now - 5000).toUTCString(), now)).toBe(0);
    expect(retryAfterOf('soon', now)).toBeNull();
    expect(retryAfterOf('-3', now)).toBeNull();
    expect(retryAfterOf(null, now)).toBeNull();
  });

  it('gives a whole number of seconds or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = retryAfterOf(text, now);
        expect(seconds === null || (Number.isInteger(seconds) && seconds >= 0)).toBe(true);
      }),
    );
  });
});

describe('refusesTools', () => {
  const error = (status: number, detail: string) => ({ kind: 'model-error', host: 'h', status, detail }) as const;
  it.each([
    [error(400, 'registry.ollama.ai/library/gemma:2b does not support tools'), true],
    [error(400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'), true],
    [error(500, 'tools param requires --jinja flag'), true],
    [error(404, 'No endpoints found that support tool use; model has no tool support'), true],
    [error(400, 'Function calling is not supported by this model'), true],
    [error(500, 'The server had an error while processing your request.'), false],
    [error(400, 'temperature is not supported'), false],
    [{ kind: 'no-model' } as const, false],
  ])('%j -> %s', (failure, expected) => {
    expect(refusesTools(failure)).toBe(expected);
  });
});

describe('scrubDetail', () => {
  it('takes out the key and what looks like one, and line breaks', () => {
    expect(scrubDetail('wrong:\n canary-key-0123456789\u0000!', 'canary-key-0123456789')).toBe('wrong: ••• !');
    expect(scrubDetail('Incorrect API key provided: sk-proj-abc123***xyz.', null)).toBe(
      'Incorrect API key provided: •••',
    );
    expect(scrubDetail('AIzaSyA0123456789abcdef was refused', null)).toBe('••• was refused');
  });

  it('never shows the key, stays short, and changes nothing the second time', () => {
    const key = fc
      .string({ minLength: 8, maxLength: 40 })
      .filter((text) => text.trim() === text && !text.includes('•'));
    fc.assert(
      fc.property(key, fc.string({ maxLength: 700 }), fc.string({ maxLength: 700 }), (secret, before, after) => {
        const detail = scrubDetail(`${before}${secret}${after}`, secret);
        expect(detail).not.toContain(secret);
        expect(detail.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});
