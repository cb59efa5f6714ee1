import { open, rm } from 'node:fs/promises';
import type { RawDatabase } from './connection.ts';

/** What a file takes that really reaches the disk; little, as it is written each minute. */
const fileBytes = 64 * 1024;

/**
 * Writes a file beside the database, waits until it is on the disk and removes it. Rejects with the file system's error
 * where that cannot be: a database's own transaction stays in memory until it is kept, and shows nothing of the disk.
 */
export async function tryFile(file: string): Promise<void> {
  const probe = `${file}.probe`;
  try {
    const handle = await open(probe, 'w', 0o600);
    try {
      await handle.writeFile(Buffer.alloc(fileBytes, 1));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    // One that stays, as another program reads it just now, is written over by the next.
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

/** What the database has to be able to take: a message and its place in the index need less. */
const databaseBytes = 256 * 1024;

/** Writes into the database and takes it back. Throws SQLite's error, as where the database may grow no more. */
export function tryDatabase(raw: RawDatabase): void {
  raw.exec('BEGIN IMMEDIATE');
  try {
    raw.exec(`CREATE TABLE health_probe (data); INSERT INTO health_probe VALUES (zeroblob(${databaseBytes}))`);
  } finally {
    // SQLite has rolled back by itself where the disk is full.
    if (raw.inTransaction) raw.exec('ROLLBACK');
  }
}
