import fs from 'node:fs/promises';
import path from 'node:path';
import type { RawDatabase } from '../../../storage/connection.ts';
import { openBelow } from '../indexing/open-below.ts';
import { readBytes } from '../indexing/read-file.ts';
import { placeBelow } from '../indexing/walk-root.ts';
import { decodeText, textOfHtml } from '../text/decode-text.ts';
import { mostFileBytes } from '../text/file-kinds.ts';
import { pageOf } from '../text/pages.ts';

/** Where a passage stands. */
export interface PassagePlace {
  readonly passage: number;
  readonly rootId: string;
  /** Below the root, with slashes. */
  readonly path: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
  readonly start: number;
  readonly size: number;
  /** The page of a document that it stands on, counted from 1; `null` where there are no pages. */
  readonly page: number | null;
  readonly form: 'plain' | 'other' | 'html' | 'document';
  readonly fileSize: number;
  readonly changedAt: number;
}

/** Places of passages that are still in the index. */
export function placesOf(raw: RawDatabase, passages: readonly number[]): readonly PassagePlace[] {
  const statement = raw.prepare(`
    SELECT passages.id AS passage, roots.id AS rootId, files.path, passages.line, passages.start, passages.size, files.form,
      files.size AS fileSize, files.changed_at AS changedAt, documents.pages
    FROM passages JOIN files ON files.id = passages.file JOIN roots ON roots.number = files.root
      LEFT JOIN documents ON documents.file = files.id
    WHERE passages.id = ?
  `);
  return passages.flatMap((id) => {
    const found = statement.get(id) as (Omit<PassagePlace, 'page'> & { readonly pages: string | null }) | undefined;
    if (found === undefined) return [];
    const { pages, ...place } = found;
    return [{ ...place, page: pages === null ? null : pageOf(JSON.parse(pages), place.line) }];
  });
}

/** A name for people and models: the path below the root, or the file's name where the root is the file. */
export function nameOf(root: string, relative: string): string {
  return relative === '' ? path.basename(root) : relative;
}

/** The whole text of a file as the index splits it; `null` where it cannot be read, or is no text any more. */
export async function readWhole(root: string, relative: string, isHtml: boolean): Promise<string | null> {
  const read = await readBytes(root, relative, mostFileBytes[isHtml ? 'html' : 'text']).catch(
    () => 'too-large' as const,
  );
  if (read === 'too-large') return null;
  const decoded = decodeText(read.bytes);
  if (decoded.kind === 'binary') return null;
  return isHtml ? textOfHtml(decoded.text) : decoded.text;
}

/** The text of a document as it was read, and the first line of each of its pages; `null` where it is no document. */
export function readDocument(
  raw: RawDatabase,
  rootId: string,
  path: string,
): { readonly text: string; readonly pages: readonly number[] } | null {
  const found = raw
    .prepare(`
      SELECT documents.pages, documents.text FROM documents JOIN files ON files.id = documents.file
        JOIN roots ON roots.number = files.root
      WHERE roots.id = ? AND files.path = ?
    `)
    .get(rootId, path) as { readonly pages: string; readonly text: Buffer } | undefined;
  return found ? { text: found.text.toString('utf8'), pages: JSON.parse(found.pages) } : null;
}

/**
 * The text of a passage from its file, or of a document as it was read from there. `null`: the file is gone, unreadable
 * or has changed, so that nobody knows what stands at that place now; the index will follow.
 */
export async function readPassage(raw: RawDatabase, root: string, place: PassagePlace): Promise<string | null> {
  if (place.form !== 'plain') {
    const stats = await fs.lstat(placeBelow(root, place.path)).catch(() => null);
    if (stats === null || !isUnchanged(stats, place)) return null;
    if (place.form === 'document') return documentPart(raw, place);
    const text = await readWhole(root, place.path, place.form === 'html');
    return text?.slice(place.start, place.start + place.size) ?? null;
  }
  try {
    const handle = await openBelow(root, place.path);
    try {
      if (!isUnchanged(await handle.stat(), place)) return null;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(place.size), 0, place.size, place.start);
      return bytesRead === place.size ? buffer.toString('utf8') : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

const documentPart = (raw: RawDatabase, { passage, start, size }: PassagePlace): string | null => {
  const part = raw
    .prepare(`
      SELECT substr(documents.text, ?, ?) FROM passages JOIN documents ON documents.file = passages.file
      WHERE passages.id = ?
    `)
    .pluck()
    .get(start + 1, size, passage) as Buffer | undefined;
  return part?.toString('utf8') ?? null;
};

const isUnchanged = (stats: { readonly size: number; readonly mtimeMs: number }, place: PassagePlace): boolean =>
  stats.size === place.fileSize && stats.mtimeMs === place.changedAt;
