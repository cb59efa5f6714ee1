import type { Migration } from '../migrate.ts';

const tables = `
-- A folder that agents may see: one agent wherever it answers, or whoever answers in one conversation.
CREATE TABLE picked_folders (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT,
  conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  picked_at INTEGER NOT NULL,
  CHECK ((agent_id IS NULL) <> (conversation_id IS NULL))
) STRICT;
CREATE INDEX picked_folders_agent ON picked_folders (agent_id);
CREATE INDEX picked_folders_conversation ON picked_folders (conversation_id);

-- What the person allowed beyond one deed, until it is taken back. No row refers to its conversation: permissions stay
-- as they are when a backup takes the place of the conversations.
CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  subject_json TEXT NOT NULL,
  conversation_id TEXT,
  given_at INTEGER NOT NULL
) STRICT;

-- What agents did. A row is written before the first step of a deed and durable before that step begins.
CREATE TABLE deeds (
  number INTEGER PRIMARY KEY,
  call_id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  message_id TEXT,
  agent_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  arguments_json TEXT NOT NULL,
  deed_json TEXT NOT NULL,
  approval_json TEXT NOT NULL,
  -- What the model was told; none while it runs, or when the program ended in the middle.
  outcome_json TEXT,
  undo TEXT NOT NULL CHECK (undo IN ('none', 'possible', 'undone', 'changed')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX deeds_message ON deeds (message_id, number);
CREATE INDEX deeds_time ON deeds (at);

CREATE TABLE deed_steps (
  call_id TEXT NOT NULL REFERENCES deeds (call_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  effect_json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('started', 'done', 'not-done', 'unknown', 'undone', 'changed')),
  PRIMARY KEY (call_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE note_versions (
  note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (note_id, revision)
) STRICT;
`;

/** Permissions that the person gave, picked folders, and what agents did. */
export const handsTables: Migration = {
  version: 3,
  up: (raw) => raw.exec(tables),
};
