import { limits } from '../../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';

/** A file as far as the rules look at it. */
export interface OfferedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

const imageTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Pictures and sound that are certainly no text; what remains the node looks into. */
const otherMedia = /^(image|audio|video|font)\//;

export function isImage(file: OfferedFile): boolean {
  return imageTypes.has(file.type);
}

/** Why a file cannot be attached, or `null`. `count`: how many there are already. */
export function attachmentRefusal(file: OfferedFile, count: number): Failure | null {
  if (count >= limits.attachmentsPerMessage) {
    return { kind: 'too-many', what: 'files', limit: limits.attachmentsPerMessage };
  }
  if (!isImage(file) && otherMedia.test(file.type) && file.type !== 'image/svg+xml') {
    return { kind: 'unsupported-file', name: file.name };
  }
  const limitBytes = isImage(file) ? limits.imageAttachmentBytes : limits.textAttachmentBytes;
  if (file.size > limitBytes) return { kind: 'too-large', what: file.name, sizeBytes: file.size, limitBytes };
  return null;
}
