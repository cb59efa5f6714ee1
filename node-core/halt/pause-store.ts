import { z } from 'zod';
import type { Storage } from '../storage/storage.ts';

/** Name of the row in the table `settings`. A database without it is not paused. */
const rowName = 'halt.pausedByPerson';

/** Keeps whether the person has paused the agents. */
export interface PauseStore {
  /**
   * Since when, ms since the epoch; `null`: not paused. A row that cannot be read counts as paused since `now`: a stop
   * is never lifted by damage.
   */
  read(now: number): Promise<number | null>;
  /** Durable when it resolves. */
  write(since: number | null): Promise<void>;
}

/** The pause in the node's database. */
export function createPauseStore(storage: Pick<Storage, 'db'>): PauseStore {
  return {
    async read(now) {
      const row = await storage.db
        .selectFrom('settings')
        .select('value_json')
        .where('name', '=', rowName)
        .executeTakeFirst();
      return row === undefined ? null : z.number().catch(now).parse(parseJson(row.value_json));
    },
    async write(since) {
      if (since === null) {
        await storage.db.deleteFrom('settings').where('name', '=', rowName).execute();
        return;
      }
      const value_json = JSON.stringify(since);
      await storage.db
        .insertInto('settings')
        .values({ name: rowName, value_json })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value_json }))
        .execute();
    },
  };
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
