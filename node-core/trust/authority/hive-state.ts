import type { z } from 'zod';
import type { Storage } from '../../storage/storage.ts';

/** Facts of an issuer that several processes share, by name (table `hive_state`). */
export interface HiveState<T> {
  /** `null`: there is none yet. Rejects when it cannot be read: it is never written over. */
  read(): Promise<T | null>;
  /**
   * Stores what `change` makes of the present and resolves with it. When another process was faster, `change` is asked
   * again with what that one stored; so it must do nothing but compute.
   */
  change(change: (present: T | null) => T): Promise<T>;
}

/** How often another process may be faster before it counts as a bug. */
const mostTries = 100;

/** One fact. Each change is one comparing write, so that no transaction is held open between reading and writing. */
export function createHiveState<T>(
  { db }: Pick<Storage, 'db'>,
  name: 'address' | 'anchor' | 'federation-keys' | 'directory' | 'revocation-sequence',
  schema: z.ZodType<T>,
): HiveState<T> {
  const readText = async (): Promise<string | null> => {
    const row = await db.selectFrom('hive_state').select('value_json').where('name', '=', name).executeTakeFirst();
    return row?.value_json ?? null;
  };
  const parse = (text: string | null): T | null => (text === null ? null : schema.parse(JSON.parse(text)));
  const replace = async (present: string | null, next: string): Promise<boolean> => {
    if (present === null) {
      const result = await db
        .insertInto('hive_state')
        .values({ name, value_json: next })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    }
    const result = await db
      .updateTable('hive_state')
      .set({ value_json: next })
      .where('name', '=', name)
      .where('value_json', '=', present)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  };
  return {
    read: async () => parse(await readText()),
    async change(change) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const present = await readText();
        const value = change(parse(present));
        const next = JSON.stringify(value);
        if (next === present || (await replace(present, next))) return value;
      }
      throw new Error(`${name} could not be stored: others change it all the time.`);
    },
  };
}
