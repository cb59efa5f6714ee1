import fs from 'node:fs/promises';
import type { RawDatabase } from '../../../storage/connection.ts';
import { nameOf, readDocument, readWhole } from '../index/passage-texts.ts';
import { type PageStart, pagesWithin } from '../text/pages.ts';
import { placeBelow } from './walk-root.ts';

/** Lines of a file. */
export interface FileLines {
  readonly name: string;
  readonly totalLines: number;
  readonly lines: string[];
  /** The file is another one than was indexed: its lines may have other numbers than a search has told. */
  readonly isChanged: boolean;
  /** They are the text of a document, as it was when it was indexed. */
  readonly isDocument: boolean;
  /** Where pages of a document begin in these lines; the first line begins one in any case. Empty where there are none. */
  readonly pages: PageStart[];
}

interface KnownFile {
  readonly form: string;
  readonly size: number;
  readonly changedAt: number;
}

const statement = `
  SELECT form, size, changed_at AS changedAt FROM files JOIN roots ON roots.number = files.root
  WHERE roots.id = ? AND files.path = ?
`;

/** Most characters of one line that are given; the rest is cut, with a mark. */
const mostLineChars = 2000;

/**
 * Lines of a file that stands in the index, as it is on the disk now, or of a document as it was read; `null` for any other file, or one that cannot be
 * read. Beyond the end there are no lines.
 */
export async function readLines(
  raw: RawDatabase,
  root: string,
  order: { readonly rootId: string; readonly path: string; readonly from: number; readonly count: number },
): Promise<FileLines | null> {
  const known = raw.prepare(statement).get(order.rootId, order.path) as KnownFile | undefined;
  if (known === undefined || known.form === 'skipped') return null;
  const document = known.form === 'document' ? readDocument(raw, order.rootId, order.path) : null;
  const text = document?.text ?? (await readWhole(root, order.path, known.form === 'html'));
  if (text === null) return null;
  // After the reading: what was saved meanwhile counts as changed as well.
  const stats = await fs.lstat(placeBelow(root, order.path)).catch(() => null);
  if (document !== null && stats === null) return null;
  const isChanged = stats?.size !== known.size || stats.mtimeMs !== known.changedAt;
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (all.length > 1 && all.at(-1) === '') all.pop();
  const lines = all.slice(order.from - 1, order.from - 1 + order.count).map((line) => line.slice(0, mostLineChars));
  return {
    name: nameOf(root, order.path),
    totalLines: all.length,
    lines,
    isChanged,
    isDocument: document !== null,
    pages: pagesWithin(document?.pages ?? [], order.from, lines.length),
  };
}
