import type { CallArgument, CallHandlers } from '../api/contract.ts';
import type { AttachmentView } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import { acceptFile } from './accepted-file.ts';
import type { ChatContext } from './chat-context.ts';
import { requireConversation } from './conversation-store.ts';

type AttachmentCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `attachments.${string}`>>;

/** Files of one conversation that wait to be sent. */
const mostUnsent = 50;

/** Answers `attachments.*`. */
export function createAttachmentHandlers(context: ChatContext): { readonly calls: AttachmentCalls } {
  const { storage } = context;
  return {
    calls: {
      'attachments.add': (input) => add(context, input),
      'attachments.read': async ({ id }) => {
        const row = await storage.db
          .selectFrom('attachments')
          .innerJoin('conversations', 'conversations.id', 'attachments.conversation_id')
          .select(['attachments.id', 'name', 'kind', 'media_type as mediaType', 'size_bytes as sizeBytes', 'bytes'])
          .where('attachments.id', '=', id)
          .where('conversations.deleted_at', 'is', null)
          .executeTakeFirst();
        if (!row) throw new FailureError({ kind: 'not-found', what: 'attachment' });
        const { bytes, ...attachment } = row;
        return { attachment, base64: Buffer.from(bytes).toString('base64') };
      },
      'attachments.discard': async ({ id }) => {
        if (await isSent(context, id)) {
          throw new FailureError({ kind: 'invalid-input', field: 'id', reason: 'held by a message' });
        }
        const { numDeletedRows } = await storage.db.deleteFrom('attachments').where('id', '=', id).executeTakeFirst();
        if (numDeletedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'attachment' });
        return {};
      },
    },
  };
}

async function add(context: ChatContext, input: CallArgument<'attachments.add'>): Promise<AttachmentView> {
  const { storage, clock, ids } = context;
  const { name, kind, mediaType, bytes } = acceptFile(input.name, input.mediaType, Buffer.from(input.base64, 'base64'));
  const id = ids();
  await storage.db.transaction().execute(async (db) => {
    await requireConversation(db, input.conversationId);
    const unsent = await db
      .selectFrom('attachments')
      .leftJoin('message_attachments', 'message_attachments.attachment_id', 'attachments.id')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('attachments.conversation_id', '=', input.conversationId)
      .where('message_attachments.message_id', 'is', null)
      .executeTakeFirstOrThrow();
    if (unsent.count >= mostUnsent) {
      throw new FailureError({ kind: 'too-many', what: 'files that wait to be sent', limit: mostUnsent });
    }
    await db
      .insertInto('attachments')
      .values({
        id,
        conversation_id: input.conversationId,
        name,
        kind,
        media_type: mediaType,
        size_bytes: bytes.length,
        created_at: clock.now(),
        bytes,
      })
      .execute();
  });
  return { id, name, kind, mediaType, sizeBytes: bytes.length };
}

async function isSent({ storage }: ChatContext, id: string): Promise<boolean> {
  const row = await storage.db
    .selectFrom('message_attachments')
    .select('message_id')
    .where('attachment_id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
