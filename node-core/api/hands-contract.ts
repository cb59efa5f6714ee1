import { z } from 'zod';
import { permissionAnswers } from '../protocol/hands/permission.ts';
import { call, done, nothing, subscription } from './call-shapes.ts';
import { handsSchema, pastDeedSchema, pickedFolderSchema } from './hands-views.ts';
import { idSchema } from './ids.ts';

const callId = z.string().min(1).max(200);
const path = z.string().min(1).max(4096);

/** The share in the contract of permissions, deeds and picked folders. */
export const handsCalls = {
  /** Answers a deed that waits. `not-found` if it waits no longer. */
  'hands.answer': call(z.object({ callId, answer: z.enum(permissionAnswers) }), done),
  /** Takes a permission back; what is done already stays done. */
  'hands.revoke': call(z.object({ grantId: idSchema }), done),
  /** Takes back what one use of a tool did, last step first; what somebody changed since is left and named. */
  'hands.undo': call(
    z.object({ callId }),
    z.object({
      undoneCount: z.number().int(),
      /** Files that were moved back with the content that somebody has given them since. */
      newer: z.array(z.string()),
      left: z.array(z.object({ path: z.string(), reason: z.string().max(300) })),
    }),
  ),
  /** What agents did, newest first; `before` is the `at` of the last one that is known. More than `count` where deeds were begun at once. */
  'hands.past': call(
    z.object({ before: z.number().nullable(), count: z.number().int().min(1).max(100) }),
    z.object({ deeds: z.array(pastDeedSchema) }),
  ),
} as const;

/** The share in the contract of picked folders. */
export const folderCalls = {
  /**
   * The folders in a folder of this computer, for a person who picks one; `null`: the home folder. With an ending,
   * also the files whose names end so, whatever their case.
   */
  'folders.browse': call(
    z.object({
      path: path.nullable(),
      ending: z.enum(['.gguf']).nullable().default(null),
    }),
    z.object({
      path,
      parent: path.nullable(),
      folders: z.array(z.object({ name: z.string(), path })).max(2000),
      fileCount: z.number().int().nonnegative(),
      files: z.array(z.object({ name: z.string(), path, sizeBytes: z.number().int().nonnegative() })).max(2000),
    }),
  ),
  /** Lets an agent, or all agents in one conversation, see a folder. */
  'folders.add': call(z.object({ path, owner: pickedFolderSchema.shape.owner }), pickedFolderSchema),
  'folders.remove': call(z.object({ id: idSchema }), done),
} as const;

export const handsSubscriptions = {
  'hands.watch': subscription(nothing, handsSchema),
  /** Another number whenever a deed was begun, ended or taken back: what `hands.past` tells is different now. */
  'hands.watchPast': subscription(nothing, z.object({ revision: z.number().int().nonnegative() })),
} as const;
