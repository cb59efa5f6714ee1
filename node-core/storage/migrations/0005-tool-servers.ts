import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE tool_servers (
  id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  definition_json TEXT NOT NULL,
  confirmed_line TEXT,
  tools_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
`;

/** Tool servers that the person added. */
export const toolServerTables: Migration = {
  version: 5,
  up: (raw) => raw.exec(tables),
};
