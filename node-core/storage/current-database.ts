import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type { RawDatabase } from './connection.ts';
import { explaining } from './sqlite-failures.ts';

/** Most prepared statements that are kept; the app has about a hundred. */
const mostStatements = 300;

/**
 * The database that Kysely works with. A restore changes the connection behind it, and nobody who uses Kysely
 * notices. SQLite's errors are worded as failures here.
 */
export class CurrentDatabase implements SqliteDatabase {
  readonly file: string;
  #raw: RawDatabase;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(file: string, raw: RawDatabase) {
    this.file = file;
    this.#raw = raw;
  }

  get raw(): RawDatabase {
    return this.#raw;
  }

  /** Takes another connection; the one before must be closed by then. */
  use(raw: RawDatabase): void {
    this.#statements.clear();
    this.#raw = raw;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#wrap(sql);
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#raw.close();
  }

  #wrap(sql: string): SqliteStatement {
    const raw = this.#raw;
    const { file } = this;
    const statement = explaining(file, () => raw.prepare(sql));
    // SQLite may have rolled back by itself (disk full); a second rollback would hide the reason.
    const isIdle = sql === 'rollback' ? () => !raw.inTransaction : () => false;
    return {
      reader: statement.reader,
      all: (parameters) => explaining(file, () => statement.all(...parameters)),
      run: (parameters) =>
        isIdle() ? { changes: 0, lastInsertRowid: 0 } : explaining(file, () => statement.run(...parameters)),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  }
}
