import { FailureError } from '../api/failures.ts';
import type { Storage } from './storage.ts';

const settingName = 'node.tier';

/**
 * Marks a new data folder: central, or flat, which may join a hive later. A folder that is marked with another tier than
 * asked is refused with `tier-contradiction` and stays as it is; only a flat one can be asked to become a member.
 */
export async function keepTier(storage: Pick<Storage, 'db'>, tier: string): Promise<void> {
  const row = await storage.db
    .selectFrom('settings')
    .select('value_json')
    .where('name', '=', settingName)
    .executeTakeFirst();
  if (row === undefined) {
    await markTier(storage, tier === 'central' ? 'central' : 'flat');
    return;
  }
  const marked: unknown = JSON.parse(row.value_json);
  if (marked === tier || (marked === 'flat' && tier !== 'central')) return;
  throw new FailureError({ kind: 'tier-contradiction', folderTier: String(marked).slice(0, 40), askedTier: tier });
}

/** Marks the folder with what the node has become. */
export async function markTier(storage: Pick<Storage, 'db'>, tier: string): Promise<void> {
  const value_json = JSON.stringify(tier);
  await storage.db
    .insertInto('settings')
    .values({ name: settingName, value_json })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value_json }))
    .execute();
}
