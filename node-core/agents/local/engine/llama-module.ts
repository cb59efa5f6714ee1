import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { LoadOrder } from './engine-messages.ts';

/** What is used of node-llama-cpp (3.21). It is not a package of Nunba's: the person gets it on demand. */
export interface LlamaModule {
  getLlama(options: {
    readonly gpu: 'cuda' | 'vulkan' | 'metal' | false;
    readonly build: 'never';
    readonly progressLogs: false;
    readonly logger: (level: string, message: string) => void;
    readonly maxThreads?: number;
  }): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: object }) => LlamaChat;
}

/** llama.cpp, loaded. */
interface Llama {
  loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
}

/** Weights and vocabulary. */
export interface LlamaModel {
  readonly tokenizer: object;
  /** The context that it was trained for, tokens. */
  readonly trainContextSize: number | undefined;
  createContext(options: {
    readonly contextSize: { readonly max: number };
    readonly batchSize: number;
    readonly threads?: number;
  }): Promise<{ readonly contextSize: number; getSequence(): LlamaSequence }>;
  createEmbeddingContext(options: {
    readonly contextSize: { readonly max: number };
    readonly batchSize: number;
    readonly threads?: number;
  }): Promise<LlamaEmbeddingContext>;
  tokenize(text: string): readonly number[];
}

/** Computes one vector for a text. */
export interface LlamaEmbeddingContext {
  /** Its own; the only one that knows how long the context has become where memory was short. */
  readonly _llamaContext?: { readonly contextSize: number };
  /** @param tokens fewer than the context has, with two to spare for those that the model wants around a text */
  getEmbeddingFor(tokens: readonly number[]): Promise<{ readonly vector: readonly number[] }>;
}

/** One conversation's place in a context. */
export interface LlamaSequence {
  readonly tokenMeter: { readonly usedOutputTokens: number };
}

/** A history as node-llama-cpp has it. */
export type LlamaHistoryItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly (string | LlamaCall)[] };

/** A call that was made before, with its result. */
export interface LlamaCall {
  readonly type: 'functionCall';
  readonly name: string;
  readonly params: unknown;
  readonly result: unknown;
  /** Not together with the call right before it. */
  readonly startsNewChunk: boolean;
}

/** Tools by name. */
export type LlamaFunctions = Readonly<Record<string, { readonly description: string; readonly params?: object }>>;

/** Puts a history into a model's own form and generates the next answer. */
export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(options: {
      readonly chatHistory: readonly LlamaHistoryItem[];
      readonly availableFunctions?: LlamaFunctions;
      readonly documentFunctionParams: boolean;
    }): { readonly contextText: { tokenize(tokenizer: object): readonly number[] } };
  };
  generateResponse(
    history: readonly LlamaHistoryItem[],
    options: LlamaGeneration,
  ): Promise<{
    readonly functionCalls?: readonly { readonly functionName: string; readonly params: unknown }[];
    readonly metadata: { readonly stopReason: string };
  }>;
}

/** How an answer is generated. */
export interface LlamaGeneration {
  readonly signal: AbortSignal;
  /** An abort is an ordinary end. */
  readonly stopOnAbortSignal: true;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP?: number;
  readonly seed: number;
  readonly functions?: LlamaFunctions;
  readonly documentFunctionParams?: boolean;
  readonly maxParallelFunctionCalls?: number;
  readonly onFunctionCallParamsChunk?: () => void;
  readonly contextShift: { readonly size: number; readonly strategy: () => never };
  readonly onResponseChunk: (chunk: { readonly segmentType?: string | undefined; readonly text: string }) => void;
}

const moduleSchema = z.custom<LlamaModule>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'getLlama') === 'function' &&
    typeof Reflect.get(value, 'LlamaChat') === 'function',
);

/** The engine itself does not work, whatever model it would load. */
export class EngineUnusable extends Error {}

const unusable = (cause: unknown): never => {
  throw new EngineUnusable('the engine does not work here', { cause });
};

/** The engine in `folder`. Rejects with an EngineUnusable if it cannot be loaded. */
export async function importLlama(folder: string): Promise<LlamaModule> {
  const file = path.join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  // Not bundled: it is on disk, wherever the person's data is.
  const imported: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href).catch(unusable);
  return moduleSchema.parse(imported);
}

/** Longest wait for what is logged of a failure, ms. */
const longestLogMs = 1_000;

/** The model is in order, but there is no room for it. */
export class TooLittleMemory extends Error {}

/**
 * Loads the engine's binary and a model. Rejects with an EngineUnusable, a TooLittleMemory, or with what the model cannot
 * be loaded for.
 */
export async function openModel(
  module: LlamaModule,
  { gpu, threads, modelPath }: Pick<LoadOrder, 'gpu' | 'threads' | 'modelPath'>,
): Promise<LlamaModel> {
  let hasNoRoom = false;
  const lastLine = Promise.withResolvers<void>();
  const options = {
    gpu: gpu === 'none' ? false : gpu,
    build: 'never',
    progressLogs: false,
    // What it logs may hold parts of prompts, and why a model cannot be loaded, it says nowhere else.
    logger: (_level: string, message: string) => {
      hasNoRoom ||= saysNoRoom(message);
      if (message.includes('failed to load model')) lastLine.resolve();
    },
    ...(threads === null ? {} : { maxThreads: threads }),
  } as const;
  const llama = await module.getLlama(options).catch(unusable);
  return llama.loadModel({ modelPath }).catch(async (error: unknown) => {
    // What it logs comes from another thread, and may come after the failure that it explains.
    await Promise.race([lastLine.promise, pass(longestLogMs)]);
    throw hasNoRoom ? new TooLittleMemory('there is no room for the model', { cause: error }) : error;
  });
}

/** Whether a message of llama.cpp, or of the system through it, says that there is no memory. */
export const saysNoRoom = (message: string): boolean =>
  /InsufficientMemory|(?:out of|not enough|cannot allocate|insufficient) (?:v?ram|(?:\w+ )?memory)|(?:failed|unable) to allocate|bad_alloc|too large for the available/i.test(
    message,
  );
