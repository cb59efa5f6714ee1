import { expect, it } from 'vitest';
import { EmbeddingSession } from '../../../node-core/agents/local/engine/embedding-session.ts';
import type { FromEngine } from '../../../node-core/agents/local/engine/engine-messages.ts';
import type { LlamaModule } from '../../../node-core/agents/local/engine/llama-module.ts';

/** A module whose context has become shorter than was asked for, and refuses what does not fit into it, as the real one does. */
function shortOfMemory(contextSize: number) {
  const lengths: number[] = [];
  const context = {
    _llamaContext: { contextSize },
    async getEmbeddingFor(tokens: readonly number[]) {
      if (tokens.length + 2 >= contextSize) throw new Error('Input is longer than the usable context size.');
      lengths.push(tokens.length);
      return { vector: [1] };
    },
  };
  const model = {
    trainContextSize: 2_048,
    createEmbeddingContext: async () => context,
    tokenize: (text: string) => Array.from(text, () => 1),
  };
  const llama = { getLlama: async () => ({ loadModel: async () => model }) } as unknown as LlamaModule;
  return { llama, lengths };
}

it('a text is cut to the context that there was memory for', async () => {
  const { llama, lengths } = shortOfMemory(256);
  const session = await EmbeddingSession.load(llama, {
    ...{ kind: 'load', use: 'embeddings', folder: '/', gpu: 'none', modelPath: '/m', threads: 1 },
    mostContextTokens: 1_024,
  });
  expect(session.contextTokens).toBe(256);
  const told: FromEngine[] = [];
  const order = { kind: 'embed' as const, id: 1, texts: ['x'.repeat(900), 'xx'] };
  await session.embed(order, new AbortController().signal, (news) => told.push(news));
  expect(lengths).toEqual([253, 2]);
  expect(told.map(({ kind }) => kind)).toEqual(['vector', 'vector', 'done']);
});
