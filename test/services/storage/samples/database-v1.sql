-- A database of schema version 1 as Nunba wrote it. Never changed: newer versions must open it.
PRAGMA application_id = 1316318818;
PRAGMA user_version = 1;
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
CREATE TABLE deletions (
  message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  leaf_before TEXT,
  leaf_after TEXT
) STRICT, WITHOUT ROWID;
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
CREATE TABLE message_attachments (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (message_id, attachment_id)
) STRICT, WITHOUT ROWID;
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
CREATE VIRTUAL TABLE messages_text USING fts5(
  text,
  content = 'messages',
  content_rowid = 'number',
  prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
INSERT INTO conversations (id, title, agent_id, model, parameters_json, is_pinned, created_at, updated_at, leaf_id, deleted_at) VALUES ('01HF7YAT000000000000000001', 'Plan my day', 'nunba', NULL, '{"temperature":null,"topP":null,"maxOutputTokens":null}', 0, 1791969300000, 1791969300130, '01HF7YAT000000000000000008', NULL);
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (1, '01HF7YAT000000000000000003', '01HF7YAT000000000000000001', NULL, 'user', 1791969300000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Plan my day', NULL);
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (2, '01HF7YAT000000000000000004', '01HF7YAT000000000000000001', '01HF7YAT000000000000000003', 'assistant', 1791969300000, NULL, NULL, 'nunba', 'complete', '{"reason":"complete"}', '{"kind":"model","ref":"local/small","modelId":"small","providerName":"Ollama","location":{"kind":"this-computer"},"reason":"only-one"}', '{"firstTokenMs":120,"durationMs":120,"inputTokens":20,"outputTokens":5}', 'Rest first.', '[{"kind":"reasoning","text":"Hm."},{"kind":"tool","callId":"c","toolName":"read_attachment","arguments":{"id":"01HF7YAT000000000000000002"},"outcome":{"kind":"done","value":{"lines":["1. rest"]}}},{"kind":"text","text":"Rest first."},{"kind":"citations","citations":[{"quotation":"1. rest","source":{"kind":"attachment","attachmentId":"01HF7YAT000000000000000002","name":"plan.txt","line":1},"isFound":true}]}]');
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (3, '01HF7YAT000000000000000007', '01HF7YAT000000000000000001', NULL, 'user', 1791969300125, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Plan my week', NULL);
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (4, '01HF7YAT000000000000000008', '01HF7YAT000000000000000001', '01HF7YAT000000000000000007', 'assistant', 1791969300125, NULL, NULL, 'nunba', 'stopped', NULL, NULL, '{"firstTokenMs":0,"durationMs":5,"inputTokens":null,"outputTokens":null}', 'Long.', '[{"kind":"text","text":"Long."}]');
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (5, '01HF7YAT000000000000000009', '01HF7YAT000000000000000001', '01HF7YAT000000000000000008', 'user', 1791969300130, 1791969300130, '01HF7YAT000000000000000009', NULL, NULL, NULL, NULL, NULL, 'to be deleted', NULL);
INSERT INTO messages (number, id, conversation_id, parent_id, role, created_at, deleted_at, deleted_with, agent_id, turn, turn_json, provenance_json, timing_json, text, parts_json) VALUES (6, '01HF7YAT00000000000000000A', '01HF7YAT000000000000000001', '01HF7YAT000000000000000009', 'assistant', 1791969300130, 1791969300130, '01HF7YAT000000000000000009', 'nunba', 'complete', '{"reason":"complete"}', NULL, '{"firstTokenMs":0,"durationMs":0,"inputTokens":null,"outputTokens":null}', 'yes', '[{"kind":"text","text":"yes"}]');
INSERT INTO deletions (message_id, conversation_id, leaf_before, leaf_after) VALUES ('01HF7YAT000000000000000009', '01HF7YAT000000000000000001', '01HF7YAT00000000000000000A', '01HF7YAT000000000000000008');
INSERT INTO attachments (id, conversation_id, name, kind, media_type, size_bytes, created_at, bytes) VALUES ('01HF7YAT000000000000000002', '01HF7YAT000000000000000001', 'plan.txt', 'text', 'text/plain', 8, 1791969300000, x'312e20726573740a');
INSERT INTO message_attachments (message_id, attachment_id, position) VALUES ('01HF7YAT000000000000000003', '01HF7YAT000000000000000002', 0);
INSERT INTO message_attachments (message_id, attachment_id, position) VALUES ('01HF7YAT000000000000000007', '01HF7YAT000000000000000002', 0);
INSERT INTO checklists (conversation_id, revision, items_json) VALUES ('01HF7YAT000000000000000001', 1, '{"items":[{"id":"01HF7YAT000000000000000005","text":"rest","isDone":true,"said":{"text":"rest","isDone":true}},{"id":"01HF7YAT000000000000000006","text":"eat","isDone":false,"said":{"text":"eat","isDone":false}}],"removed":[]}');
INSERT INTO settings (name, value_json) VALUES ('settings.theme', '"dark"');
INSERT INTO messages_text (rowid, text) SELECT number, text FROM messages WHERE deleted_at IS NULL AND text <> '';
CREATE INDEX messages_tree ON messages (conversation_id, number, id, parent_id, role, deleted_at);
CREATE INDEX messages_parent ON messages (parent_id);
CREATE INDEX messages_running ON messages (turn) WHERE turn IN ('queued', 'streaming');
CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX deletions_conversation ON deletions (conversation_id);
CREATE INDEX attachments_conversation ON attachments (conversation_id);
CREATE INDEX message_attachments_attachment ON message_attachments (attachment_id);
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
