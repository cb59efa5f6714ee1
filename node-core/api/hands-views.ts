import { z } from 'zod';
import type { Deed, DeedSubject } from '../protocol/hands/deed.ts';
import { agentIdSchema, idSchema } from './ids.ts';

const path = z.string().max(4096);
const sizeBytes = z.number().int().nonnegative();
const diff = z.string().max(200_000);

export const fileChangeSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('create'), path, sizeBytes, diff }),
    z.object({ kind: z.literal('rewrite'), path, sizeBytes, diff }),
    z.object({ kind: z.literal('move'), from: path, to: path }),
    z.object({ kind: z.literal('make-folder'), path }),
    z.object({ kind: z.literal('remove'), path, sizeBytes }),
  ]),
);

/** As `Deed` of protocol/hands/deed.ts. */
export const deedSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('change-files'), folder: path, changes: z.array(fileChangeSchema).max(1000) }),
    z.object({ kind: z.literal('fetch-page'), url: z.string().max(2000), host: z.string().max(300) }),
    z.object({
      kind: z.literal('run-command'),
      command: z.string().max(8000),
      folder: path,
      seconds: z.number().int().positive().optional(),
    }),
    z.object({
      kind: z.literal('call-server'),
      serverId: z.string().max(60),
      serverName: z.string().max(100),
      toolName: z.string().max(200),
      arguments: z.json(),
    }),
  ]),
) satisfies z.ZodType<Deed>;
export type DeedView = z.infer<typeof deedSchema>;

/** How a use of a tool came to be allowed, or not. */
export const approvalSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** It only reads what is within reach, or computes. */
    z.object({ kind: z.literal('not-needed') }),
    /** It waits for the person, since `at` in ms since the epoch. */
    z.object({ kind: z.literal('asked'), at: z.number() }),
    /** `person`: just answered; `grant`: a permission that was given before. */
    z.object({ kind: z.literal('given'), scope: z.enum(['once', 'chat', 'always']), by: z.enum(['person', 'grant']) }),
    /** `nobody`: there was nobody to ask. */
    z.object({ kind: z.literal('refused'), by: z.enum(['person', 'nobody']) }),
  ]),
);
export type ApprovalView = z.infer<typeof approvalSchema>;

/** Whether what a tool did can be taken back. `changed`: something was changed since, so a part of it was left. */
export const undoStateSchema = z.enum(['none', 'possible', 'undone', 'changed']);

export const subjectSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder'), folder: path }),
    z.object({ kind: z.literal('host'), host: z.string().max(310) }),
    z.object({
      kind: z.literal('command'),
      command: z.string().max(8000),
      folder: path,
      seconds: z.number().int().positive().optional(),
    }),
    z.object({
      kind: z.literal('server-tool'),
      serverId: z.string().max(60),
      serverName: z.string().max(100),
      toolName: z.string().max(200),
    }),
  ]),
) satisfies z.ZodType<DeedSubject>;

/** A permission that the person gave and can take back. */
export const grantSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    agentId: agentIdSchema,
    toolName: z.string().max(300),
    subject: subjectSchema,
    /** `null`: always; else only in this conversation. */
    conversationId: idSchema.nullable(),
    givenAt: z.number(),
  }),
);
export type GrantView = z.infer<typeof grantSchema>;

/** A folder that the person picked for an agent, or for one conversation. */
export const pickedFolderSchema = z.object({
  id: idSchema,
  /** Absolute, as it really is (links followed). */
  path,
  owner: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), agentId: agentIdSchema }),
    z.object({ kind: z.literal('chat'), conversationId: idSchema }),
  ]),
  /** It is there and can be read at present. */
  isThere: z.boolean(),
});
export type PickedFolderView = z.infer<typeof pickedFolderSchema>;

/** A deed that waits for the person. */
export const waitingDeedSchema = z.lazy(() =>
  z.object({
    callId: z.string().max(200),
    conversationId: idSchema,
    agentId: agentIdSchema,
    toolName: z.string().max(300),
    deed: deedSchema,
    since: z.number(),
  }),
);
export type WaitingDeed = z.infer<typeof waitingDeedSchema>;

/** Everything that agents may do beyond reading, and what waits. */
export const handsSchema = z.lazy(() =>
  z.object({
    grants: z.array(grantSchema),
    folders: z.array(pickedFolderSchema),
    waiting: z.array(waitingDeedSchema),
  }),
);
export type HandsView = z.infer<typeof handsSchema>;

/** One deed of the past, newest first in lists. */
export const pastDeedSchema = z.lazy(() =>
  z.object({
    callId: z.string().max(200),
    conversationId: idSchema,
    /** The answer that it was done for; `null` where a program asked. */
    messageId: idSchema.nullable(),
    agentId: agentIdSchema,
    toolName: z.string().max(300),
    deed: deedSchema,
    approval: approvalSchema,
    /** How many of its steps were done, and how many there are. */
    doneCount: z.number().int().nonnegative(),
    stepCount: z.number().int().nonnegative(),
    /** `unknown`: the program ended in the middle of a step that cannot be looked at again. */
    end: z.enum(['running', 'done', 'partly', 'not-done', 'unknown']),
    undo: undoStateSchema,
    at: z.number(),
  }),
);
export type PastDeed = z.infer<typeof pastDeedSchema>;
