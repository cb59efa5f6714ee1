import type { RawDatabase } from '../../../storage/connection.ts';
import { nameOf, readWhole } from '../index/passage-texts.ts';
import { placeBelow } from './walk-root.ts';

/** Lines of a file. */
export interface FileLines {
  readonly name: string;
  readonly totalLines: number;
  readonly lines: string[];
}

/** Most characters of one line that are given; the rest is cut, with a mark. */
const mostLineChars = 2000;

/**
 * Lines of a file that stands in the index, as it is on the disk now; `null` for any other file, or one that cannot be
 * read. Beyond the end there are no lines.
 */
export async function readLines(
  raw: RawDatabase,
  root: string,
  order: { readonly rootId: string; readonly path: string; readonly from: number; readonly count: number },
): Promise<FileLines | null> {
  const form = raw
    .prepare('SELECT form FROM files JOIN roots ON roots.number = files.root WHERE roots.id = ? AND files.path = ?')
    .pluck()
    .get(order.rootId, order.path);
  if (form === undefined || form === 'skipped') return null;
  const text = await readWhole(placeBelow(root, order.path), form === 'html');
  if (text === null) return null;
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (all.length > 1 && all.at(-1) === '') all.pop();
  const lines = all.slice(order.from - 1, order.from - 1 + order.count).map((line) => line.slice(0, mostLineChars));
  return { name: nameOf(root, order.path), totalLines: all.length, lines };
}
