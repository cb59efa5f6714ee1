import fs from 'node:fs';
import { FailureError } from '../api/failures.ts';
import { openForReading, problemsOf, type RawDatabase } from './connection.ts';
import { applicationId } from './migrate.ts';
import { explaining } from './sqlite-failures.ts';

/** What stands at a path. `new`: nothing, or a database without a single table. */
export type FoundFile = { readonly kind: 'new' } | { readonly kind: 'ours'; readonly version: number };

/** What a caller expects of the file. */
export interface Expectation {
  /** The newest schema version this program knows. */
  readonly known: number;
  /** Look through the whole file for damage (`quick_check`). */
  readonly isChecked: boolean;
}

/**
 * Looks at a database file without changing anything, and refuses what this program must not touch: a damaged file
 * (`storage-damaged`), one of a newer Nunba (`storage-newer`), one of another program (`folder-foreign`).
 */
export function inspectFile(file: string, expectation: Expectation): FoundFile {
  if (!fs.existsSync(file)) return { kind: 'new' };
  const strays = [`${file}-wal`, `${file}-shm`].filter((side) => !fs.existsSync(side));
  try {
    return explaining(file, () => {
      const raw = openForReading(file);
      try {
        return inspect(raw, file, expectation);
      } finally {
        raw.close();
      }
    });
  } finally {
    // A reader of a database in WAL mode makes these files and leaves them.
    for (const stray of strays) fs.rmSync(stray, { force: true });
  }
}

function inspect(raw: RawDatabase, file: string, { known, isChecked }: Expectation): FoundFile {
  const version = Number(raw.pragma('user_version', { simple: true }));
  const tables = Number(raw.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (version === 0 && tables === 0) return { kind: 'new' };
  if (raw.pragma('application_id', { simple: true }) !== applicationId) {
    throw new FailureError({ kind: 'folder-foreign', path: file, reason: 'it is a database of another program' });
  }
  if (version > known) throw new FailureError({ kind: 'storage-newer', path: file, found: version, known });
  const problem = isChecked ? problemsOf(raw)[0] : undefined;
  if (problem !== undefined) {
    throw new FailureError({ kind: 'storage-damaged', path: file, reason: problem.slice(0, 500) });
  }
  return { kind: 'ours', version };
}
