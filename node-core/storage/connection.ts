import Database from 'better-sqlite3';

/** A connection of better-sqlite3; only this folder touches one. */
export type RawDatabase = Database.Database;

/** How long a lock of another program is waited for, ms; the wait blocks the process. */
const busyTimeoutMs = 1000;

/**
 * Opens the database for reading and writing, or makes an empty one.
 * better-sqlite3 opens a database that is in WAL mode already with `synchronous=NORMAL`, under which a message that
 * was reported as kept can be lost with the power, so it is set here on every open.
 */
export function openConnection(file: string): RawDatabase {
  const raw = new Database(file, { timeout: busyTimeoutMs });
  try {
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** Opens an existing database for reading only. */
export function openForReading(file: string): RawDatabase {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
}

/**
 * Makes the database one file without a journal beside it, ready to be moved or kept.
 * Opens and closes it; nobody else may have it open.
 */
export function settleFile(file: string): void {
  const raw = new Database(file, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    raw.pragma('journal_mode = DELETE');
  } finally {
    raw.close();
  }
}

/** What `quick_check` found wrong; empty if nothing. */
export function problemsOf(raw: RawDatabase): readonly string[] {
  const rows = raw.prepare('PRAGMA quick_check').pluck().all().map(String);
  return rows.filter((row) => row !== 'ok');
}

/** Numbers of what can be seen: neither deleted conversations nor deleted messages. */
export function countVisible(raw: RawDatabase): { readonly conversations: number; readonly messages: number } {
  const count = (sql: string): number => Number(raw.prepare(sql).pluck().get());
  return {
    conversations: count('SELECT count(*) FROM conversations WHERE deleted_at IS NULL'),
    messages: count(
      'SELECT count(*) FROM messages JOIN conversations ON conversations.id = conversation_id WHERE messages.deleted_at IS NULL AND conversations.deleted_at IS NULL',
    ),
  };
}
