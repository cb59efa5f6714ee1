import path from 'node:path';
import { type Failure, FailureError, failureOf } from '../api/failures.ts';

/** What SQLite's result code means to a person, or `null` if it is a bug. */
function failureOfCode(code: string, reason: string, file: string): Failure | null {
  if (code === 'SQLITE_FULL') return { kind: 'storage-full' };
  if (/^SQLITE_(?:CORRUPT|NOTADB|IOERR_READ|IOERR_SHORT_READ|IOERR_CORRUPTFS|IOERR_DATA)/.test(code)) {
    return { kind: 'storage-damaged', path: file, reason: reason.slice(0, 500) };
  }
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) {
    return { kind: 'folder-locked', path: path.dirname(file), pid: null, address: null };
  }
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM|IOERR)/.test(code)) {
    return { kind: 'folder-unwritable', path: path.dirname(file), reason: reason.slice(0, 300) };
  }
  return null;
}

/** Whether what went wrong is the database itself: what SQLite reads is not what it wrote, or a copy of it is not sound. */
export function isDamage(error: unknown): boolean {
  const kind = failureOf(explainError(error, ''))?.kind ?? failureOf(error)?.kind;
  return kind === 'storage-damaged' || kind === 'backup-unreadable';
}

/** What the file system says where nothing can be written. */
const unwritableCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR']);

/** The error as a FailureError where a person can act on it, else the error itself. */
export function explainError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  // By its code: what a worker threw has lost its class on the way.
  if (error instanceof Error && typeof code === 'string' && code.startsWith('SQLITE_')) {
    const failure = failureOfCode(code, error.message, file);
    return failure ? new FailureError(failure, { cause: error }) : error;
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FailureError({ kind: 'storage-full' }, { cause: error });
  if (typeof code === 'string' && unwritableCodes.has(code)) {
    const failure: Failure = { kind: 'folder-unwritable', path: path.dirname(file), reason: code };
    return new FailureError(failure, { cause: error });
  }
  return error;
}

/** Runs `work` and throws what went wrong as `explainError` words it. */
export function explaining<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainError(error, file);
  }
}
