import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNamedModel, toAnswerRequest } from '../../../node-core/http/completion-request.ts';
import { parseCompletionsBody } from '../../../node-core/http/completions-body.ts';
import { HttpRefusal } from '../../../node-core/http/http-refusal.ts';
import { startTestListener } from '../../doubles/http-node.ts';

const messages = [{ role: 'user', content: 'Hello' }];
const body = (extra: object = {}): object => ({ model: 'nunba', messages, ...extra });
const defaults = { conversationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', agentId: 'nunba' };

function refusalOf(value: unknown): HttpRefusal | null {
  try {
    parseCompletionsBody(value);
    return null;
  } catch (error) {
    if (error instanceof HttpRefusal) return error;
    throw error;
  }
}

describe('what callers may ask for', () => {
  test.each([
    [{ temperature: 0.5, top_p: 1, max_tokens: 10, stream: true, stream_options: { include_usage: true } }],
    [{ user: 'me', seed: 1, store: true, metadata: { a: 'b' }, reasoning_effort: 'low' }],
    [{ n: 1, tools: [], tool_choice: 'auto', stop: null, logit_bias: {}, presence_penalty: 0, logprobs: false }],
    [{ response_format: { type: 'text' }, modalities: ['text'] }],
    [{ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] }],
  ])('%j is fine', (extra) => {
    expect(refusalOf(body(extra))).toBeNull();
  });

  test.each([
    [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools', 'unsupported_parameter'],
    [{ n: 2 }, 'n', 'unsupported_parameter'],
    [{ response_format: { type: 'json_object' } }, 'response_format', 'unsupported_parameter'],
    [{ stop: ['END'] }, 'stop', 'unsupported_parameter'],
    [{ frequency_penalty: 1 }, 'frequency_penalty', 'unsupported_parameter'],
    [{ made_up: 1 }, 'made_up', null],
    [{ temperature: 3 }, 'temperature', null],
    [{ messages: [] }, 'messages', null],
    [{ messages: [{ role: 'tool', content: 'x', tool_call_id: 'y' }] }, 'messages[0]', 'unsupported_value'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }] },
      'messages[0]',
      'unsupported_value',
    ],
    [{ model: '' }, 'model', null],
  ])('%j is refused by name', (extra, param, code) => {
    expect(refusalOf(body(extra))).toMatchObject({ status: 400, param, code });
  });

  test('any body is either understood or refused', () => {
    const odd = fc.record(
      {
        model: fc.oneof(fc.constant('nunba'), fc.jsonValue()),
        messages: fc.oneof(
          fc.array(fc.record({ role: fc.constantFrom('user', 'system', 'tool'), content: fc.jsonValue() })),
          fc.jsonValue(),
        ),
        stream: fc.jsonValue(),
        tools: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(fc.oneof(odd, fc.jsonValue()), (value) => void refusalOf(value)));
  });
});

describe('what the answerer is asked', () => {
  const request = (value: object) => toAnswerRequest(parseCompletionsBody(value), { ref: 'one/llama' }, defaults);

  test('history, instructions and parameters arrive', () => {
    const asked = request(
      body({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'One' },
          { role: 'assistant', content: 'Two' },
          { role: 'user', content: 'Three' },
        ],
        temperature: 0.2,
        max_completion_tokens: 7,
      }),
    );
    expect(asked).toMatchObject({
      agentId: 'nunba',
      model: 'one/llama',
      modelChosenBy: 'caller',
      callerInstructions: 'Be brief.',
      parameters: { temperature: 0.2, topP: null, maxOutputTokens: 7 },
      history: [
        { role: 'user', text: 'One' },
        { role: 'assistant', parts: [{ kind: 'text', text: 'Two' }] },
        { role: 'user', text: 'Three' },
      ],
    });
  });

  test('the last word must be the user’s', () => {
    const value = body({ messages: [...messages, { role: 'assistant', content: 'Hi' }] });
    expect(() => request(value)).toThrow(HttpRefusal);
  });
});

test('a name is an agent, a model with its provider, or a model that only one provider has', async () => {
  const { node } = await startTestListener();
  const find = (name: string) => findNamedModel(name, node.agents(), node.models());
  expect(find('guide')).toEqual({ agentId: 'guide' });
  expect(find('two/llama')).toEqual({ ref: 'two/llama' });
  expect(find('org/qwen')).toEqual({ ref: 'two/org/qwen' });
  expect(find('llama')).toBeNull();
  expect(find('gpt-4')).toBeNull();
});
