import fs from 'node:fs';
import path from 'node:path';
import type { RawDatabase } from '../../../storage/connection.ts';
import { openRebuildable, openRebuildableForReading, removeRebuildable } from '../../../storage/rebuildable-file.ts';
import { isDamage } from '../../../storage/sqlite-failures.ts';

/** Another number whenever tables, words or passages change: an index of another number is made anew. */
const indexVersion = 3;
/** Ones without vectors and without the text of documents, which are carried over. */
const versionBeforeVectors = 1;
const versionBeforeDocuments = 2;

/**
 * `passages_text` keeps words alone, neither the texts nor where in a passage a word stands, so the index stays small;
 * texts are read from the files, but those of documents from `documents`. `start` and `size` are bytes for files of form
 * `plain` and `document`, else UTF-16 units.
 */
const filesTable = `
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  root INTEGER NOT NULL REFERENCES roots (number),
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  changed_at REAL NOT NULL,
  hash BLOB,
  form TEXT NOT NULL CHECK (form IN ('plain', 'other', 'html', 'document', 'skipped')),
  reason TEXT,
  first_passage INTEGER NOT NULL,
  passage_count INTEGER NOT NULL,
  UNIQUE (root, path)
) STRICT;
`;

const tables = `
CREATE TABLE roots (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;
${filesTable}
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL,
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  size INTEGER NOT NULL
) STRICT;
CREATE TABLE facts (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE passages_text USING fts5(
  text,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
INSERT INTO passages_text (passages_text, rank) VALUES ('hashsize', 8388608);
`;

/** Vectors of passages (vector-store.ts). `root` is that of the passage, so that they can be counted and read by root. */
const vectorTables = `
CREATE TABLE vector_models (
  number INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE vectors (
  passage INTEGER PRIMARY KEY,
  root INTEGER NOT NULL,
  model INTEGER NOT NULL,
  vector BLOB NOT NULL
) STRICT;
CREATE INDEX vectors_by_root ON vectors (root, model);
`;

/**
 * The text of documents as it was read, in UTF-8: reading it again for each passage would take seconds. `pages`: first line
 * of each page, as JSON.
 */
const documentTables = `
CREATE TABLE documents (
  file INTEGER PRIMARY KEY,
  pages TEXT NOT NULL,
  text BLOB NOT NULL
) STRICT;
`;

/** Documents that were passed over are forgotten, so that they are looked at again. */
const filesWithDocuments = `
ALTER TABLE files RENAME TO files_before;
${filesTable}
INSERT INTO files SELECT * FROM files_before WHERE form <> 'skipped' OR reason <> 'document';
DROP TABLE files_before;
`;

/** The index, open. One process has it open at a time. */
export interface IndexFile {
  readonly file: string;
  readonly writing: RawDatabase;
  /** Sees what is committed, also in the middle of a write. */
  readonly reading: RawDatabase;
  /** It was damaged or of another version, so it begins empty. */
  readonly isNew: 'damaged' | 'other-version' | 'first' | null;
  close(): void;
}

/** Opens the index, or makes an empty one where there is none or it cannot be used. Throws what even that fails with. */
export function openIndex(file: string): IndexFile {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const isFirst = !fs.existsSync(file);
  try {
    const opened = connect(file, isFirst ? 'first' : null);
    if (opened !== null) return opened;
  } catch (error) {
    if (!isDamage(error) && !isFirst) throw error;
    return afresh(file, 'damaged');
  }
  return afresh(file, 'other-version');
}

/** Closes the index and makes an empty one in its place. */
export function replaceDamaged(index: IndexFile): IndexFile {
  index.close();
  return afresh(index.file, 'damaged');
}

const afresh = (file: string, isNew: IndexFile['isNew']): IndexFile => {
  removeRebuildable(file);
  const opened = connect(file, isNew);
  if (opened === null) throw new Error('the index cannot be made');
  return opened;
};

/** `null`: it is of another version. */
const connect = (file: string, isNew: IndexFile['isNew']): IndexFile | null => {
  const writing = openRebuildable(file);
  try {
    const version = Number(writing.pragma('user_version', { simple: true }));
    const isEmpty = version === 0 && Number(writing.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) === 0;
    if (isEmpty || version === versionBeforeVectors || version === versionBeforeDocuments) {
      writing.transaction(() => {
        writing.exec(isEmpty ? tables : filesWithDocuments);
        if (version !== versionBeforeDocuments) writing.exec(vectorTables);
        writing.exec(documentTables);
        writing.pragma(`user_version = ${indexVersion}`);
      })();
    } else if (version !== indexVersion) {
      writing.close();
      return null;
    }
    if (endedBadly(writing)) requireWhole(writing);
    markOpen(writing, true);
    return withReading(file, writing, isNew);
  } catch (error) {
    writing.close();
    throw error;
  }
};

const withReading = (file: string, writing: RawDatabase, isNew: IndexFile['isNew']): IndexFile => {
  const reading = openRebuildableForReading(file);
  return {
    file,
    writing,
    reading,
    isNew,
    close() {
      reading.close();
      if (!writing.open) return;
      try {
        markOpen(writing, false);
      } catch {
        // What cannot be marked is looked through at the next start.
      }
      writing.close();
    },
  };
};

const endedBadly = (raw: RawDatabase): boolean =>
  raw.prepare("SELECT value FROM facts WHERE name = 'is-open'").pluck().get() === 1;

const markOpen = (raw: RawDatabase, isOpen: boolean): void => {
  raw.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('is-open', ?)").run(isOpen ? 1 : 0);
};

/** Throws where SQLite finds a fault; takes about a second for each gigabyte. */
const requireWhole = (raw: RawDatabase): void => {
  const found = raw.prepare('PRAGMA quick_check(1)').pluck().get();
  if (found !== 'ok') throw Object.assign(new Error(`damaged: ${String(found)}`), { code: 'SQLITE_CORRUPT' });
};
