import type { Generated } from 'kysely';
import type { HandsSchema } from './hands-schema.ts';
import type { KnowledgeSchema } from './knowledge-schema.ts';
import type { LocalModelSchema } from './local-model-schema.ts';
import type { NotesSchema } from './notes-schema.ts';
import type { RecipeSchema } from './recipe-schema.ts';
import type { ToolServerSchema } from './tool-server-schema.ts';
import type { TrustSchema } from './trust-schema.ts';

/**
 * The tables as migrations leave them. Times are ms since the epoch; columns named `*_json` hold JSON that its owner
 * validates when it reads; booleans are 0 or 1. `deleted_at` takes a row out of view until it is purged.
 */
export interface Schema
  extends HandsSchema,
    KnowledgeSchema,
    LocalModelSchema,
    NotesSchema,
    RecipeSchema,
    ToolServerSchema,
    TrustSchema {
  conversations: ConversationTable;
  messages: MessageTable;
  deletions: DeletionTable;
  attachments: AttachmentTable;
  message_attachments: MessageAttachmentTable;
  checklists: ChecklistTable;
  agents: AgentTable;
  providers: ProviderTable;
  settings: SettingTable;
}

export interface ConversationTable {
  id: string;
  title: string;
  agent_id: string;
  model: string | null;
  parameters_json: string;
  is_pinned: number;
  created_at: number;
  updated_at: number;
  /** The last message of the branch that is shown; `null` in an empty conversation. */
  leaf_id: string | null;
  deleted_at: number | null;
}

export interface MessageTable {
  /** Order of arrival; the row id that the full-text index refers to. */
  number: Generated<number>;
  id: string;
  conversation_id: string;
  /** `null` for the first prompt and its edits. */
  parent_id: string | null;
  role: 'user' | 'assistant';
  created_at: number;
  deleted_at: number | null;
  /** The message whose deletion took this one out of view: itself or one before it. */
  deleted_with: string | null;
  /** What the person wrote, or the plain text of an answer that has ended: what search finds. */
  text: string;
  /** The rest is of answers only. */
  agent_id: string | null;
  parts_json: string | null;
  turn: 'queued' | 'streaming' | 'complete' | 'stopped' | 'failed' | 'interrupted' | null;
  /** What the turn's kind needs: the failure, or how it was complete. */
  turn_json: string | null;
  provenance_json: string | null;
  timing_json: string | null;
}

/** What is needed to undo the deletion of a message exactly. */
interface DeletionTable {
  message_id: string;
  conversation_id: string;
  /** The conversation's leaf before and after. */
  leaf_before: string | null;
  leaf_after: string | null;
}

interface AttachmentTable {
  id: string;
  conversation_id: string;
  name: string;
  kind: 'text' | 'image';
  media_type: string;
  size_bytes: number;
  bytes: Uint8Array;
  created_at: number;
}

/** Which messages hold an attachment; an edited prompt may hold the same ones as the one before it. */
interface MessageAttachmentTable {
  message_id: string;
  attachment_id: string;
  /** Place within the message, counted from 0. */
  position: number;
}

interface ChecklistTable {
  conversation_id: string;
  revision: number;
  items_json: string;
}

interface AgentTable {
  id: string;
  draft_json: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

export interface ProviderTable {
  id: string;
  kind: 'openai-compatible' | 'openai' | 'anthropic' | 'google';
  name: string;
  url: string;
  source: 'person' | 'found';
  trusted_certificate: string | null;
  /** The models it listed last. */
  models_json: string;
  created_at: number;
  updated_at: number;
}

/** Also facts about the node itself, under names that begin with `node.`: `node.tier`. */
interface SettingTable {
  name: string;
  value_json: string;
}
