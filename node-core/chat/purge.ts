import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';

/** How long what was deleted can be brought back, ms: 30 days. */
export const trashKeptMs = 30 * 24 * 60 * 60 * 1000;

/** How long an attachment that no message holds is kept, ms: a day. */
const unusedKeptMs = 24 * 60 * 60 * 1000;

/** Removes for good what was deleted more than 30 days ago, and attachments that were never sent. */
export async function purge({ db }: Storage, clock: Clock, log: Log): Promise<void> {
  const now = clock.now();
  const trash = now - trashKeptMs;
  const [conversations, messages, attachments] = await db.transaction().execute(async (open) => [
    await open.deleteFrom('conversations').where('deleted_at', '<', trash).executeTakeFirst(),
    // What follows a deleted message was deleted with it or before, so no child stays without its parent.
    await open.deleteFrom('messages').where('deleted_at', '<', trash).executeTakeFirst(),
    await open
      .deleteFrom('attachments')
      .where('created_at', '<', now - unusedKeptMs)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('message_attachments')
              .select('message_id')
              .whereRef('message_attachments.attachment_id', '=', 'attachments.id'),
          ),
        ),
      )
      .executeTakeFirst(),
  ]);
  const removed = {
    conversations: Number(conversations?.numDeletedRows ?? 0),
    messages: Number(messages?.numDeletedRows ?? 0),
    attachments: Number(attachments?.numDeletedRows ?? 0),
  };
  if (Object.values(removed).some((count) => count > 0))
    log.info(removed, 'Removed for good what was deleted long ago.');
}
