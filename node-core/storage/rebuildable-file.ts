import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { RawDatabase } from './connection.ts';

/**
 * Opens or makes a SQLite file of which everything can be made again: the last moments before a power cut may be lost,
 * its form may not. Throws SQLite's own errors.
 */
export function openRebuildable(file: string): RawDatabase {
  const raw = new Database(file, { timeout: 5000 });
  try {
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = NORMAL');
    raw.pragma('cache_size = -16000');
    raw.pragma('wal_autocheckpoint = 4000');
    if (process.platform !== 'win32') fs.chmodSync(file, 0o600);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** A second connection to it that only reads, and sees what is committed. */
export function openRebuildableForReading(file: string): RawDatabase {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
}

/** Removes the file and what SQLite keeps beside it. Nobody may have it open. */
export function removeRebuildable(file: string): void {
  for (const side of ['', '-wal', '-shm', '-journal']) fs.rmSync(`${file}${side}`, { force: true });
}
