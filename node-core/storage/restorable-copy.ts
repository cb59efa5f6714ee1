import fs from 'node:fs';
import path from 'node:path';
import { describeFailure } from '../api/failure-sentences.ts';
import { FailureError, failureOf } from '../api/failures.ts';
import { checkFile } from './check-file.ts';
import { openConnection, settleFile } from './connection.ts';
import { inspectFile } from './inspect-file.ts';
import { latestVersion, type Migration, migrate } from './migrate.ts';
import { explainError } from './sqlite-failures.ts';

/** Where the copy of a backup stands while it is looked at or brought in. */
const copyPath = (file: string): string => `${file}.restoring`;

/** Removes what an earlier restore may have left behind. */
export function removeCopy(file: string): void {
  for (const side of ['', '-wal', '-shm', '-journal']) fs.rmSync(`${copyPath(file)}${side}`, { force: true });
}

/**
 * Copies a backup beside the database, verifies the copy (`integrity_check`) and takes it to the present schema, so
 * that the backup itself is never touched. Throws `backup-unreadable` for one that cannot be used.
 * @returns the path of the copy: one file, closed
 */
export async function makeRestorableCopy(
  file: string,
  backup: string,
  migrations: readonly Migration[],
): Promise<string> {
  const copy = copyPath(file);
  removeCopy(file);
  try {
    fs.copyFileSync(backup, copy, fs.constants.COPYFILE_FICLONE);
    fs.chmodSync(copy, 0o600);
    const found = inspectFile(copy, { known: latestVersion(migrations), isChecked: false });
    if (found.kind === 'new') throw unreadable(backup, 'it is empty');
    const problem = (await checkFile(copy))[0];
    if (problem !== undefined) throw unreadable(backup, problem);
    const raw = openConnection(copy);
    try {
      migrate(raw, migrations);
    } finally {
      raw.close();
    }
    settleFile(copy);
    return copy;
  } catch (error) {
    removeCopy(file);
    throw asUnreadable(explainError(error, copy), backup);
  }
}

const unreadable = (backup: string, reason: string, cause?: unknown): FailureError =>
  new FailureError(
    { kind: 'backup-unreadable', name: path.basename(backup), reason: reason.slice(0, 500) },
    cause === undefined ? {} : { cause },
  );

function asUnreadable(error: unknown, backup: string): unknown {
  const failure = failureOf(error);
  if (failure === null)
    return unreadable(backup, error instanceof Error ? error.message : 'it cannot be opened', error);
  if (failure.kind === 'storage-full' || failure.kind === 'backup-unreadable') return error;
  if (failure.kind === 'storage-damaged' || failure.kind === 'folder-foreign') {
    return unreadable(backup, failure.reason, error);
  }
  return failure.kind === 'storage-newer'
    ? unreadable(backup, `it was written by a newer Nunba (version ${failure.found})`, error)
    : unreadable(backup, describeFailure(failure), error);
}
