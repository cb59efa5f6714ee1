/** What the agents' read-only tools may see of the chats. Filled by the chat domain. */
export interface ChatReader {
  /** Messages that match, best first. `limit` 1..50. */
  searchMessages(query: string, limit: number): Promise<readonly FoundMessage[]>;
  /** Content of an attachment of that conversation, or `null` if the conversation has none of that id. */
  readAttachment(conversationId: string, attachmentId: string): Promise<AttachmentContent | null>;
}

export interface FoundMessage {
  readonly conversationId: string;
  readonly conversationTitle: string;
  readonly messageId: string;
  readonly role: 'user' | 'assistant';
  /** ms since the epoch */
  readonly createdAt: number;
  /** The whole text of the message. */
  readonly text: string;
}

export interface AttachmentContent {
  readonly name: string;
  readonly mediaType: string;
  readonly kind: 'text' | 'image';
  /** Text as UTF-8, images as they were given. */
  readonly bytes: Uint8Array;
}
