import { z } from 'zod';
import { failureSchema } from './failure-schema.ts';
import { approvalSchema, deedSchema, undoStateSchema } from './hands-views.ts';
import { agentIdSchema, idSchema } from './ids.ts';
import { modelRefSchema, provenanceSchema } from './model-views.ts';

/** ms since the epoch */
const time = z.number().int().nonnegative();

export const limits = {
  messageTextChars: 200_000,
  titleChars: 200,
  attachmentsPerMessage: 10,
  textAttachmentBytes: 2 * 1024 * 1024,
  imageAttachmentBytes: 10 * 1024 * 1024,
  threadPage: 200,
  checklistItems: 200,
} as const;

export const parametersSchema = z.lazy(() =>
  z.object({
    temperature: z.number().min(0).max(2).nullable(),
    topP: z.number().min(0).max(1).nullable(),
    maxOutputTokens: z.number().int().min(1).max(1_000_000).nullable(),
  }),
);

export const conversationSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    title: z.string().max(limits.titleChars),
    agentId: agentIdSchema,
    /** `null`: the agent's preference and the default decide. */
    model: modelRefSchema.nullable(),
    parameters: parametersSchema,
    isPinned: z.boolean(),
    createdAt: time,
    updatedAt: time,
    /** A turn is queued or streaming. */
    isRunning: z.boolean(),
  }),
);
export type ConversationView = z.infer<typeof conversationSchema>;

export const attachmentSchema = z.object({
  id: idSchema,
  name: z.string().max(300),
  kind: z.enum(['text', 'image']),
  mediaType: z.string().max(100),
  sizeBytes: z.number().int().nonnegative(),
});
export type AttachmentView = z.infer<typeof attachmentSchema>;

/** Place among the versions of one message (edits of a prompt, retries of an answer), counted from 0. */
const siblingsSchema = z.lazy(() =>
  z.object({
    index: z.number().int().nonnegative(),
    count: z.number().int().positive(),
    previousId: idSchema.nullable(),
    nextId: idSchema.nullable(),
  }),
);

export const toolOutcomeSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('done'), value: z.json() }),
    z.object({ kind: z.literal('failed'), message: z.string().max(2000) }),
    z.object({ kind: z.literal('stopped') }),
  ]),
);

/** A quotation in an answer, compared with its source when the answer was complete. */
export const citationSchema = z.lazy(() =>
  z.object({
    /** The quoted words as they stand in the answer. */
    quotation: z.string().max(2000),
    source: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('attachment'),
        attachmentId: idSchema,
        name: z.string().max(300),
        line: z.number().int().positive(),
      }),
      z.object({
        kind: z.literal('message'),
        conversationId: idSchema,
        messageId: idSchema,
        line: z.number().int().positive(),
      }),
      /** A file of a collection; `path` is absolute, `page` that of a document which has pages. */
      z.object({
        kind: z.literal('file'),
        path: z.string().max(4096),
        name: z.string().max(300),
        line: z.number().int().positive(),
        page: z.number().int().positive().optional(),
      }),
      z.object({ kind: z.literal('unknown'), label: z.string().max(300) }),
    ]),
    /** The words stand in that line of the source. */
    isFound: z.boolean(),
  }),
);

export const partSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('reasoning'), text: z.string() }),
    z.object({
      kind: z.literal('tool'),
      callId: z.string().max(200),
      toolName: z.string().max(100),
      arguments: z.json(),
      /** `null` while it waits or runs. */
      outcome: toolOutcomeSchema.nullable(),
      /** What it does beyond reading, as it was shown before it was done; `null`: nothing. */
      deed: deedSchema.nullable().default(null),
      approval: approvalSchema.default({ kind: 'not-needed' }),
      undo: undoStateSchema.default('none'),
    }),
    z.object({ kind: z.literal('citations'), citations: z.array(citationSchema).max(100) }),
  ]),
);
export type MessagePart = z.infer<typeof partSchema>;

export const turnStateSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('queued') }),
    z.object({ kind: z.literal('streaming') }),
    z.object({ kind: z.literal('complete'), reason: z.enum(['complete', 'length', 'full']) }),
    z.object({ kind: z.literal('stopped') }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
    z.object({ kind: z.literal('interrupted') }),
  ]),
);
export type TurnState = z.infer<typeof turnStateSchema>;

export const timingSchema = z.lazy(() =>
  z.object({
    /** From asking the provider to its first token; `null` if none came. */
    firstTokenMs: z.number().nonnegative().nullable(),
    /** From asking the provider to the end. */
    durationMs: z.number().nonnegative(),
    inputTokens: z.number().int().nonnegative().nullable(),
    outputTokens: z.number().int().nonnegative().nullable(),
    /** How often a model was asked; missing where it was not counted. */
    modelCalls: z.number().int().nonnegative().optional(),
  }),
);

const messageBase = {
  id: idSchema,
  conversationId: idSchema,
  parentId: idSchema.nullable(),
  createdAt: time,
  siblings: siblingsSchema,
};

export const userMessageSchema = z.lazy(() =>
  z.object({
    ...messageBase,
    role: z.literal('user'),
    text: z.string().max(limits.messageTextChars),
    attachments: z.array(attachmentSchema),
  }),
);
export const assistantMessageSchema = z.lazy(() =>
  z.object({
    ...messageBase,
    role: z.literal('assistant'),
    agentId: agentIdSchema,
    state: turnStateSchema,
    parts: z.array(partSchema),
    provenance: provenanceSchema.nullable(),
    timing: timingSchema.nullable(),
  }),
);
export const messageSchema = z.lazy(() => z.discriminatedUnion('role', [userMessageSchema, assistantMessageSchema]));
export type MessageView = z.infer<typeof messageSchema>;
export type UserMessageView = z.infer<typeof userMessageSchema>;
export type AssistantMessageView = z.infer<typeof assistantMessageSchema>;

export const checklistItemSchema = z.object({
  id: z.string().max(40),
  text: z.string().min(1).max(1000),
  isDone: z.boolean(),
});
export const checklistSchema = z.lazy(() =>
  z.object({
    /** Grows with each change; a save names the revision it started from. */
    revision: z.number().int().nonnegative(),
    items: z.array(checklistItemSchema).max(limits.checklistItems),
  }),
);
export type ChecklistView = z.infer<typeof checklistSchema>;

/** A stretch of the chosen branch: `messages[0]` stands at index `from`, counted from the oldest message. */
export const threadPageSchema = z.lazy(() =>
  z.object({
    length: z.number().int().nonnegative(),
    from: z.number().int().nonnegative(),
    messages: z.array(messageSchema),
  }),
);

/** What a watcher of a thread receives: `opened` first, then every change. */
export const threadItemSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('opened'),
      conversation: conversationSchema,
      checklist: checklistSchema.nullable(),
      /** The newest messages of the chosen branch. */
      page: threadPageSchema,
    }),
    /** The branch is the same below index `page.from` and is `page` from there on, as far as it reaches; load the rest. */
    z.object({ kind: z.literal('path'), page: threadPageSchema }),
    z.object({ kind: z.literal('message'), index: z.number().int().nonnegative(), message: messageSchema }),
    /** `text` is to be appended to part `part` of the message, whose text had `offset` UTF-16 units before. */
    z.object({
      kind: z.literal('delta'),
      messageId: idSchema,
      part: z.number().int().nonnegative(),
      offset: z.number().int().nonnegative(),
      text: z.string(),
    }),
    z.object({ kind: z.literal('conversation'), conversation: conversationSchema }),
    z.object({ kind: z.literal('checklist'), checklist: checklistSchema.nullable() }),
  ]),
);
export type ThreadItem = z.infer<typeof threadItemSchema>;

export const conversationsItemSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** Every conversation, newest change first. */
    z.object({ kind: z.literal('all'), conversations: z.array(conversationSchema) }),
    z.object({ kind: z.literal('changed'), conversation: conversationSchema }),
    z.object({ kind: z.literal('removed'), id: idSchema }),
  ]),
);

export const searchHitSchema = z.lazy(() =>
  z.object({
    conversationId: idSchema,
    conversationTitle: z.string(),
    messageId: idSchema,
    role: z.enum(['user', 'assistant']),
    createdAt: time,
    /** The text around the match, as pieces; those that match the query are marked. */
    snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })),
  }),
);
export type SearchHit = z.infer<typeof searchHitSchema>;
