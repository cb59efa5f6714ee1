import { z } from 'zod';

const id = z.number().int().nonnegative();
const tokens = z.number().int().nonnegative();

/** One entry of what the model is told. A call of a tool carries what came of it; `null`: nothing yet. */
export const engineMessageSchema = z.lazy(() =>
  z.discriminatedUnion('role', [
    z.object({ role: z.literal('system'), text: z.string() }),
    z.object({ role: z.literal('user'), text: z.string() }),
    z.object({
      role: z.literal('assistant'),
      parts: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('text'), text: z.string() }),
          z.object({
            kind: z.literal('call'),
            name: z.string(),
            input: z.unknown(),
            result: z.string().nullable(),
            /** Made after the results of all calls before it were there; else together with the one before. */
            startsRound: z.boolean(),
          }),
        ]),
      ),
    }),
  ]),
);
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** A tool that the model may call; `schema`: JSON Schema of its arguments. */
export const engineToolSchema = z.lazy(() =>
  z.object({ name: z.string(), description: z.string(), schema: z.unknown() }),
);
export type EngineTool = z.infer<typeof engineToolSchema>;

/** What llama.cpp computes with. */
export const gpuSchema = z.enum(['none', 'cuda', 'vulkan', 'metal']);
export type EngineGpu = z.infer<typeof gpuSchema>;

/** Most texts of one order for embeddings, and the longest of them in UTF-16 units. */
const mostTexts = 64;
const mostTextChars = 20_000;

/** What the node tells the engine. It is told to load once, before anything else. */
export const toEngineSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('load'),
      /** What the model is loaded for; it does nothing else until the process ends. */
      use: z.enum(['answers', 'embeddings']),
      /** Folder with the engine's `node_modules`. */
      folder: z.string(),
      gpu: gpuSchema,
      modelPath: z.string(),
      /** Longest context wanted, tokens; less where the memory does not suffice. */
      mostContextTokens: z.number().int().positive(),
      /** `null`: as many as the processor has cores for it. */
      threads: z.number().int().positive().nullable(),
    }),
    z.object({
      kind: z.literal('generate'),
      id,
      messages: z.array(engineMessageSchema),
      tools: z.array(engineToolSchema),
      mostTokens: z.number().int().positive().nullable(),
      temperature: z.number().min(0).max(2),
      topP: z.number().min(0).max(1).nullable(),
      seed: z.number().int().nonnegative(),
    }),
    /** Each text is answered with its vector, in this order; one that is longer than the context is cut. */
    z.object({ kind: z.literal('embed'), id, texts: z.array(z.string().max(mostTextChars)).max(mostTexts) }),
    z.object({ kind: z.literal('abort'), id }),
  ]),
);
export type ToEngine = z.infer<typeof toEngineSchema>;
export type LoadOrder = Extract<ToEngine, { readonly kind: 'load' }>;
export type GenerateOrder = Extract<ToEngine, { readonly kind: 'generate' }>;
export type EmbedOrder = Extract<ToEngine, { readonly kind: 'embed' }>;
/** What the engine is asked to do, less the number that it is asked under. */
export type EngineWork = Omit<GenerateOrder, 'id'> | Omit<EmbedOrder, 'id'>;

/** What the engine tells the node. */
export const fromEngineSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** At the beginning, then every second. */
    z.object({ kind: z.literal('alive') }),
    z.object({ kind: z.literal('loaded'), contextTokens: tokens }),
    /** `memory`: it would not fit; `engine`: no model can be loaded. The process is of no use any more. */
    z.object({ kind: z.literal('unloadable'), cause: z.enum(['memory', 'load', 'engine']), detail: z.string() }),
    z.object({ kind: z.literal('text'), id, text: z.string() }),
    z.object({ kind: z.literal('thought'), id, text: z.string() }),
    /** It writes the arguments of a call, of which nothing is told before all are there. */
    z.object({ kind: z.literal('busy'), id }),
    /** `input`: the arguments as JSON. */
    z.object({ kind: z.literal('call'), id, name: z.string(), input: z.string() }),
    /** Of the next text that was to be embedded, as `protocol/local/vector.ts` makes it; empty where it means nothing. */
    z.object({ kind: z.literal('vector'), id, vector: z.instanceof(Int8Array) }),
    z.object({
      kind: z.literal('done'),
      id,
      /** `length`: the order's `mostTokens` are used up; `full`: the context is. */
      reason: z.enum(['stop', 'length', 'full', 'aborted']),
      inputTokens: tokens,
      outputTokens: tokens,
    }),
    /** `context`: the prompt does not fit; `tools`: the tools alone take more than half of the context. */
    z.object({
      kind: z.literal('refused'),
      id,
      cause: z.enum(['context', 'tools', 'memory', 'bug']),
      detail: z.string(),
    }),
  ]),
);
export type FromEngine = z.infer<typeof fromEngineSchema>;
export type Refused = Extract<FromEngine, { readonly kind: 'refused' }>;
/** What comes of one order; `done` is the last. */
export type EngineNews = Extract<FromEngine, { readonly kind: 'text' | 'thought' | 'call' | 'vector' | 'done' }>;
/** What comes while one answer is generated; `done` is the last. */
export type EngineEvent = Exclude<EngineNews, { readonly kind: 'vector' }>;
