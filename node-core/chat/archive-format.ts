import { z } from 'zod';
import {
  checklistItemSchema,
  limits,
  parametersSchema,
  partSchema,
  timingSchema,
  turnStateSchema,
} from '../api/conversation-views.ts';
import { agentIdSchema, idSchema } from '../api/ids.ts';
import { modelRefSchema, provenanceSchema } from '../api/model-views.ts';

/** Nunba's own export: `{"format":"nunba-chats","version":1,"exportedAt":…,"conversations":[…]}`. */
export const archiveFormat = 'nunba-chats';
export const archiveVersion = 1;

const time = z.number().int().min(0).max(8_640_000_000_000_000);

const promptSchema = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  role: z.literal('user'),
  createdAt: time,
  text: z.string().max(limits.messageTextChars),
  attachmentIds: z.array(idSchema).max(limits.attachmentsPerMessage),
});
const answerSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    parentId: idSchema,
    role: z.literal('assistant'),
    createdAt: time,
    agentId: agentIdSchema,
    state: turnStateSchema,
    parts: z.array(partSchema),
    provenance: provenanceSchema.nullable(),
    timing: timingSchema.nullable(),
  }),
);
const attachmentSchema = z.object({
  id: idSchema,
  name: z.string().min(1).max(300),
  mediaType: z.string().max(100),
  createdAt: time,
  base64: z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
});

/** One conversation with its whole tree; a message stands behind the one it follows. */
const archiveConversationSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    title: z.string().max(limits.titleChars),
    agentId: agentIdSchema,
    model: modelRefSchema.nullable(),
    parameters: parametersSchema,
    isPinned: z.boolean(),
    createdAt: time,
    updatedAt: time,
    /** The end of the branch that is shown. */
    leafId: idSchema.nullable(),
    checklist: z.object({ items: z.array(checklistItemSchema).max(limits.checklistItems) }).nullable(),
    messages: z.array(z.discriminatedUnion('role', [promptSchema, answerSchema])),
    attachments: z.array(attachmentSchema),
  }),
);

export const archiveSchema = z.lazy(() =>
  z.object({
    format: z.literal(archiveFormat),
    version: z.literal(archiveVersion),
    conversations: z.array(archiveConversationSchema),
  }),
);

export type Archive = z.infer<typeof archiveSchema>;
export type ArchiveConversation = z.infer<typeof archiveConversationSchema>;
export type ArchiveMessage = ArchiveConversation['messages'][number];
