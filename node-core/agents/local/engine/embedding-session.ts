import { vectorOf } from '../../../protocol/local/vector.ts';
import type { EmbedOrder, FromEngine, LoadOrder } from './engine-messages.ts';
import { type LlamaEmbeddingContext, type LlamaModel, type LlamaModule, openModel } from './llama-module.ts';

/** Tokens that a model may want before and behind a text, and one that the engine keeps free. */
const spareTokens = 3;

/** A model for embeddings that is loaded into this process. One order at a time. */
export class EmbeddingSession {
  readonly contextTokens: number;
  readonly #model: LlamaModel;
  readonly #context: LlamaEmbeddingContext;

  private constructor(model: LlamaModel, context: LlamaEmbeddingContext, contextTokens: number) {
    this.#model = model;
    this.#context = context;
    this.contextTokens = contextTokens;
  }

  /** Loads the model. Rejects with what node-llama-cpp says. */
  static async load(llamaModule: LlamaModule, order: LoadOrder): Promise<EmbeddingSession> {
    const { mostContextTokens, threads } = order;
    const model = await openModel(llamaModule, order);
    const max = Math.min(mostContextTokens, model.trainContextSize ?? mostContextTokens);
    const context = await model.createEmbeddingContext({
      contextSize: { max },
      // These models look at a text as a whole, so all of it is in one batch.
      batchSize: max,
      ...(threads === null ? {} : { threads }),
    });
    // Where memory is short it becomes shorter; then more of a text is cut.
    return new EmbeddingSession(model, context, Math.min(max, context._llamaContext?.contextSize ?? max));
  }

  /** Computes a vector for each text and tells it. Aborting `signal` ends it behind the present text. */
  async embed({ id, texts }: EmbedOrder, signal: AbortSignal, tell: (news: FromEngine) => void): Promise<void> {
    let inputTokens = 0;
    for (const text of texts) {
      if (signal.aborted) return tell({ kind: 'done', id, reason: 'aborted', inputTokens, outputTokens: 0 });
      const tokens = this.#model.tokenize(text).slice(0, Math.max(1, this.contextTokens - spareTokens));
      const { vector } = tokens.length === 0 ? { vector: [] } : await this.#context.getEmbeddingFor(tokens);
      inputTokens += tokens.length;
      tell({ kind: 'vector', id, vector: vectorOf(vector) });
    }
    tell({ kind: 'done', id, reason: 'stop', inputTokens, outputTokens: 0 });
  }
}
