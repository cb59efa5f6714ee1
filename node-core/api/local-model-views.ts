import { z } from 'zod';
import { failureSchema } from './failure-schema.ts';

/** Of a model in the catalogue, or of a file; part of the model's name among all models (`local/<id>`). */
export const localModelIdSchema = z.string().regex(/^[a-z0-9.-]{1,80}$/);

const bytes = z.number().nonnegative();

/** Whether it fits on this computer, and what is short if not. */
const fitSchema = z.lazy(() =>
  z.object({
    verdict: z.enum(['fits', 'tight', 'will-not-fit']),
    reasons: z.array(z.object({ what: z.enum(['memory', 'disk']), neededBytes: bytes, availableBytes: bytes })).max(2),
  }),
);
export type FitView = z.infer<typeof fitSchema>;

/** How a model of the catalogue stands. */
const catalogueStateSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('absent') }),
    /** Its turn comes when the one before it has ended. */
    z.object({ kind: z.literal('queued') }),
    /** What an earlier run has left is read. */
    z.object({ kind: z.literal('checking'), checkedBytes: bytes, partBytes: bytes }),
    z.object({
      kind: z.literal('receiving'),
      receivedBytes: bytes,
      /** Over the last seconds; `null` while it cannot be said. */
      bytesPerSecond: bytes.nullable(),
      secondsLeft: z.number().nonnegative().nullable(),
      /** It had to begin anew, and why. */
      startedOver: z.enum(['changed', 'no-ranges', 'damaged']).nullable(),
    }),
    /** The connection was cut; the next try comes by itself. */
    z.object({ kind: z.literal('waiting'), receivedBytes: bytes }),
    /** The model is here; what runs it is being fetched. */
    z.object({ kind: z.literal('engine') }),
    z.object({ kind: z.literal('paused'), receivedBytes: bytes }),
    z.object({ kind: z.literal('failed'), receivedBytes: bytes, failure: failureSchema }),
    z.object({ kind: z.literal('here') }),
  ]),
);
export type CatalogueState = z.infer<typeof catalogueStateSchema>;

/** A model that Nunba offers. */
const catalogueModelSchema = z.lazy(() =>
  z.object({
    id: localModelIdSchema,
    name: z.string().max(200),
    maker: z.string().max(200),
    /** SPDX */
    licence: z.string().max(60),
    goodAt: z.string().max(300),
    parameters: z.number().int().positive(),
    quantisation: z.string().max(20),
    contextTokens: z.number().int().positive(),
    sizeBytes: z.number().int().positive(),
    sha256: z.string().max(64),
    /** Where it comes from, with the mirror that is set. */
    url: z.string().max(2000),
    host: z.string().max(300),
    fit: fitSchema,
    state: catalogueStateSchema,
  }),
);
export type CatalogueModelView = z.infer<typeof catalogueModelSchema>;

/** A model file on this computer. */
const localFileSchema = z.lazy(() =>
  z.object({
    id: localModelIdSchema,
    name: z.string().max(200),
    path: z.string().max(4096),
    sizeBytes: bytes,
    contextTokens: z.number().int().positive(),
    parameters: z.number().nonnegative(),
    architecture: z.string().max(64),
    quantisation: z.string().max(20).nullable(),
    hasChatTemplate: z.boolean(),
    /** `person`: named by its path; it stays where it is and is only forgotten when it is removed. */
    source: z.enum(['catalogue', 'person']),
    presence: z.enum(['here', 'gone', 'changed']),
    fit: fitSchema,
    /** What is done so that it can answer, or what that failed with; `null`: nothing. */
    work: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('queued') }),
        /** What runs it is being fetched. */
        z.object({ kind: z.literal('engine') }),
        z.object({ kind: z.literal('failed'), failure: failureSchema }),
      ])
      .nullable(),
  }),
);
export type LocalFileView = z.infer<typeof localFileSchema>;

/** The program that runs local models. */
const engineSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('absent'), sizeBytes: bytes.nullable() }),
    z.object({ kind: z.literal('fetching'), receivedBytes: bytes, totalBytes: bytes.nullable() }),
    z.object({ kind: z.literal('ready'), version: z.string().max(60) }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
  ]),
);

export const localModelsSchema = z.lazy(() =>
  z.object({
    /** `null`: this Nunba cannot run models itself, so none is offered. */
    engine: engineSchema.nullable(),
    /** Models that write text. */
    catalogue: z.array(catalogueModelSchema).max(20),
    /** The one to begin with on this computer; `null`: none, or a model is here already. */
    recommendedId: localModelIdSchema.nullable(),
    files: z.array(localFileSchema).max(200),
    /** The same for models that make embeddings, for the search by meaning. */
    embeddings: z.object({
      catalogue: z.array(catalogueModelSchema).max(20),
      files: z.array(localFileSchema).max(200),
      /** The file that searches by meaning; `null`: none does. */
      usedId: localModelIdSchema.nullable(),
    }),
    folder: z.object({
      path: z.string().max(4096),
      isDefault: z.boolean(),
      /** `null`: it cannot be looked at. */
      freeBytes: bytes.nullable(),
    }),
    /** Base address that is asked in place of the catalogue's hosts. */
    mirror: z.string().max(500).nullable(),
    proxy: z.string().max(500).nullable(),
    /** The proxy that a download would go through now, also one of the environment; host and port. */
    proxyInUse: z.string().max(300).nullable(),
  }),
);
export type LocalModelsView = z.infer<typeof localModelsSchema>;
