import type { RawDatabase } from '../../../storage/connection.ts';
import { endingOf, type SkipReason } from '../text/file-kinds.ts';

/** Files of one kind that were not read. */
export interface SkippedFiles {
  readonly reason: SkipReason;
  readonly count: number;
  /** Endings of the most frequent kinds, at most five. */
  readonly endings: readonly string[];
}

/** How much of a root stands in the index. */
export interface RootCounts {
  readonly files: number;
  readonly bytes: number;
  readonly passages: number;
  readonly skipped: readonly SkippedFiles[];
}

const mostEndings = 5;

/** Counts what stands in the index of a root. Takes some milliseconds for ten thousand files. */
export function countRoot(raw: RawDatabase, rootId: string): RootCounts {
  const root = raw.prepare('SELECT number FROM roots WHERE id = ?').pluck().get(rootId);
  if (root === undefined) return { files: 0, bytes: 0, passages: 0, skipped: [] };
  const read = raw
    .prepare(
      `SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes, coalesce(sum(passage_count), 0) AS passages
       FROM files WHERE root = ? AND form <> 'skipped'`,
    )
    .get(root) as { readonly files: number; readonly bytes: number; readonly passages: number };
  const skipped = raw.prepare("SELECT reason, path FROM files WHERE root = ? AND form = 'skipped'").all(root) as {
    readonly reason: SkipReason;
    readonly path: string;
  }[];
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  return {
    ...read,
    skipped: [...byReason].map(([reason, files]) => ({
      reason,
      count: files.length,
      endings: frequent(files.map(({ path }) => endingOf(path.slice(path.lastIndexOf('/') + 1)))),
    })),
  };
}

const frequent = (endings: readonly string[]): readonly string[] =>
  [
    ...Map.groupBy(
      endings.filter((ending) => ending !== '' && ending.length <= 12),
      (ending) => ending,
    ),
  ]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostEndings)
    .map(([ending]) => ending);
