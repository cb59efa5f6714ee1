import fs from 'node:fs';
import Database from 'better-sqlite3';

/** Overwrites the first page of a table in a database file, as a failing disk does. */
export function damageTable(file: string, table: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const pageBytes = Number(database.pragma('page_size', { simple: true }));
  const root = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?";
  const page = Number(database.prepare(root).pluck().get(table));
  database.close();
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(pageBytes, 0xaa), 0, pageBytes, (page - 1) * pageBytes);
  fs.closeSync(handle);
}
