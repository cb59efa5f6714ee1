import { expect, it } from 'vitest';
import type { LocalEngine } from '../../../node-core/agents/local/engine/local-engine.ts';
import { localLanguageModel } from '../../../node-core/agents/local/engine/local-language-model.ts';
import { type ModelEvent, readStream } from '../../../node-core/agents/models/read-stream.ts';

const file = { id: 'tiny', name: 'Tiny', path: '/tiny.gguf', sizeBytes: 1, contextTokens: 256, isThere: true };

/** An answer of a local model that the engine ends for this reason. */
const answerThatEnds = async (reason: 'stop' | 'length' | 'full'): Promise<ModelEvent[]> => {
  const generate: LocalEngine['generate'] = async function* () {
    yield { kind: 'text', id: 1, text: 'Half a' };
    yield { kind: 'done', id: 1, reason, inputTokens: 200, outputTokens: 56 };
  };
  const model = localLanguageModel({ engine: { generate }, look: async () => file, ids: () => 'c', permit: () => {} });
  const events: ModelEvent[] = [];
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on' }] }];
  const context = { host: 'This computer', model: 'tiny', key: null, now: 0 };
  for await (const event of readStream(model, { prompt }, context)) events.push(event);
  return events;
};

it.each(['stop', 'length', 'full'] as const)('keeps what came, its tokens, and why it ended: %s', async (reason) => {
  expect(await answerThatEnds(reason)).toMatchObject([
    { kind: 'text', text: 'Half a' },
    { kind: 'finish', reason, inputTokens: 200, outputTokens: 56 },
  ]);
});
