import { z } from 'zod';
import { skipReasons } from './text/file-kinds.ts';

const count = z.number().int().nonnegative();
const rootId = z.string().max(60);
const requestId = z.number().int();
/** Identity of the model that makes vectors of passages; `null`: none does. */
const model = z.string().max(200).nullable();
const passageStamp = { passage: count, stamp: z.string().max(100) };

/** What the indexer looks after: each time the whole of it. */
const collectionOrderSchema = z.lazy(() =>
  z.object({
    isPaused: z.boolean(),
    mostFiles: count,
    mostBytes: count,
    /** Absolute paths, links followed. */
    roots: z.array(z.object({ id: rootId, path: z.string().max(4096) })),
  }),
);
export type CollectionOrder = z.infer<typeof collectionOrderSchema>;

/** What the node tells its indexer. `open` is the first and comes once. */
export const indexerOrderSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('open'), file: z.string(), excluded: z.string() }),
    z.object({ kind: z.literal('configure'), collections: z.array(collectionOrderSchema), model }),
    /** Forgets what is known of these roots and reads them anew. */
    z.object({ kind: z.literal('reindex'), rootIds: z.array(rootId) }),
    z.object({
      kind: z.literal('search'),
      id: requestId,
      rootIds: z.array(rootId),
      query: z.string().max(1000),
      limit: z.number().int().min(1).max(100),
      isTyping: z.boolean(),
      /** What the query means; `null`: it is searched by words alone. */
      meaning: z.object({ model: z.string().max(200), vector: z.instanceof(Int8Array) }).nullable(),
    }),
    /** Asks for passages that have no vector yet; there are none to be had while files are read. */
    z.object({ kind: z.literal('unembedded'), id: requestId, limit: z.number().int().min(1).max(64) }),
    /** Keeps vectors of such passages, unless these have changed. */
    z.object({
      kind: z.literal('keep'),
      id: requestId,
      model: z.string().max(200),
      vectors: z.array(z.object({ ...passageStamp, vector: z.instanceof(Int8Array) })).max(64),
    }),
    z.object({
      kind: z.literal('read'),
      id: requestId,
      rootId,
      path: z.string().max(4096),
      from: z.number().int().min(1),
      count: z.number().int().min(1).max(400),
    }),
    /** Ends in order: what is being written is kept. */
    z.object({ kind: z.literal('close') }),
  ]),
);
export type IndexerOrder = z.infer<typeof indexerOrderSchema>;

export const rootStateSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('looking'), found: count }),
    z.object({ kind: z.literal('indexing'), done: count, total: count, doneBytes: count, totalBytes: count }),
    /** `isWatched`: changes are seen at once; else every few minutes. */
    z.object({ kind: z.literal('ready'), isWatched: z.boolean() }),
    z.object({ kind: z.literal('missing') }),
    z.object({ kind: z.literal('paused') }),
    z.object({ kind: z.literal('failed'), reason: z.enum(['disk-full', 'other']) }),
  ]),
);
export type RootState = z.infer<typeof rootStateSchema>;

export const rootReportSchema = z.lazy(() =>
  z.object({
    id: rootId,
    state: rootStateSchema,
    files: count,
    bytes: count,
    passages: count,
    /** Passages that have a vector. */
    embedded: count,
    skipped: z.array(z.object({ reason: z.enum(skipReasons), count, endings: z.array(z.string()) })),
  }),
);
export type RootReport = z.infer<typeof rootReportSchema>;

const passageSchema = z.lazy(() =>
  z.object({
    rootId,
    path: z.string(),
    name: z.string(),
    line: z.number().int().min(1),
    page: z.number().int().min(1).nullable(),
    text: z.string(),
  }),
);

/** What the indexer tells the node. */
export const indexerReportSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('roots'), roots: z.array(rootReportSchema), indexBytes: count }),
    /** The index was damaged and is made anew. */
    z.object({ kind: z.literal('rebuilt') }),
    /** The index cannot be opened or written at all. */
    z.object({ kind: z.literal('unusable'), code: z.string().max(100) }),
    z.object({ kind: z.literal('found'), id: requestId, passages: z.array(passageSchema) }),
    /** `lines` `null`: the file is not in the index or cannot be read. */
    z.object({
      kind: z.literal('text'),
      id: requestId,
      name: z.string(),
      totalLines: count,
      lines: z.array(z.string()).nullable(),
      /** The file is another one than was indexed. */
      isChanged: z.boolean(),
      /** The lines are the text of a document, as it was when it was indexed. */
      isDocument: z.boolean(),
      pages: z.array(z.object({ page: z.number().int().min(1), line: z.number().int().min(1) })),
    }),
    z.object({
      kind: z.literal('texts'),
      id: requestId,
      passages: z.array(z.object({ ...passageStamp, text: z.string() })),
    }),
    z.object({ kind: z.literal('kept'), id: requestId }),
    z.object({ kind: z.literal('failed'), id: requestId }),
  ]),
);
export type IndexerReport = z.infer<typeof indexerReportSchema>;
