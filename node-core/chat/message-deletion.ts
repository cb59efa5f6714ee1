import { FailureError } from '../api/failures.ts';
import { type ChatContext, showConversation } from './chat-context.ts';
import { requireConversation } from './conversation-store.ts';
import { among, type Database, placeOf } from './message-store.ts';

/**
 * Takes a message and everything that follows it out of view, stopping a turn among it first. If the shown branch
 * went through it, the version beside it is shown, or what came before.
 */
export async function deleteMessage(context: ChatContext, messageId: string): Promise<void> {
  const { storage, threads, queue, runner, clock } = context;
  const place = await placeOf(storage.db, messageId);
  const conversationId = place.conversation_id;
  await queue.run(conversationId, async () => {
    const thread = await threads.get(conversationId);
    const ids = thread.tree.subtreeOf(messageId);
    if (ids.length === 0) throw new FailureError({ kind: 'not-found', what: 'message' });
    if (ids.some((id) => runner.live(id) !== null)) await runner.stop(conversationId);
    const leafAfter = await storage.db.transaction().execute(async (db) => {
      const { leaf_id: leafBefore } = await requireConversation(db, conversationId);
      const leafAfter = thread.tree.leafWithout(leafBefore, messageId);
      await hide(db, ids, { deleted_at: clock.now(), deleted_with: messageId });
      await db
        .insertInto('deletions')
        .values({
          message_id: messageId,
          conversation_id: conversationId,
          leaf_before: leafBefore,
          leaf_after: leafAfter,
        })
        .execute();
      await setLeaf(db, conversationId, leafAfter);
      return leafAfter;
    });
    await threads.refresh(thread, leafAfter);
    await threads.showBranch(thread);
    await threads.showVersions(thread, place.parent_id);
    await showConversation(context, conversationId);
  });
}

const hide = async (
  db: Database,
  ids: readonly string[],
  columns: { readonly deleted_at: number; readonly deleted_with: string },
): Promise<void> => {
  await db.updateTable('messages').set(columns).where('id', 'in', among(ids)).execute();
};

const setLeaf = async (db: Database, conversationId: string, leafId: string | null): Promise<void> => {
  await db.updateTable('conversations').set({ leaf_id: leafId }).where('id', '=', conversationId).execute();
};

/**
 * Undoes one deletion: exactly what it took out of view comes back, and if nobody has moved on since, the branch
 * that was shown then. What lies under another deleted message stays out of view with that one.
 */
export async function restoreMessage(context: ChatContext, messageId: string): Promise<void> {
  const { storage, threads, queue } = context;
  const deletion = await requireDeletion(storage.db, messageId);
  const conversationId = deletion.conversation_id;
  await queue.run(conversationId, async () => {
    const thread = await threads.get(conversationId);
    const leafId = await storage.db.transaction().execute(async (db) => {
      const { leaf_before: leafBefore, leaf_after: leafAfter } = await requireDeletion(db, messageId);
      const conversation = await requireConversation(db, conversationId);
      const cover = await coverOf(db, messageId);
      await db.updateTable('messages').set(cover).where('deleted_with', '=', messageId).execute();
      await db.deleteFrom('deletions').where('message_id', '=', messageId).execute();
      const isMovedOn = conversation.leaf_id !== leafAfter || !(await isVisible(db, leafBefore));
      if (isMovedOn) return conversation.leaf_id;
      await setLeaf(db, conversationId, leafBefore);
      return leafBefore;
    });
    await threads.refresh(thread, leafId);
    await threads.showBranch(thread);
    await threads.showVersions(thread, thread.tree.get(messageId)?.parentId ?? null);
    await showConversation(context, conversationId);
  });
}

async function requireDeletion(db: Database, messageId: string) {
  const row = await db.selectFrom('deletions').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  if (!row) throw new FailureError({ kind: 'not-found', what: 'message' });
  return row;
}

/** The deletion that hides what comes before a message, or none. */
async function coverOf(db: Database, messageId: string) {
  const above = await db
    .selectFrom('messages as message')
    .innerJoin('messages as above', 'above.id', 'message.parent_id')
    .select(['above.deleted_at', 'above.deleted_with'])
    .where('message.id', '=', messageId)
    .executeTakeFirst();
  return above ?? { deleted_at: null, deleted_with: null };
}

async function isVisible(db: Database, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
