import { z } from 'zod';
import { call, done, nothing, subscription } from './call-shapes.ts';
import { idSchema } from './ids.ts';
import { knowledgeLimits } from './knowledge-limits.ts';
import { collectionSchema, fileLinesSchema, knowledgeHitSchema, knowledgeSchema } from './knowledge-views.ts';

const path = z.string().trim().min(1).max(4096);
const name = z.string().trim().min(1).max(60);
const { files, bytes } = knowledgeLimits;

/** The share in the contract of collections of files that agents answer from. */
export const knowledgeCalls = {
  /** `path`: an absolute path of a folder or file to begin with; without a name it is called like that. */
  'knowledge.create': call(z.object({ name: name.nullable(), path: path.nullable() }), collectionSchema),
  'knowledge.update': call(
    z.object({
      id: idSchema,
      name: name.optional(),
      mostFiles: z.number().int().min(files.least).max(files.most).optional(),
      mostBytes: z.number().int().min(bytes.least).max(bytes.most).optional(),
    }),
    collectionSchema,
  ),
  'knowledge.addRoot': call(z.object({ id: idSchema, path }), collectionSchema),
  'knowledge.removeRoot': call(z.object({ id: idSchema, rootId: idSchema }), collectionSchema),
  /** Forgets its index; the files stay as they are. `knowledge.restore` brings it back within 30 days. */
  'knowledge.remove': call(z.object({ id: idSchema }), done),
  'knowledge.restore': call(z.object({ id: idSchema }), collectionSchema),
  /** Reads everything anew. */
  'knowledge.reindex': call(z.object({ id: idSchema }), done),
  /** While it is paused, what is indexed stays and answers, but nothing is read. */
  'knowledge.pause': call(z.object({ id: idSchema, isPaused: z.boolean() }), collectionSchema),
  'knowledge.attachToChat': call(z.object({ conversationId: idSchema, collectionId: idSchema }), done),
  'knowledge.detachFromChat': call(z.object({ conversationId: idSchema, collectionId: idSchema }), done),
  /**
   * What agents would find, for the person. `collectionId` `null`: in all. `byMeaning`: what means the same with other words
   * is found as well, where there is a model for that; without it, the answer is there at once.
   */
  'knowledge.search': call(
    z.object({
      collectionId: idSchema.nullable(),
      query: z.string().max(500),
      limit: z.number().int().min(1).max(50),
      byMeaning: z.boolean(),
    }),
    /** `byMeaning`: whether that was possible in time; the engine may have to start first. */
    z.object({ hits: z.array(knowledgeHitSchema), byMeaning: z.boolean() }),
  ),
  /** Lines around one line of a file that stands in the index. */
  'knowledge.lines': call(z.object({ path, line: z.number().int().positive() }), fileLinesSchema),
  /** Shows the folder of an indexed file in the system's file manager. The file itself is not opened: it might run. */
  'knowledge.openFolder': call(z.object({ path }), done),
} as const;

export const knowledgeSubscriptions = {
  'knowledge.watch': subscription(nothing, knowledgeSchema),
  /** Ids of the collections that are attached to one conversation. */
  'knowledge.watchChat': subscription(
    z.object({ conversationId: idSchema }),
    z.object({ collectionIds: z.array(idSchema) }),
  ),
} as const;
