import path from 'node:path';
import { onTestFinished } from 'vitest';
import { DocumentReader } from '../../node-core/agents/knowledge/documents/document-reader.ts';
import { type IndexFile, openIndex } from '../../node-core/agents/knowledge/index/index-file.ts';
import { IndexWriter } from '../../node-core/agents/knowledge/index/index-writer.ts';
import { searchIndex } from '../../node-core/agents/knowledge/index/search-index.ts';
import { indexRoot, type RootProgress } from '../../node-core/agents/knowledge/indexing/index-root.ts';
import { tempFolder } from './temp-folder.ts';

/** An index of one folder, called `R`, without a process of its own. */
export interface TestIndex {
  readonly file: IndexFile;
  readonly writer: IndexWriter;
  readonly folder: string;
  /** Brings the index into line with the folder; `only`: at these paths alone. */
  update(
    only?: readonly string[],
    limits?: { readonly files?: number; readonly bytes?: number },
  ): Promise<'done' | 'missing'>;
  /** Files and first lines of what is found, best first. */
  find(query: string, isTyping?: boolean): Promise<readonly string[]>;
  /** What stands in the index: path, and why it is not read. */
  files(): Readonly<Record<string, string | null>>;
  readonly progress: RootProgress[];
}

/** Opens an index of an empty folder; closed and deleted when the test ends. @param now time of its writer, ms */
export function openTestIndex(folder = tempFolder(), now?: () => number): TestIndex {
  const file = openIndex(path.join(tempFolder(), 'knowledge', 'index.db'));
  onTestFinished(() => file.close());
  const documents = new DocumentReader();
  onTestFinished(() => documents.close());
  const writer = new IndexWriter(file.writing, now);
  const progress: RootProgress[] = [];
  return {
    file,
    writer,
    folder,
    progress,
    update: (only, { files = 1000, bytes = 1e9 } = {}) =>
      indexRoot({
        root: { id: 'R', path: folder, mostFiles: files, mostBytes: bytes },
        writer,
        documents,
        excluded: '/nowhere',
        only: only ? new Set(only) : null,
        onProgress: (each) => progress.push(each),
        signal: new AbortController().signal,
      }),
    async find(query, isTyping = false) {
      const found = await searchIndex(file.reading, {
        roots: new Map([['R', folder]]),
        query,
        limit: 10,
        isTyping,
        near: [],
      });
      return found.map(({ name, line }) => `${name}:${line}`);
    },
    files: () =>
      Object.fromEntries([...writer.filesOf(writer.rootNumber('R')).values()].map((each) => [each.path, each.reason])),
  };
}

/** How many passages the index holds, by its two tables; they are the same unless something went wrong. */
export function passageCounts({ file }: TestIndex): readonly number[] {
  const count = (sql: string): number => Number(file.reading.prepare(sql).pluck().get());
  return [
    count('SELECT count(*) FROM passages'),
    count('SELECT count(*) FROM passages_text_docsize'),
    count('SELECT coalesce(sum(passage_count), 0) FROM files'),
  ];
}

/** Makes an index of the version before documents were read of it. */
export function withoutDocuments({ writing }: IndexFile): void {
  writing.exec(`
    DROP TABLE documents;
    ALTER TABLE files RENAME TO files_now;
    CREATE TABLE files (
      id INTEGER PRIMARY KEY,
      root INTEGER NOT NULL REFERENCES roots (number),
      path TEXT NOT NULL,
      size INTEGER NOT NULL,
      changed_at REAL NOT NULL,
      hash BLOB,
      form TEXT NOT NULL CHECK (form IN ('plain', 'other', 'html', 'skipped')),
      reason TEXT,
      first_passage INTEGER NOT NULL,
      passage_count INTEGER NOT NULL,
      UNIQUE (root, path)
    ) STRICT;
    INSERT INTO files SELECT * FROM files_now;
    DROP TABLE files_now;
    PRAGMA user_version = 2;
  `);
}
