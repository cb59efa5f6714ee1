import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import type { FileContent, FileStamp } from '../index/index-writer.ts';
import { decodeText, textOfHtml } from '../text/decode-text.ts';
import { kindOfFile, mostFileBytes } from '../text/file-kinds.ts';
import { splitPassages } from '../text/split-passages.ts';

/** A fingerprint of content, 16 bytes. Tells what changed from what did not; guards nothing. */
export const hashOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest().subarray(0, 16);

/** The bytes of a file, with the stamp that it had when they were read; never more than `most`. */
export async function readBytes(
  place: string,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly size: number; readonly changedAt: number } | 'too-large'> {
  // Not through a link that was put in its place meanwhile.
  const handle = await fs.open(place, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('not a file');
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

/** What the index is told of a file, with the stamp that it had when it was read. Never throws. */
export async function readForIndex(
  place: string,
  stamp: FileStamp,
  knownHash: Uint8Array | null,
): Promise<{ readonly stamp: FileStamp; readonly content: FileContent | 'same' }> {
  const skip = (reason: Extract<FileContent, { kind: 'skipped' }>['reason']) =>
    ({ stamp, content: { kind: 'skipped', reason } }) as const;
  const kind = kindOfFile(place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1));
  if (kind.kind === 'skip') return skip(kind.reason);
  try {
    const read = await readBytes(place, mostFileBytes[kind.kind]);
    if (read === 'too-large') return skip('too-large');
    const now = { path: stamp.path, size: read.size, changedAt: read.changedAt };
    const hash = hashOf(read.bytes);
    if (knownHash !== null && Buffer.compare(hash, knownHash) === 0) return { stamp: now, content: 'same' };
    const decoded = decodeText(read.bytes);
    if (decoded.kind === 'binary') return { stamp: now, content: { kind: 'skipped', reason: 'binary' } };
    const isHtml = kind.kind === 'html';
    const text = isHtml ? textOfHtml(decoded.text) : decoded.text;
    const form = isHtml ? 'html' : decoded.form;
    return { stamp: now, content: { kind: 'read', form, hash, text, passages: splitPassages(text) } };
  } catch {
    return skip('unreadable');
  }
}
