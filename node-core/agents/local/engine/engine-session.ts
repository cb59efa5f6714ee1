import type { FromEngine, GenerateOrder, LoadOrder, Refused } from './engine-messages.ts';
import { llamaFunctions, llamaHistory } from './llama-history.ts';
import {
  type LlamaChat,
  type LlamaFunctions,
  type LlamaHistoryItem,
  type LlamaModel,
  type LlamaModule,
  type LlamaSequence,
  openModel,
} from './llama-module.ts';
import { withoutNulls } from './tool-schema.ts';

/** Room that is left for an answer, tokens: a prompt that leaves less does not fit. */
const leastAnswerTokens = 48;
/** How many tokens of a prompt are read at once. An abort waits for one such batch, so it is small. */
const batchTokens = 128;
/** Most calls of tools in one answer: a model that loses its way calls without an end. */
const mostCalls = 16;

/** A model that is loaded into this process. One answer at a time. */
export class EngineSession {
  readonly contextTokens: number;
  readonly #chat: LlamaChat;
  readonly #model: LlamaModel;
  readonly #sequence: LlamaSequence;

  private constructor(chat: LlamaChat, model: LlamaModel, context: { contextSize: number; sequence: LlamaSequence }) {
    this.#chat = chat;
    this.#model = model;
    this.#sequence = context.sequence;
    this.contextTokens = context.contextSize;
  }

  /** Loads the model. Rejects with what node-llama-cpp says. */
  static async load(llamaModule: LlamaModule, order: LoadOrder): Promise<EngineSession> {
    const { mostContextTokens, threads } = order;
    const model = await openModel(llamaModule, order);
    const max = Math.min(mostContextTokens, model.trainContextSize ?? mostContextTokens);
    const context = await model.createContext({
      contextSize: { max },
      batchSize: Math.min(batchTokens, max),
      ...(threads === null ? {} : { threads }),
    });
    const sequence = context.getSequence();
    const chat = new llamaModule.LlamaChat({ contextSequence: sequence });
    return new EngineSession(chat, model, { contextSize: context.contextSize, sequence });
  }

  /** Generates one answer; what comes of it is told. Never cuts the prompt: one that does not fit is refused. */
  async generate(order: GenerateOrder, signal: AbortSignal, tell: (news: FromEngine) => void): Promise<void> {
    const { id } = order;
    const history = llamaHistory(order.messages);
    const functions = llamaFunctions(order.tools);
    const inputTokens = this.#count(history, functions);
    const refusal = this.#refusal(inputTokens, functions);
    if (refusal) return tell({ kind: 'refused', id, cause: refusal, detail: `${inputTokens} tokens` });
    const room = this.contextTokens - inputTokens - 2;
    const before = this.#sequence.tokenMeter.usedOutputTokens;
    const full = new AbortController();
    const generated = this.#chat.generateResponse(history, {
      signal: AbortSignal.any([signal, full.signal]),
      stopOnAbortSignal: true,
      maxTokens: Math.min(order.mostTokens ?? room, room),
      temperature: order.temperature,
      ...(order.topP === null ? {} : { topP: order.topP }),
      seed: order.seed,
      ...(functions ? { functions, documentFunctionParams: true, maxParallelFunctionCalls: mostCalls } : {}),
      onFunctionCallParamsChunk: () => tell({ kind: 'busy', id }),
      contextShift: {
        size: 1,
        // It would forget the beginning of the conversation without a word.
        strategy: () => {
          full.abort();
          throw new Error('the context is full');
        },
      },
      onResponseChunk: ({ segmentType, text }) => {
        if (text !== '' && !full.signal.aborted)
          tell({ kind: segmentType === undefined ? 'text' : 'thought', id, text });
      },
    });
    // Between two calls, a full context is no ordinary end.
    const { functionCalls = [], metadata } = await generated.catch((error: unknown) => {
      if (!full.signal.aborted) throw error;
      return { functionCalls: [], metadata: { stopReason: 'maxTokens' } };
    });
    for (const { functionName, params } of functionCalls) {
      const schema = order.tools.find(({ name }) => name === functionName)?.schema;
      tell({ kind: 'call', id, name: functionName, input: JSON.stringify(withoutNulls(params, schema)) });
    }
    const outputTokens = this.#sequence.tokenMeter.usedOutputTokens - before;
    const isAllRoom = order.mostTokens === null || order.mostTokens > room;
    const reason = full.signal.aborted ? 'full' : reasonOf(metadata.stopReason, isAllRoom);
    tell({ kind: 'done', id, reason, inputTokens, outputTokens });
  }

  #count(history: readonly LlamaHistoryItem[], functions: LlamaFunctions | undefined): number {
    const { contextText } = this.#chat.chatWrapper.generateContextState({
      chatHistory: [...history, { type: 'model', response: [] }],
      ...(functions ? { availableFunctions: functions } : {}),
      documentFunctionParams: true,
    });
    return contextText.tokenize(this.#model.tokenizer).length;
  }

  #refusal(inputTokens: number, functions: LlamaFunctions | undefined): Refused['cause'] | null {
    if (inputTokens + leastAnswerTokens <= this.contextTokens) return null;
    if (!functions) return 'context';
    const toolTokens = this.#count([], functions) - this.#count([], undefined);
    return toolTokens * 2 > this.contextTokens ? 'tools' : 'context';
  }
}

const reasonOf = (stopReason: string, isAllRoom: boolean): 'stop' | 'length' | 'full' | 'aborted' => {
  if (stopReason === 'maxTokens') return isAllRoom ? 'full' : 'length';
  return stopReason === 'abort' ? 'aborted' : 'stop';
};
