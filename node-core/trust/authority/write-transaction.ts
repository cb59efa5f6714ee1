import type { Kysely, Transaction } from 'kysely';
import { failureOf } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Schema } from '../../storage/schema.ts';

/** How often a database that another process holds is asked again, and after what wait, ms. */
const mostTries = 6;
const firstWaitMs = 20;

/**
 * Runs `work` in a transaction that nobody else writes beside, from its first reading on: what it reads is still so when
 * it commits, also where several processes share the database. `work` waits for nothing but the database, and may run
 * again when another process held it.
 */
export async function writeTransaction<T>(
  db: Kysely<Schema>,
  clock: Pick<Clock, 'after'>,
  work: (transaction: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(async (transaction) => {
        await takeWriteLock(transaction);
        return work(transaction);
      });
    } catch (error) {
      if (failureOf(error)?.kind !== 'folder-locked' || tries >= mostTries) throw error;
      const waitMs = firstWaitMs * 2 ** (tries - 1);
      await new Promise<void>((resolve) => void clock.after(waitMs, resolve));
    }
  }
}

/**
 * SQLite begins a transaction as a reader; one that reads first and then wants to write fails when another was faster.
 * A write that changes nothing makes it the writer at once.
 */
async function takeWriteLock(transaction: Transaction<Schema>): Promise<void> {
  await transaction.updateTable('hive_state').set({ value_json: '' }).where('name', '=', '').execute();
}
