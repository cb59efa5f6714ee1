import { limits } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import { attachmentKind } from '../protocol/attachment-kind.ts';

/** A file that may be attached. */
export interface AcceptedFile {
  readonly name: string;
  readonly kind: 'text' | 'image';
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Checks what a file is and how large. Throws `unsupported-file` or `too-large`. */
export function acceptFile(givenName: string, mediaType: string, bytes: Buffer): AcceptedFile {
  const name = cleanName(givenName);
  const kind = attachmentKind(name, mediaType, bytes);
  if (kind.kind === 'unsupported') throw new FailureError({ kind: 'unsupported-file', name });
  const limitBytes = kind.kind === 'image' ? limits.imageAttachmentBytes : limits.textAttachmentBytes;
  if (bytes.length > limitBytes) {
    throw new FailureError({ kind: 'too-large', what: name.slice(0, 100), sizeBytes: bytes.length, limitBytes });
  }
  return { name, kind: kind.kind, mediaType: kind.mediaType, bytes };
}

/** The name without folders and control characters. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .trim()
      .slice(0, 300) || 'file'
  );
}
