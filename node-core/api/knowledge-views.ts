import { z } from 'zod';
import { failureSchema } from './failure-schema.ts';
import { idSchema } from './ids.ts';
import { knowledgeLimits } from './knowledge-limits.ts';

const count = z.number().int().nonnegative();
const path = z.string().min(1).max(4096);

/** How far a collection is; `missing` and `failed` are about at least one of its places, the others go on. */
export const collectionStateSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** It has no folder or file yet. */
    z.object({ kind: z.literal('empty') }),
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('looking'), found: count }),
    z.object({ kind: z.literal('indexing'), done: count, total: count, doneBytes: count, totalBytes: count }),
    /** `isWatched`: changes are seen at once; else every five minutes. */
    z.object({ kind: z.literal('ready'), isWatched: z.boolean() }),
    z.object({ kind: z.literal('paused') }),
    /** These places are not there; what was indexed of them is kept. */
    z.object({ kind: z.literal('missing'), paths: z.array(path) }),
    z.object({ kind: z.literal('failed'), reason: z.enum(['disk-full', 'index-unusable', 'indexer-ended', 'other']) }),
  ]),
);
export type CollectionState = z.infer<typeof collectionStateSchema>;

export const skippedSchema = z.lazy(() =>
  z.object({
    /**
     * `document`: kinds of documents which Nunba cannot read. `secret`: files that hold keys. Documents: `locked` by a
     * password, `no-text` but pictures, `damaged`, `too-long` to be read.
     */
    reason: z.enum([
      ...['document', 'binary', 'too-large', 'secret', 'over-limit', 'unreadable'],
      ...['locked', 'no-text', 'damaged', 'too-long'],
    ] as const),
    count,
    /** Endings of the most frequent kinds. */
    endings: z.array(z.string().max(20)).max(5),
  }),
);
export type SkippedView = z.infer<typeof skippedSchema>;

export const collectionSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    name: z.string().max(60),
    /** Folders and files, as they really are (links followed). */
    roots: z.array(z.object({ id: idSchema, path })).max(knowledgeLimits.rootsPerCollection),
    mostFiles: count,
    mostBytes: count,
    isPaused: z.boolean(),
    state: collectionStateSchema,
    /** What stands in the index. */
    files: count,
    bytes: count,
    /** Stretches of text that are found one by one. */
    passages: count,
    /** Passages that are found by meaning as well, with the model that is used now. */
    embedded: count,
    skipped: z.array(skippedSchema),
  }),
);
export type CollectionView = z.infer<typeof collectionSchema>;

export const knowledgeSchema = z.lazy(() =>
  z.object({
    collections: z.array(collectionSchema),
    indexBytes: count,
    /** The index was damaged and is made anew since then, ms since the epoch; `null`: not since Nunba was started. */
    rebuiltAt: z.number().nullable(),
    meaning: z.object({
      /** Name of the model that finds by meaning; `null`: none is used, so files are searched by words alone. */
      model: z.string().max(200).nullable(),
      /** Why passages are not read for it just now; `null`: nothing failed. It is tried again by itself. */
      failure: failureSchema.nullable(),
    }),
  }),
);
export type KnowledgeView = z.infer<typeof knowledgeSchema>;

/** A passage that answers a search of the person. */
export const knowledgeHitSchema = z.lazy(() =>
  z.object({
    collectionId: idSchema,
    /** Absolute path of the file. */
    path,
    /** Path below the folder. */
    name: z.string().max(4096),
    /** The line that matches best, counted from 1. */
    line: z.number().int().positive(),
    /** The page of a document that it stands on, counted from 1; `null` where there are no pages. */
    page: z.number().int().positive().nullable(),
    snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })),
  }),
);
export type KnowledgeHit = z.infer<typeof knowledgeHitSchema>;

/** Lines of a file of a collection. */
export const fileLinesSchema = z.lazy(() =>
  z.object({
    name: z.string().max(4096),
    path,
    /** Number of the first line, counted from 1. */
    from: z.number().int().positive(),
    totalLines: count,
    lines: z.array(z.string()),
    /** They are the text of a document, as it was when it was read. */
    isDocument: z.boolean(),
    /** The page that the line stands on that was asked for; `null` where there are no pages. */
    page: z.number().int().positive().nullable(),
  }),
);
export type FileLinesView = z.infer<typeof fileLinesSchema>;
