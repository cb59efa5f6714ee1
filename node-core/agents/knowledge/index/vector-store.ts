import type { RawDatabase } from '../../../storage/connection.ts';

/** A passage whose vector is wanted, and what it was when it was handed out. */
export interface PassageStamp {
  readonly passage: number;
  /** Another one when the number stands for other text by now. */
  readonly stamp: string;
}

/** A passage with its vector (protocol/local/vector.ts); empty: it means nothing to the model. */
export interface PassageVector extends PassageStamp {
  readonly vector: Int8Array;
}

const stampColumn = "hex(files.hash) || ':' || passages.start";
const stampSource = 'passages JOIN files ON files.id = passages.file';

/**
 * The vectors of passages: at most one each, with the model that made it. Those of another model than the one in use count
 * for nothing and are written over, one by one. They go with their passages (IndexWriter).
 */
export class VectorStore {
  readonly #writing: RawDatabase;
  readonly #reading: RawDatabase;

  constructor(writing: RawDatabase, reading: RawDatabase) {
    this.#writing = writing;
    this.#reading = reading;
  }

  /** Passages of these roots without a vector of that model, newest first. @param without ids of files that are left out */
  missing(roots: readonly number[], model: string, limit: number, without: readonly number[]): readonly number[] {
    const within = roots.map(() => '?').join(', ');
    return this.#reading
      .prepare(
        `SELECT passages.id FROM ${stampSource} WHERE files.root IN (${within})
         AND files.id NOT IN (${without.map(Number).join(', ')})
         AND NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.passage = passages.id AND vectors.model = ?)
         ORDER BY passages.id DESC LIMIT ?`,
      )
      .pluck()
      .all(...roots, this.#number(this.#reading, model), limit) as number[];
  }

  /** How many passages these roots have. */
  passages(roots: readonly number[]): number {
    const count = this.#reading.prepare('SELECT coalesce(sum(passage_count), 0) FROM files WHERE root = ?').pluck();
    return roots.reduce((sum, root) => sum + Number(count.get(root)), 0);
  }

  stampOf(passage: number): string | null {
    return this.#stamp(this.#reading, passage);
  }

  /** Keeps the vectors of passages that are still what they were. Returns the roots of those that were kept. */
  put(model: string, vectors: readonly PassageVector[]): ReadonlySet<number> {
    const raw = this.#writing;
    const roots = new Set<number>();
    // While files are indexed there is a transaction already, which takes these along.
    const isWithin = raw.inTransaction;
    if (!isWithin) raw.exec('BEGIN IMMEDIATE');
    try {
      raw.prepare('INSERT OR IGNORE INTO vector_models (identity) VALUES (?)').run(model);
      const number = this.#number(raw, model);
      const rootOf = raw.prepare(`SELECT files.root FROM ${stampSource} WHERE passages.id = ?`).pluck();
      const insert = raw.prepare('INSERT OR REPLACE INTO vectors (passage, root, model, vector) VALUES (?, ?, ?, ?)');
      for (const { passage, stamp, vector } of vectors) {
        if (this.#stamp(raw, passage) !== stamp) continue;
        const root = Number(rootOf.get(passage));
        insert.run(passage, root, number, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
        roots.add(root);
      }
      if (!isWithin) raw.exec('COMMIT');
    } finally {
      if (!isWithin && raw.inTransaction) raw.exec('ROLLBACK');
    }
    return roots;
  }

  /** How many passages of a root have a vector of that model. */
  count(root: number, model: string): number {
    return Number(
      this.#reading
        .prepare('SELECT count(*) FROM vectors WHERE root = ? AND model = ?')
        .pluck()
        .get(root, this.#number(this.#reading, model)),
    );
  }

  /** Vectors of a root in the order of their passages, those after `passage`. */
  page(root: number, model: string, after: { readonly passage: number; readonly limit: number }) {
    return this.#reading
      .prepare(
        'SELECT passage, vector FROM vectors WHERE root = ? AND model = ? AND passage > ? ORDER BY passage LIMIT ?',
      )
      .all(root, this.#number(this.#reading, model), after.passage, after.limit) as {
      readonly passage: number;
      readonly vector: Buffer;
    }[];
  }

  /** 0: no vector is of that model. */
  #number(raw: RawDatabase, model: string): number {
    return Number(raw.prepare('SELECT number FROM vector_models WHERE identity = ?').pluck().get(model) ?? 0);
  }

  #stamp(raw: RawDatabase, passage: number): string | null {
    const stamp = raw.prepare(`SELECT ${stampColumn} FROM ${stampSource} WHERE passages.id = ?`).pluck().get(passage);
    return typeof stamp === 'string' ? stamp : null;
  }
}
