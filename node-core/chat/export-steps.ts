import type { ExportPlace } from './export-cursor.ts';
import type { Database } from './message-store.ts';

/** What is exported: one conversation, or all that can be seen if `conversationId` is `null`. */
export interface ExportScope {
  readonly db: Database;
  readonly conversationId: string | null;
  readonly agentName: (agentId: string) => string | null;
  /** ms since the epoch; stands in the export */
  readonly at: number;
}

/** A little of an export and where it goes on; `null` after the last. */
export interface ExportStep {
  readonly text: string;
  readonly next: ExportPlace | null;
}

/** One format: what it says at each place. */
export interface ExportFormat {
  /** What stands before the first conversation. */
  readonly head: (scope: ExportScope) => string;
  readonly step: (scope: ExportScope, place: ExportPlace) => Promise<ExportStep>;
}

/**
 * The conversation after `id`, or the end. Conversations go by their identifiers, which is by age, so that one that
 * changes meanwhile keeps its place.
 */
export async function nextConversation(scope: ExportScope, id: string | null, done: number): Promise<ExportPlace> {
  const isFirst = id === null;
  if (scope.conversationId !== null) {
    return isFirst ? { at: 'conversation', id: scope.conversationId, isFirst, done } : { at: 'end', done };
  }
  const row = await scope.db
    .selectFrom('conversations')
    .select('id')
    .where('deleted_at', 'is', null)
    .where('id', '>', id ?? '')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ? { at: 'conversation', id: row.id, isFirst, done } : { at: 'end', done };
}

/** Messages that can be seen, of one conversation or of all. */
export async function countMessages(db: Database, conversationId: string | null): Promise<number> {
  let query = db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('messages.deleted_at', 'is', null)
    .where('conversations.deleted_at', 'is', null);
  if (conversationId !== null) query = query.where('conversations.id', '=', conversationId);
  return (await query.executeTakeFirstOrThrow()).count;
}
