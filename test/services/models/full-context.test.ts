import { expect, it } from 'vitest';
import type { LanguageModel, StreamPart } from '../../../node-core/agents/models/language-model.ts';
import { readStream } from '../../../node-core/agents/models/read-stream.ts';

it.each([
  ['length', 'full', 'full'],
  ['length', 'model_context_window_exceeded', 'full'],
  ['length', 'max_tokens', 'length'],
  ['other', 'full', 'stop'],
] as const)('an end that a provider calls %s (%s) is taken as %s', async (unified, raw, reason) => {
  const inputTokens = { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  const outputTokens = { total: 1, text: undefined, reasoning: undefined };
  const finish: StreamPart = { type: 'finish', finishReason: { unified, raw }, usage: { inputTokens, outputTokens } };
  const stream = new ReadableStream<StreamPart>({
    start(controller) {
      controller.enqueue(finish);
      controller.close();
    },
  });
  const model: LanguageModel = { doStream: async () => ({ stream }) };
  const context = { host: 'h', model: 'm', key: null, now: 0 };
  for await (const event of readStream(model, { prompt: [] }, context)) {
    expect(event).toMatchObject({ kind: 'finish', reason });
  }
  expect.assertions(1);
});
