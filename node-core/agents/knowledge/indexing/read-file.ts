import { createHash } from 'node:crypto';
import type { DocumentReader } from '../documents/document-reader.ts';
import type { FileContent, FileStamp } from '../index/index-writer.ts';
import { decodeText, textOfHtml } from '../text/decode-text.ts';
import { kindOfFile, mostFileBytes } from '../text/file-kinds.ts';
import { splitPassages } from '../text/split-passages.ts';
import { openBelow } from './open-below.ts';
import { placeBelow } from './walk-root.ts';

/** A fingerprint of content, 16 bytes. Tells what changed from what did not; guards nothing. */
export const hashOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest().subarray(0, 16);

/** The bytes of a file of a root, with the stamp that it had when they were read; never more than `most`. Rejects as `openBelow`. */
export async function readBytes(
  root: string,
  relative: string,
  most: number,
): Promise<{ readonly bytes: Buffer<ArrayBuffer>; readonly size: number; readonly changedAt: number } | 'too-large'> {
  const handle = await openBelow(root, relative);
  try {
    const stats = await handle.stat();
    if (stats.size > most) return 'too-large';
    const bytes = Buffer.alloc(stats.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return { bytes: bytes.subarray(0, at), size: stats.size, changedAt: stats.mtimeMs };
  } finally {
    await handle.close();
  }
}

/** What a file is read with. */
export interface FileReading {
  readonly documents: Pick<DocumentReader, 'read'>;
  readonly signal: AbortSignal;
}

/** What the index is told of a file, with the stamp that it had when it was read. Throws only when it is aborted. */
export async function readForIndex(
  root: string,
  stamp: FileStamp,
  knownHash: Uint8Array | null,
  { documents, signal }: FileReading,
): Promise<{ readonly stamp: FileStamp; readonly content: FileContent | 'same' }> {
  const skip = (reason: Extract<FileContent, { kind: 'skipped' }>['reason']) =>
    ({ stamp, content: { kind: 'skipped', reason } }) as const;
  const place = placeBelow(root, stamp.path);
  const kind = kindOfFile(place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1));
  if (kind.kind === 'skip') return skip(kind.reason);
  try {
    const read = await readBytes(root, stamp.path, mostFileBytes[kind.kind]);
    if (read === 'too-large') return skip('too-large');
    const now = { path: stamp.path, size: read.size, changedAt: read.changedAt };
    const hash = hashOf(read.bytes);
    if (knownHash !== null && Buffer.compare(hash, knownHash) === 0) return { stamp: now, content: 'same' };
    if (kind.kind !== 'text' && kind.kind !== 'html') {
      const found = await documents.read(kind.kind, new Uint8Array(read.bytes.buffer, 0, read.bytes.length), signal);
      if (found.kind === 'trouble') return { stamp: now, content: { kind: 'skipped', reason: found.trouble } };
      const { pages } = found;
      const text = found.lines.join('\n');
      return {
        stamp: now,
        content: { kind: 'read', form: 'document', hash, text, pages, passages: splitPassages(text, pages) },
      };
    }
    const decoded = decodeText(read.bytes);
    if (decoded.kind === 'binary') return { stamp: now, content: { kind: 'skipped', reason: 'binary' } };
    const isHtml = kind.kind === 'html';
    const text = isHtml ? textOfHtml(decoded.text) : decoded.text;
    const form = isHtml ? 'html' : decoded.form;
    return { stamp: now, content: { kind: 'read', form, hash, text, passages: splitPassages(text) } };
  } catch {
    signal.throwIfAborted();
    return skip('unreadable');
  }
}
