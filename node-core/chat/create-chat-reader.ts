import type { ChatReader } from '../protocol/ports/chat-reader.ts';
import type { Storage } from '../storage/storage.ts';
import { findMessages } from './message-search.ts';

/** What the agents' tools may see of the chats; nothing that is deleted. */
export function createChatReader(storage: Storage): ChatReader {
  return {
    searchMessages: (query, limit) => findMessages(storage.db, query, limit),
    readAttachment: async (conversationId, attachmentId) => {
      const row = await storage.db
        .selectFrom('attachments')
        .innerJoin('conversations', 'conversations.id', 'attachments.conversation_id')
        .select(['attachments.name', 'attachments.kind', 'attachments.media_type', 'attachments.bytes'])
        .where('attachments.id', '=', attachmentId)
        .where('conversations.id', '=', conversationId)
        .where('conversations.deleted_at', 'is', null)
        .executeTakeFirst();
      return row ? { name: row.name, kind: row.kind, mediaType: row.media_type, bytes: row.bytes } : null;
    },
  };
}
