import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** Held by the one process that owns a data folder. */
export interface FolderLock {
  /** Idempotent. */
  release(): void;
}

/**
 * Takes the folder for this process, or says that another one has it (`null`).
 *
 * The lock is SQLite's exclusive lock on an empty file: the operating system grants it to one process at a time and
 * frees it when that process ends, however it ends. So nothing can be stale, and a reused process id means nothing.
 * @param runFolder absolute, exists
 */
export function lockFolder(runFolder: string): FolderLock | null {
  const file = path.join(runFolder, 'lock');
  fs.closeSync(fs.openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => database.close() };
}
