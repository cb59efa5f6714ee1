import { limits } from '../api/conversation-views.ts';
import { failureOf } from '../api/failures.ts';
import { type AcceptedFile, acceptFile } from './accepted-file.ts';
import type { Archive, ArchiveConversation } from './archive-format.ts';

/** An attachment of an archive, decoded and found to be what may be attached. */
export interface ArchiveFile extends AcceptedFile {
  readonly id: string;
  readonly createdAt: number;
}

/** An archive that holds together, with its attachments decoded, by their identifiers. */
export interface CheckedArchive {
  readonly archive: Archive;
  readonly files: ReadonlyMap<string, ArchiveFile>;
}

/** Why an archive cannot be taken in; the text completes "Nothing was imported: …". */
export class ArchiveProblem extends Error {}

/** What the schema cannot say: identifiers are unique, trees hold together, attachments are what may be attached. */
export function checkArchive(archive: Archive): CheckedArchive {
  const seen = new Set<string>();
  const files = new Map<string, ArchiveFile>();
  for (const conversation of archive.conversations) {
    claimId(seen, conversation.id);
    for (const attachment of conversation.attachments) {
      claimId(seen, attachment.id);
      files.set(attachment.id, decodeFile(attachment));
    }
    checkTree(conversation, seen);
  }
  return { archive, files };
}

function claimId(seen: Set<string>, id: string): void {
  if (seen.has(id)) throw new ArchiveProblem(`the identifier ${id} stands there twice.`);
  seen.add(id);
}

function checkTree(conversation: ArchiveConversation, seen: Set<string>): void {
  const roles = new Map<string, 'user' | 'assistant'>();
  const attachments = new Set(conversation.attachments.map((attachment) => attachment.id));
  for (const message of conversation.messages) {
    claimId(seen, message.id);
    const parentRole = message.parentId === null ? null : roles.get(message.parentId);
    if (parentRole === undefined) throw new ArchiveProblem(`message ${message.id} follows one that is not before it.`);
    if (message.role === 'assistant' && parentRole !== 'user') {
      throw new ArchiveProblem(`answer ${message.id} does not follow a prompt.`);
    }
    if (message.role === 'user' && !message.attachmentIds.every((id) => attachments.has(id))) {
      throw new ArchiveProblem(`message ${message.id} has an attachment that is not there.`);
    }
    roles.set(message.id, message.role);
  }
  if (conversation.leafId !== null && !roles.has(conversation.leafId)) {
    throw new ArchiveProblem(`conversation ${conversation.id} ends with a message that is not there.`);
  }
}

function decodeFile(attachment: ArchiveConversation['attachments'][number]): ArchiveFile {
  // A longer text than this cannot be an image or text that is small enough.
  if (attachment.base64.length > limits.imageAttachmentBytes * 1.4) {
    throw new ArchiveProblem(`the attachment “${attachment.name}” is too large.`);
  }
  try {
    const file = acceptFile(attachment.name, attachment.mediaType, Buffer.from(attachment.base64, 'base64'));
    return { ...file, id: attachment.id, createdAt: attachment.createdAt };
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === undefined) throw error;
    const why = kind === 'too-large' ? 'is too large' : 'is neither text nor a PNG, JPEG or WebP picture';
    throw new ArchiveProblem(`the attachment “${attachment.name}” ${why}.`, { cause: error });
  }
}
