import type { Storage } from '../storage/storage.ts';
import { readMessages, unfinishedAnswers, updateAnswer } from './message-store.ts';
import { plainText, withoutOpenTools } from './stored-message.ts';

/**
 * Turns that the last process was at work on become `interrupted`, with what they had said; they can be continued.
 * @returns how many there were
 */
export async function recoverTurns({ db }: Storage): Promise<number> {
  const ids = await unfinishedAnswers(db);
  if (ids.length === 0) return 0;
  await db.transaction().execute(async (open) => {
    for (const message of await readMessages(open, ids)) {
      if (message.role !== 'assistant') continue;
      const parts = withoutOpenTools(message.parts);
      await updateAnswer(open, { ...message, parts, state: { kind: 'interrupted' } }, plainText(parts));
    }
  });
  return ids.length;
}
