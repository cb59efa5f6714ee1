import { z } from 'zod';
import { failureSchema } from './failure-schema.ts';

/** `<providerId>/<modelId>`; the model's id may hold slashes. */
export const modelRefSchema = z.string().regex(/^[a-z0-9-]{1,60}\/.{1,300}$/);

export const providerIdSchema = z.string().regex(/^[a-z0-9-]{1,60}$/);

export const locationSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('this-computer') }),
    z.object({ kind: z.literal('local-network'), host: z.string() }),
    z.object({ kind: z.literal('cloud'), host: z.string() }),
  ]),
);

export const modelReasonSchema = z.enum([
  'chosen-in-chat',
  'asked-by-caller',
  'agent-prefers',
  'chosen-as-default',
  'named-in-environment',
  'only-one',
  'first-found',
]);

export const provenanceSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('guide') }),
    z.object({
      kind: z.literal('model'),
      ref: modelRefSchema,
      modelId: z.string(),
      providerName: z.string(),
      location: locationSchema,
      reason: modelReasonSchema,
    }),
  ]),
);

/** The wire format a provider speaks over the network. */
export const wireKindSchema = z.enum(['openai-compatible', 'openai', 'anthropic', 'google']);

/** `local`: Nunba's own engine, which runs model files of this computer and is reached by no network. */
export const providerKindSchema = z.enum([...wireKindSchema.options, 'local']);

/** Programs that serve models on this computer, found by their usual ports. */
export const programKindSchema = z.enum(['ollama', 'lm-studio', 'llama-cpp', 'vllm', 'jan']);

export const providerSchema = z.lazy(() =>
  z.object({
    id: providerIdSchema,
    kind: providerKindSchema,
    name: z.string().max(100),
    /** Base address, as far as `/v1` where the format has it; empty for `local`. */
    url: z.string().max(500),
    location: locationSchema,
    /** `environment`: named by environment, file or flag; `built-in`: the engine. Neither can be changed here. */
    source: z.enum(['environment', 'person', 'found', 'built-in']),
    /** Name of the variable (or flag) that names it, where `source` is `environment`. */
    setBy: z.string().max(200).nullable().default(null),
    hasKey: z.boolean(),
    /** SHA-256 of the one self-signed certificate that the person trusts for this address, lower-case hex. */
    trustedCertificate: z.string().nullable(),
    state: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('unknown') }),
      z.object({ kind: z.literal('answering'), at: z.number() }),
      /** `at`: the last time; `since`: the first time in a row that it failed this way. */
      z.object({ kind: z.literal('failing'), since: z.number(), at: z.number(), failure: failureSchema }),
    ]),
  }),
);
export type ProviderView = z.infer<typeof providerSchema>;

export const modelSchema = z.lazy(() =>
  z.object({
    ref: modelRefSchema,
    providerId: providerIdSchema,
    modelId: z.string(),
    /** How people call it; its id where nobody has named it. */
    name: z.string(),
    location: locationSchema,
    /** Known to take images. */
    canSee: z.boolean(),
  }),
);
export type ModelView = z.infer<typeof modelSchema>;

export const programSchema = z.lazy(() =>
  z.object({
    kind: programKindSchema,
    name: z.string(),
    url: z.string(),
    state: z.enum(['not-looked', 'absent', 'no-models', 'found']),
    models: z.array(z.string()),
    /** The provider made from it, once the person uses it. */
    providerId: providerIdSchema.nullable(),
  }),
);

/** Which model answers where nothing else is said, and why. */
export const chosenModelSchema = z.lazy(() =>
  z.object({ model: modelSchema, providerName: z.string(), reason: modelReasonSchema }),
);

export const modelsSchema = z.lazy(() =>
  z.object({
    providers: z.array(providerSchema),
    models: z.array(modelSchema),
    chosen: chosenModelSchema.nullable(),
    programs: z.array(programSchema),
    /** When the programs were last looked for, ms since the epoch. */
    lookedAt: z.number().nullable(),
  }),
);
export type ModelsView = z.infer<typeof modelsSchema>;

export const providerDraftSchema = z.lazy(() =>
  z.object({
    kind: wireKindSchema,
    name: z.string().trim().max(100),
    /** Empty: the provider's own address (not for openai-compatible). */
    url: z.string().trim().max(500),
    /** `null`: keep the one that is stored, or none. */
    key: z.string().trim().max(1000).nullable(),
    trustedCertificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
);
export type ProviderDraft = z.infer<typeof providerDraftSchema>;

export const testStepNames = ['address', 'dns', 'connect', 'tls', 'http', 'key', 'models', 'answer'] as const;

export const testStepSchema = z.lazy(() =>
  z.object({
    step: z.enum(testStepNames),
    state: z.enum(['passed', 'failed', 'not-reached', 'not-needed']),
    durationMs: z.number().nonnegative(),
  }),
);

/** What a failed Test found, in the order of the steps. */
export const testProblemSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('bad-address'), reason: z.string() }),
    z.object({ kind: z.literal('own-address') }),
    z.object({ kind: z.literal('dns'), host: z.string() }),
    z.object({ kind: z.literal('refused'), host: z.string(), port: z.number().int() }),
    z.object({ kind: z.literal('timeout'), host: z.string(), seconds: z.number() }),
    z.object({ kind: z.literal('self-signed'), host: z.string(), fingerprint: z.string() }),
    z.object({ kind: z.literal('tls'), host: z.string(), reason: z.string() }),
    z.object({ kind: z.literal('unauthorized'), host: z.string(), hasKey: z.boolean() }),
    z.object({ kind: z.literal('no-such-model'), model: z.string(), available: z.array(z.string()) }),
    z.object({ kind: z.literal('no-models'), host: z.string() }),
    z.object({ kind: z.literal('missing-v1'), host: z.string() }),
    z.object({ kind: z.literal('html'), host: z.string() }),
    z.object({ kind: z.literal('other'), host: z.string(), status: z.number().int().nullable(), detail: z.string() }),
  ]),
);

/** What would mend it. Applying it to the draft and testing again passes, as far as it is in our hands. */
export const testFixSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('use-url'), url: z.string() }),
    z.object({ kind: z.literal('use-model'), model: z.string() }),
    z.object({ kind: z.literal('trust-certificate'), fingerprint: z.string() }),
    z.object({ kind: z.literal('enter-key') }),
    z.object({ kind: z.literal('edit-url') }),
    z.object({ kind: z.literal('test-again') }),
  ]),
);

export const testReportSchema = z.lazy(() =>
  z.object({
    steps: z.array(testStepSchema),
    /** `null`: everything passed. */
    problem: testProblemSchema.nullable(),
    fix: testFixSchema.nullable(),
    /** Models that the provider listed, as far as the test came. */
    models: z.array(z.string()),
  }),
);
export type TestReport = z.infer<typeof testReportSchema>;
