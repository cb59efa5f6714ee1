import type { Selectable } from 'kysely';
import { type ConversationView, parametersSchema } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import type { ConversationTable } from '../storage/schema.ts';
import type { Database } from './message-store.ts';
import { readJson } from './stored-message.ts';

/** A conversation as it is kept. */
export type ConversationRow = Selectable<ConversationTable>;

/** Leaves everything to the model. */
export const noParameters: ConversationView['parameters'] = { temperature: null, topP: null, maxOutputTokens: null };

/** @param isRunning whether one of its turns is queued or streaming */
export function conversationView(row: ConversationRow, isRunning: boolean): ConversationView {
  return {
    id: row.id,
    title: row.title,
    agentId: row.agent_id,
    model: row.model,
    parameters: readJson(parametersSchema, row.parameters_json) ?? noParameters,
    isPinned: row.is_pinned === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    isRunning,
  };
}

/** The conversation, or `null` if it is not there or deleted. */
export async function findConversation(db: Database, id: string): Promise<ConversationRow | null> {
  const row = await db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** The conversation; throws `not-found` if it is not there or deleted. */
export async function requireConversation(db: Database, id: string): Promise<ConversationRow> {
  const row = await findConversation(db, id);
  if (!row) throw new FailureError({ kind: 'not-found', what: 'conversation' });
  return row;
}

/** Every conversation that can be seen, newest change first. */
export async function allConversations(db: Database): Promise<readonly ConversationRow[]> {
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
