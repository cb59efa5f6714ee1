import fs from 'node:fs';

/**
 * A small file beside the database that is there while the database is open. Found at a start, it says that the
 * last run did not close it.
 */
const markerOf = (file: string): string => `${file}.open`;

/** Whether the last run ended without closing the database: the marker is still there, or an unfinished journal is. */
export function wasLeftOpen(file: string): boolean {
  const journal = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
  return fs.existsSync(markerOf(file)) || (journal?.size ?? 0) > 0;
}

/** Says that the database is open from now on. */
export function markOpen(file: string): void {
  fs.writeFileSync(markerOf(file), `${process.pid}\n`, { mode: 0o600 });
}

/** Says that the database was closed in order. */
export function markClosed(file: string): void {
  fs.rmSync(markerOf(file), { force: true });
}
