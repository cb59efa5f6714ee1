import { type Kysely, sql } from 'kysely';
import type { AttachmentView } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import type { ThreadNode } from '../protocol/thread-tree.ts';
import type { MessageTable, Schema } from '../storage/schema.ts';
import { readMessage, type StoredAnswer, type StoredMessage, writeTurn } from './stored-message.ts';

/** The database or a transaction of it. */
export type Database = Kysely<Schema>;

/** Identifiers of one query. */
const idsAtOnce = 1000;

/** Identifiers as one parameter: a list of parameters costs Kysely more than the query costs SQLite. */
export const among = (ids: readonly string[]) => sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

const messageColumns = [
  'id',
  'conversation_id',
  'parent_id',
  'role',
  'created_at',
  'text',
  'agent_id',
  'parts_json',
  'turn',
  'turn_json',
  'provenance_json',
  'timing_json',
] as const;

/** The shape of a conversation's tree: every message that can be seen, in order of arrival. */
export async function readTree(db: Database, conversationId: string): Promise<readonly ThreadNode[]> {
  return db
    .selectFrom('messages')
    .select(['id', 'parent_id as parentId', 'role'])
    .where('conversation_id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .orderBy('number')
    .execute();
}

/** Messages by their identifiers, in the same order; those that are not there are left out. */
export async function readMessages(db: Database, ids: readonly string[]): Promise<readonly StoredMessage[]> {
  const found = new Map<string, StoredMessage>();
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    for (const message of await readSome(db, ids.slice(start, start + idsAtOnce))) found.set(message.id, message);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function readSome(db: Database, ids: readonly string[]): Promise<readonly StoredMessage[]> {
  const rows = await db.selectFrom('messages').select(messageColumns).where('id', 'in', among(ids)).execute();
  const prompts = rows.filter((row) => row.role === 'user').map((row) => row.id);
  const attachments = await attachmentsOf(db, prompts);
  return rows.map((row) => readMessage(row, attachments.get(row.id) ?? []));
}

/** Attachments by the message that holds them, without their content. */
export async function attachmentsOf(
  db: Database,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttachmentView[]>> {
  const found = new Map<string, AttachmentView[]>();
  if (messageIds.length === 0) return found;
  const rows = await db
    .selectFrom('message_attachments')
    .innerJoin('attachments', 'attachments.id', 'message_attachments.attachment_id')
    .select(['message_id', 'id', 'name', 'kind', 'media_type as mediaType', 'size_bytes as sizeBytes'])
    .where('message_id', 'in', among(messageIds))
    .orderBy('message_id')
    .orderBy('position')
    .execute();
  for (const { message_id, ...attachment } of rows) {
    const list = found.get(message_id) ?? [];
    list.push(attachment);
    found.set(message_id, list);
  }
  return found;
}

/** Where a message stands; throws `not-found` unless it can be seen. */
export async function placeOf(
  db: Database,
  messageId: string,
): Promise<Pick<MessageTable, 'conversation_id' | 'parent_id' | 'role'>> {
  const row = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(['messages.conversation_id', 'messages.parent_id', 'messages.role'])
    .where('messages.id', '=', messageId)
    .where('messages.deleted_at', 'is', null)
    .where('conversations.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new FailureError({ kind: 'not-found', what: 'message' });
  return row;
}

/** A prompt that is new. */
export interface NewPrompt {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly createdAt: number;
  readonly text: string;
  readonly attachmentIds: readonly string[];
}

/** Adds a prompt with its attachments; throws `not-found` for one that is not of this conversation. */
export async function insertPrompt(db: Database, prompt: NewPrompt): Promise<void> {
  const row = { ...baseColumns(prompt), role: 'user' as const, text: prompt.text, agent_id: null, parts_json: null };
  await db
    .insertInto('messages')
    .values({ ...row, ...noTurn })
    .execute();
  if (prompt.attachmentIds.length === 0) return;
  const known = await db
    .selectFrom('attachments')
    .select('id')
    .where('id', 'in', among(prompt.attachmentIds))
    .where('conversation_id', '=', prompt.conversationId)
    .execute();
  const wanted = [...new Set(prompt.attachmentIds)];
  if (known.length < wanted.length) throw new FailureError({ kind: 'not-found', what: 'attachment' });
  const links = wanted.map((id, position) => ({ message_id: prompt.id, attachment_id: id, position }));
  await db.insertInto('message_attachments').values(links).execute();
}

const noTurn = { turn: null, turn_json: null, provenance_json: null, timing_json: null } as const;

const baseColumns = (message: Pick<StoredMessage, 'id' | 'conversationId' | 'parentId' | 'createdAt'>) => ({
  id: message.id,
  conversation_id: message.conversationId,
  parent_id: message.parentId,
  created_at: message.createdAt,
  deleted_at: null,
  deleted_with: null,
});

/** Adds an answer as it stands. `text` is what search finds of it. */
export async function insertAnswer(db: Database, answer: StoredAnswer, text: string): Promise<void> {
  const row = { ...baseColumns(answer), role: 'assistant' as const, agent_id: answer.agentId, text };
  await db
    .insertInto('messages')
    .values({ ...row, ...answerColumns(answer) })
    .execute();
}

/**
 * Keeps an answer as it stands. `text` is given once it has ended: until then search does not find it, which spares
 * taking a growing text into the index again and again.
 */
export async function updateAnswer(db: Database, answer: StoredAnswer, text: string | null): Promise<void> {
  const columns = text === null ? answerColumns(answer) : { ...answerColumns(answer), text };
  await db.updateTable('messages').set(columns).where('id', '=', answer.id).execute();
}

const answerColumns = ({ state, parts, provenance, timing }: StoredAnswer) => ({
  ...writeTurn(state),
  parts_json: JSON.stringify(parts),
  provenance_json: provenance === null ? null : JSON.stringify(provenance),
  timing_json: timing === null ? null : JSON.stringify(timing),
});

/** Identifiers of the answers that a process was at work on, by what the database says. */
export async function unfinishedAnswers(db: Database): Promise<readonly string[]> {
  // Written out, because SQLite takes a partial index only where it sees the very same condition.
  const running = sql<boolean>`turn IN ('queued', 'streaming')`;
  const rows = await db.selectFrom('messages').select('id').where(running).execute();
  return rows.map((row) => row.id);
}
