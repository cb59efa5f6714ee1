import type { AttachmentContent, ChatReader, FoundMessage } from '../../node-core/protocol/ports/chat-reader.ts';

/** What a test lets agents see of the chats. */
export interface FakeChats {
  readonly messages?: readonly FoundMessage[];
  /** By conversation and id, as `<conversationId>/<attachmentId>`. */
  readonly attachments?: Readonly<Record<string, AttachmentContent>>;
}

/** A ChatReader over what the test wrote; a message matches a query whose first word it holds. */
export function createFakeChatReader({ messages = [], attachments = {} }: FakeChats): ChatReader {
  return {
    async searchMessages(query, limit) {
      const word = query.toLowerCase().split(/\s+/)[0] ?? '';
      return messages.filter(({ text }) => text.toLowerCase().includes(word)).slice(0, limit);
    },
    async readAttachment(conversationId, attachmentId) {
      return attachments[`${conversationId}/${attachmentId}`] ?? null;
    },
  };
}

/** A text file. */
export function textFile(name: string, text: string): AttachmentContent {
  return { name, mediaType: 'text/plain', kind: 'text', bytes: new TextEncoder().encode(text) };
}

/** A picture, as far as anybody looks. */
export function picture(name: string): AttachmentContent {
  return { name, mediaType: 'image/png', kind: 'image', bytes: new Uint8Array([137, 80, 78, 71]) };
}
