import type { Migration } from '../migrate.ts';

const tables = `
  CREATE TABLE local_models (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    header_json TEXT NOT NULL,
    added_at INTEGER NOT NULL
  ) STRICT;
`;

/** Local models. */
export const localModelTables: Migration = {
  version: 4,
  up: (raw) => raw.exec(tables),
};
