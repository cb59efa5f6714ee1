import { FailureError } from '../api/failures.ts';
import type { Storage } from './storage.ts';

const settingName = 'node.tier';

/**
 * Marks a new data folder with its tier. A folder that is marked with another one is refused with
 * `tier-contradiction` and stays as it is: a node never changes its tier by being started differently.
 */
export async function keepTier(storage: Pick<Storage, 'db'>, tier: string): Promise<void> {
  const row = await storage.db
    .selectFrom('settings')
    .select('value_json')
    .where('name', '=', settingName)
    .executeTakeFirst();
  if (row === undefined) {
    await storage.db
      .insertInto('settings')
      .values({ name: settingName, value_json: JSON.stringify(tier) })
      .execute();
    return;
  }
  const marked: unknown = JSON.parse(row.value_json);
  if (marked === tier) return;
  throw new FailureError({ kind: 'tier-contradiction', folderTier: String(marked).slice(0, 40), askedTier: tier });
}
