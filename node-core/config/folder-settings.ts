import fs from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';

const tierSchema = z.string().min(1).max(40);

/**
 * The tier that a data folder is marked with, read without changing the folder; `null` if it has no mark or cannot be
 * read that way. The node looks again once it owns the folder.
 * @param database absolute path of the folder's database
 */
export function readMarkedTier(database: string): string | null {
  if (!fs.existsSync(database)) return null;
  try {
    // A reading connection leaves its own journal behind; one that could write takes it away again. Where somebody
    // else's journal is, it stays untouched.
    const readonly = fs.existsSync(`${database}-wal`);
    const connection = new Database(database, { readonly, fileMustExist: true, timeout: 1000 });
    try {
      connection.pragma('query_only = ON');
      const row: unknown = connection.prepare("SELECT value_json FROM settings WHERE name = 'node.tier'").pluck().get();
      return typeof row === 'string' ? tierSchema.parse(JSON.parse(row)) : null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}
