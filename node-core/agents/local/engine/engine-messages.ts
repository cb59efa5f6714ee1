import { z } from 'zod';

const id = z.number().int().nonnegative();
const tokens = z.number().int().nonnegative();

/** One entry of what the model is told. A call of a tool carries what came of it; `null`: nothing yet. */
export const engineMessageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), text: z.string() }),
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    parts: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('text'), text: z.string() }),
        z.object({ kind: z.literal('call'), name: z.string(), input: z.unknown(), result: z.string().nullable() }),
      ]),
    ),
  }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** A tool that the model may call; `schema`: JSON Schema of its arguments. */
export const engineToolSchema = z.object({ name: z.string(), description: z.string(), schema: z.unknown() });
export type EngineTool = z.infer<typeof engineToolSchema>;

/** What llama.cpp computes with. */
export const gpuSchema = z.enum(['none', 'cuda', 'vulkan', 'metal']);
export type EngineGpu = z.infer<typeof gpuSchema>;

/** What the node tells the engine. It is told to load once, before anything else. */
export const toEngineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('load'),
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
  z.object({ kind: z.literal('abort'), id }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;
export type LoadOrder = Extract<ToEngine, { readonly kind: 'load' }>;
export type GenerateOrder = Extract<ToEngine, { readonly kind: 'generate' }>;

/** What the engine tells the node. */
export const fromEngineSchema = z.discriminatedUnion('kind', [
  /** At the beginning, then every second. */
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('loaded'), contextTokens: tokens }),
  /** `memory`: it would not fit; `engine`: no model can be loaded. The process is of no use any more. */
  z.object({ kind: z.literal('unloadable'), cause: z.enum(['memory', 'load', 'engine']), detail: z.string() }),
  z.object({ kind: z.literal('text'), id, text: z.string() }),
  z.object({ kind: z.literal('thought'), id, text: z.string() }),
  /** `input`: the arguments as JSON. */
  z.object({ kind: z.literal('call'), id, name: z.string(), input: z.string() }),
  z.object({
    kind: z.literal('done'),
    id,
    reason: z.enum(['stop', 'length', 'aborted']),
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
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
export type Refused = Extract<FromEngine, { readonly kind: 'refused' }>;
/** What comes while one answer is generated; `done` is the last. */
export type EngineEvent = Extract<FromEngine, { readonly kind: 'text' | 'thought' | 'call' | 'done' }>;
