import type { RawDatabase } from '../../../storage/connection.ts';
import type { SkipReason } from '../text/file-kinds.ts';
import { rootWord, textForIndex } from '../text/search-words.ts';
import type { Passage } from '../text/split-passages.ts';

/** A file as the index knows it. */
export interface IndexedFile {
  readonly id: number;
  /** Below the root, with slashes; empty where the root is a file itself. */
  readonly path: string;
  readonly size: number;
  /** ms since the epoch, as the file system says. */
  readonly changedAt: number;
  /** `null`: it was not read. */
  readonly hash: Uint8Array | null;
  readonly reason: SkipReason | null;
  readonly firstPassage: number;
  readonly passageCount: number;
}

/** A file as it was found on the disk. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  readonly changedAt: number;
}

/** What was read of a file, or why it was not. */
export type FileContent =
  | {
      readonly kind: 'read';
      readonly form: 'plain' | 'other' | 'html';
      readonly hash: Uint8Array;
      readonly text: string;
      readonly passages: readonly Passage[];
    }
  | {
      readonly kind: 'read';
      readonly form: 'document';
      readonly hash: Uint8Array;
      readonly text: string;
      readonly passages: readonly Passage[];
      /** First line of each page, counted from 1; empty where the document has no pages of its own. */
      readonly pages: readonly number[];
    }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Pieces of work between which others get their turn. */
type Slices = Generator<void, void, void>;

/** Characters or passages that are written in one go; a few milliseconds. */
const sliceChars = 200_000;
const slicePassages = 500;

/** How long a file that was changed counts as one that is being written, ms, and most of them that are kept in mind. */
const settleMs = 2 * 60_000;
const mostUnsettled = 1_000;

/** Writes the index. Whoever calls it has a transaction open (`begin`, `commit`). */
export class IndexWriter {
  readonly #raw: RawDatabase;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #now: () => number;
  /** When files that were known before were read anew, by their ids. */
  readonly #changedAt = new Map<number, number>();

  /** @param now ms, never going back */
  constructor(raw: RawDatabase, now: () => number = () => performance.now()) {
    this.#raw = raw;
    this.#now = now;
    this.#statements = prepare(raw);
  }

  begin(): void {
    this.#raw.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.#raw.exec('COMMIT');
  }

  /** Takes back what was not committed; does nothing where no transaction is open. */
  rollback(): void {
    if (this.#raw.open && this.#raw.inTransaction) this.#raw.exec('ROLLBACK');
  }

  /** The number that stands for a root in the index. */
  rootNumber(id: string): number {
    const found = this.#statements.rootNumber.get(id);
    return Number(found ?? this.#statements.addRoot.run(id).lastInsertRowid);
  }

  /** Ids of all roots that the index holds something of. */
  rootIds(): readonly string[] {
    return this.#raw.prepare('SELECT id FROM roots').pluck().all().map(String);
  }

  /** All files of a root, by path. */
  filesOf(root: number): Map<string, IndexedFile> {
    const rows = this.#statements.filesOf.all(root) as IndexedFile[];
    return new Map(rows.map((row) => [row.path, row]));
  }

  /** Ids of files that were changed a moment ago: soon they may be others again. */
  unsettled(): readonly number[] {
    for (const [file, at] of this.#changedAt) if (this.#now() - at >= settleMs) this.#changedAt.delete(file);
    return [...this.#changedAt.keys()];
  }

  #noteChange(file: number): void {
    this.#changedAt.delete(file);
    this.#changedAt.set(file, this.#now());
    const [oldest] = this.#changedAt.keys();
    if (oldest !== undefined && this.#changedAt.size > mostUnsettled) this.#changedAt.delete(oldest);
  }

  /** Replaces what is known of the file at that path. */
  *put(root: number, stamp: FileStamp, content: FileContent): Slices {
    const isChanged = this.#statements.find.get(root, stamp.path) !== undefined;
    yield* this.remove(root, stamp.path);
    const first = Number(this.#statements.nextPassage.get());
    const isRead = content.kind === 'read';
    const { lastInsertRowid } = this.#statements.addFile.run({
      ...stamp,
      root,
      hash: isRead ? content.hash : null,
      form: isRead ? content.form : 'skipped',
      reason: isRead ? null : content.reason,
      first,
      count: isRead ? content.passages.length : 0,
    });
    if (isChanged) this.#noteChange(Number(lastInsertRowid));
    if (isRead && content.form === 'document') {
      const { pages, text } = content;
      this.#statements.addDocument.run(Number(lastInsertRowid), JSON.stringify(pages), Buffer.from(text));
    }
    if (isRead) yield* this.#addPassages(Number(lastInsertRowid), { root, first }, content);
  }

  *#addPassages(
    file: number,
    { root, first }: { readonly root: number; readonly first: number },
    { text, passages, form }: Extract<FileContent, { kind: 'read' }>,
  ): Slices {
    const word = rootWord(root);
    let chars = 0;
    let bytesBefore = 0;
    let counted = 0;
    for (const [index, { line, start, end }] of passages.entries()) {
      const part = text.slice(start, end);
      const isPlain = form === 'plain' || form === 'document';
      if (isPlain) bytesBefore += Buffer.byteLength(text.slice(counted, start));
      const size = isPlain ? Buffer.byteLength(part) : part.length;
      this.#statements.addPassage.run(first + index, file, line, isPlain ? bytesBefore : start, size);
      this.#statements.addText.run(first + index, `${word} ${textForIndex(part)}`);
      if (isPlain) bytesBefore += size;
      counted = end;
      chars += part.length;
      if (chars < sliceChars) continue;
      chars = 0;
      yield;
    }
  }

  /** Forgets a file; does nothing where it is not known. */
  *remove(root: number, path: string): Slices {
    const known = this.#statements.find.get(root, path) as
      | { readonly id: number; readonly first: number; readonly count: number }
      | undefined;
    if (known === undefined) return;
    for (let at = 0; at < known.count; at += slicePassages) {
      const from = known.first + at;
      const to = Math.min(known.first + known.count, from + slicePassages) - 1;
      this.#statements.removeTexts.run(from, to);
      this.#statements.removeVectors.run(from, to);
      this.#statements.removePassages.run(from, to);
      yield;
    }
    this.#statements.removeDocument.run(known.id);
    this.#statements.removeFile.run(known.id);
  }

  /** The same content at another place or of another time. */
  restamp(id: number, { path, size, changedAt }: FileStamp): void {
    this.#statements.restamp.run({ id, path, size, changedAt });
  }

  /** Forgets a root that has no files any more. */
  removeRoot(root: number): void {
    this.#statements.removeRoot.run(root);
  }
}

const prepare = (raw: RawDatabase) => ({
  rootNumber: raw.prepare('SELECT number FROM roots WHERE id = ?').pluck(),
  addRoot: raw.prepare('INSERT INTO roots (id) VALUES (?)'),
  removeRoot: raw.prepare('DELETE FROM roots WHERE number = ?'),
  filesOf: raw.prepare(`
    SELECT id, path, size, changed_at AS changedAt, hash, reason, first_passage AS firstPassage,
      passage_count AS passageCount
    FROM files WHERE root = ?
  `),
  find: raw.prepare('SELECT id, first_passage AS first, passage_count AS count FROM files WHERE root = ? AND path = ?'),
  nextPassage: raw.prepare('SELECT coalesce(max(id), 0) + 1 FROM passages').pluck(),
  addFile: raw.prepare(`
    INSERT INTO files (root, path, size, changed_at, hash, form, reason, first_passage, passage_count)
    VALUES (:root, :path, :size, :changedAt, :hash, :form, :reason, :first, :count)
  `),
  addPassage: raw.prepare('INSERT INTO passages (id, file, line, start, size) VALUES (?, ?, ?, ?, ?)'),
  addDocument: raw.prepare('INSERT INTO documents (file, pages, text) VALUES (?, ?, ?)'),
  removeDocument: raw.prepare('DELETE FROM documents WHERE file = ?'),
  addText: raw.prepare('INSERT INTO passages_text (rowid, text) VALUES (?, ?)'),
  removeTexts: raw.prepare('DELETE FROM passages_text WHERE rowid BETWEEN ? AND ?'),
  removeVectors: raw.prepare('DELETE FROM vectors WHERE passage BETWEEN ? AND ?'),
  removePassages: raw.prepare('DELETE FROM passages WHERE id BETWEEN ? AND ?'),
  removeFile: raw.prepare('DELETE FROM files WHERE id = ?'),
  restamp: raw.prepare('UPDATE files SET path = :path, size = :size, changed_at = :changedAt WHERE id = :id'),
});
