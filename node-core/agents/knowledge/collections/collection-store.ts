import type { Kysely } from 'kysely';
import { FailureError } from '../../../api/failures.ts';
import { knowledgeLimits } from '../../../api/knowledge-limits.ts';
import type { Schema } from '../../../storage/schema.ts';

/** A collection as the person set it up. */
export interface StoredCollection {
  readonly id: string;
  readonly name: string;
  readonly mostFiles: number;
  readonly mostBytes: number;
  readonly isPaused: boolean;
  readonly roots: readonly { readonly id: string; readonly path: string }[];
}

type Database = Kysely<Schema>;

/** How long a removed collection can be brought back, ms: 30 days. */
const trashKeptMs = 30 * 24 * 60 * 60 * 1000;

/** All that are in view, oldest first. */
export async function readCollections(db: Database): Promise<readonly StoredCollection[]> {
  const rows = await db
    .selectFrom('knowledge_collections')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const roots = await db.selectFrom('knowledge_roots').selectAll().orderBy('position').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    mostFiles: row.most_files,
    mostBytes: row.most_bytes,
    isPaused: row.is_paused === 1,
    roots: roots.filter(({ collection_id }) => collection_id === row.id).map(({ id, path }) => ({ id, path })),
  }));
}

/** Throws `too-many` where there are fifty already. */
export async function insertCollection(db: Database, id: string, name: string, now: number): Promise<void> {
  await requireRoom(db);
  const { files, bytes } = knowledgeLimits;
  const limits = { most_files: files.usual, most_bytes: bytes.usual };
  const row = { id, name, ...limits, is_paused: 0, created_at: now, deleted_at: null };
  await db.insertInto('knowledge_collections').values(row).execute();
}

/** Throws `not-found`. */
export async function changeCollection(
  db: Database,
  id: string,
  change: Partial<Omit<StoredCollection, 'id' | 'roots'>>,
): Promise<void> {
  const { name, mostFiles, mostBytes, isPaused } = change;
  const { numUpdatedRows } = await db
    .updateTable('knowledge_collections')
    .set({
      id,
      ...(name === undefined ? {} : { name }),
      ...(mostFiles === undefined ? {} : { most_files: mostFiles }),
      ...(mostBytes === undefined ? {} : { most_bytes: mostBytes }),
      ...(isPaused === undefined ? {} : { is_paused: isPaused ? 1 : 0 }),
    })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw gone();
}

/** Takes it out of view. Throws `not-found`. */
export async function deleteCollection(db: Database, id: string, now: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('knowledge_collections')
    .set({ deleted_at: now })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw gone();
}

/** Brings it back; one that is in view stays as it is. Throws `not-found` or `too-many`. */
export async function restoreCollection(db: Database, id: string): Promise<void> {
  const row = await db.selectFrom('knowledge_collections').select('deleted_at').where('id', '=', id).executeTakeFirst();
  if (!row) throw gone();
  if (row.deleted_at === null) return;
  await requireRoom(db);
  await db.updateTable('knowledge_collections').set({ deleted_at: null }).where('id', '=', id).execute();
}

/** Forgets those that were removed more than 30 days ago. */
export async function purgeCollections(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('knowledge_collections')
    .where('deleted_at', '<', now - trashKeptMs)
    .execute();
}

/** Throws `too-many`. One with that path already stays the only one. */
export async function insertRoot(
  db: Database,
  collection: StoredCollection,
  root: { readonly id: string; readonly path: string },
): Promise<void> {
  const limit = knowledgeLimits.rootsPerCollection;
  if (collection.roots.length >= limit) throw new FailureError({ kind: 'too-many', what: 'folders and files', limit });
  const row = { ...root, collection_id: collection.id, position: collection.roots.length };
  await db
    .insertInto('knowledge_roots')
    .values(row)
    .onConflict((conflict) => conflict.columns(['collection_id', 'path']).doNothing())
    .execute();
}

export async function deleteRoot(db: Database, collectionId: string, rootId: string): Promise<void> {
  await db.deleteFrom('knowledge_roots').where('collection_id', '=', collectionId).where('id', '=', rootId).execute();
}

/** Ids of the collections of a conversation, removed ones left out. */
export async function readChatCollections(db: Database, conversationId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('knowledge_conversations')
    .innerJoin('knowledge_collections', 'knowledge_collections.id', 'collection_id')
    .select('collection_id')
    .where('conversation_id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map(({ collection_id }) => collection_id);
}

/** Throws `not-found` where the conversation is not here. */
export async function attachToChat(db: Database, conversationId: string, collectionId: string): Promise<void> {
  const conversation = await db
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!conversation) throw new FailureError({ kind: 'not-found', what: 'conversation' });
  await db
    .insertInto('knowledge_conversations')
    .values({ conversation_id: conversationId, collection_id: collectionId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function detachFromChat(db: Database, conversationId: string, collectionId: string): Promise<void> {
  await db
    .deleteFrom('knowledge_conversations')
    .where('conversation_id', '=', conversationId)
    .where('collection_id', '=', collectionId)
    .execute();
}

const gone = (): FailureError => new FailureError({ kind: 'not-found', what: 'collection' });

const requireRoom = async (db: Database): Promise<void> => {
  const { count } = await db
    .selectFrom('knowledge_collections')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  const limit = knowledgeLimits.collections;
  if (Number(count) >= limit) throw new FailureError({ kind: 'too-many', what: 'collections', limit });
};
