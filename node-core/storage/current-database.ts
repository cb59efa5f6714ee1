import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { type Failure, failureOf } from '../api/failures.ts';
import type { RawDatabase } from './connection.ts';
import { explainError } from './sqlite-failures.ts';

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
  /** Told of every failure that a person can act on. */
  onFailure: (failure: Failure) => void = () => undefined;

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
    const explained = <Result>(work: () => Result): Result => this.#explaining(work);
    const statement = explained(() => raw.prepare(sql));
    // SQLite may have rolled back by itself (disk full); a second rollback would hide the reason.
    const isIdle = sql === 'rollback' ? () => !raw.inTransaction : () => false;
    return {
      reader: statement.reader,
      all: (parameters) => explained(() => statement.all(...parameters)),
      run: (parameters) =>
        isIdle() ? { changes: 0, lastInsertRowid: 0 } : explained(() => statement.run(...parameters)),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  }

  #explaining<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const explained = explainError(error, this.file);
      const failure = failureOf(explained);
      if (failure) this.onFailure(failure);
      throw explained;
    }
  }
}
