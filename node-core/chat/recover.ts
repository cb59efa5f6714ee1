import type { DeedRecords } from '../protocol/ports/deed-records.ts';
import type { Storage } from '../storage/storage.ts';
import { readMessages, unfinishedAnswers, updateAnswer } from './message-store.ts';
import { recoveredParts } from './settle-deeds.ts';
import { plainText, type StoredAnswer } from './stored-message.ts';

/**
 * Turns that the last process was at work on become `interrupted`, with what they had said; they can be continued.
 * @returns how many there were
 */
export async function recoverTurns({ db }: Storage, deeds: DeedRecords): Promise<number> {
  const ids = await unfinishedAnswers(db);
  if (ids.length === 0) return 0;
  const recovered: StoredAnswer[] = [];
  for (const message of await readMessages(db, ids)) {
    if (message.role !== 'assistant') continue;
    recovered.push({
      ...message,
      parts: await recoveredParts(message, deeds),
      state: { kind: 'interrupted' as const },
    });
  }
  await db.transaction().execute(async (open) => {
    for (const answer of recovered) await updateAnswer(open, answer, plainText(answer.parts));
  });
  return ids.length;
}
