import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE knowledge_collections (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  most_files INTEGER NOT NULL,
  most_bytes INTEGER NOT NULL,
  is_paused INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE knowledge_roots (
  id TEXT NOT NULL PRIMARY KEY,
  collection_id TEXT NOT NULL REFERENCES knowledge_collections (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  position INTEGER NOT NULL,
  UNIQUE (collection_id, path)
) STRICT;

CREATE TABLE knowledge_conversations (
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  collection_id TEXT NOT NULL REFERENCES knowledge_collections (id) ON DELETE CASCADE,
  PRIMARY KEY (conversation_id, collection_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX knowledge_conversations_collection ON knowledge_conversations (collection_id);
`;

/** Collections of files that agents answer from; their index is a file of its own. */
export const knowledgeTables: Migration = {
  version: 6,
  up: (raw) => raw.exec(tables),
};
