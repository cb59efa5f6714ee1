import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE conversations (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  model TEXT,
  parameters_json TEXT NOT NULL,
  is_pinned INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  leaf_id TEXT,
  deleted_at INTEGER
) STRICT;

-- The parent has no cascade: a long branch would exceed SQLite's limit of nested triggers. A conversation's messages
-- go together, so the deferred check holds at the commit.
CREATE TABLE messages (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  deleted_with TEXT,
  agent_id TEXT,
  turn TEXT CHECK (turn IN ('queued', 'streaming', 'complete', 'stopped', 'failed', 'interrupted')),
  turn_json TEXT,
  provenance_json TEXT,
  timing_json TEXT,
  text TEXT NOT NULL,
  parts_json TEXT
) STRICT;
-- The shape of a conversation's tree is read from this index alone.
CREATE INDEX messages_tree ON messages (conversation_id, number, id, parent_id, role, deleted_at);
CREATE INDEX messages_parent ON messages (parent_id);
CREATE INDEX messages_running ON messages (turn) WHERE turn IN ('queued', 'streaming');
CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE deletions (
  message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  leaf_before TEXT,
  leaf_after TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX deletions_conversation ON deletions (conversation_id);

CREATE TABLE attachments (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'image')),
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX attachments_conversation ON attachments (conversation_id);

CREATE TABLE message_attachments (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (message_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_attachments_attachment ON message_attachments (attachment_id);

CREATE TABLE checklists (
  conversation_id TEXT NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  items_json TEXT NOT NULL
) STRICT;

CREATE TABLE agents (
  id TEXT NOT NULL PRIMARY KEY,
  draft_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE providers (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('openai-compatible', 'openai', 'anthropic', 'google')),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('person', 'found')),
  trusted_certificate TEXT,
  models_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT;
`;

/** Marks (M*) belong to words, or Devanagari and Tamil words would fall apart at their vowel signs. */
const textIndex = `
CREATE VIRTUAL TABLE messages_text USING fts5(
  text,
  content = 'messages',
  content_rowid = 'number',
  prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
CREATE TRIGGER messages_text_insert AFTER INSERT ON messages WHEN new.deleted_at IS NULL AND new.text <> '' BEGIN
  INSERT INTO messages_text (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER messages_text_delete AFTER DELETE ON messages WHEN old.deleted_at IS NULL AND old.text <> '' BEGIN
  INSERT INTO messages_text (messages_text, rowid, text) VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER messages_text_forget AFTER UPDATE OF text, deleted_at ON messages
WHEN old.deleted_at IS NULL AND old.text <> '' AND (new.deleted_at IS NOT NULL OR new.text <> old.text) BEGIN
  INSERT INTO messages_text (messages_text, rowid, text) VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER messages_text_learn AFTER UPDATE OF text, deleted_at ON messages
WHEN new.deleted_at IS NULL AND new.text <> '' AND (old.deleted_at IS NOT NULL OR new.text <> old.text) BEGIN
  INSERT INTO messages_text (rowid, text) VALUES (new.number, new.text);
END;
`;

/** Conversations, messages with their full-text index, attachments, checklists, agents, providers, settings. */
export const firstSchema: Migration = {
  version: 1,
  up: (raw) => {
    raw.exec(tables);
    raw.exec(textIndex);
  },
};
