import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../../protocol/ports/clock.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import type { Schema } from '../../storage/schema.ts';
import type { Storage } from '../../storage/storage.ts';
import { keepInAudit } from './audit.ts';
import { writeTransaction } from './write-transaction.ts';

/** What an issuer keeps of one hive, children before parents. Lists of revocations name their hive themselves. */
const recordsOfOneHive = [
  'hive_invite_uses',
  'hive_invites',
  'hive_certificates',
  'hive_enrolments',
  'hive_members',
  'hive_domains',
  'hive_revocations',
] as const;

const schema = z.object({ anchor: publicKeySchema });

/**
 * Says which hive the records of this folder are of. Those of another one go, in one transaction, and the audit keeps
 * that: its members and invites are none of this hive's. Leaving and joining the same hive again keeps everything, above
 * all who was revoked.
 */
export async function forgetOtherHive(
  { db }: Pick<Storage, 'db'>,
  clock: Pick<Clock, 'now' | 'after'>,
  anchor: string,
): Promise<void> {
  await writeTransaction(db, clock, async (transaction) => {
    const known = await anchorOf(transaction);
    if (known === anchor) return;
    if (known !== null) await forget(transaction, { known, anchor, nowMs: clock.now() });
    const value_json = JSON.stringify({ anchor });
    await transaction
      .insertInto('hive_state')
      .values({ name: 'records-of', value_json })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value_json }))
      .execute();
  });
}

async function anchorOf(transaction: Transaction<Schema>): Promise<string | null> {
  const row = await transaction
    .selectFrom('hive_state')
    .select('value_json')
    .where('name', '=', 'records-of')
    .executeTakeFirst();
  return row === undefined ? null : schema.parse(JSON.parse(row.value_json)).anchor;
}

async function forget(
  transaction: Transaction<Schema>,
  { known, anchor, nowMs }: { readonly known: string; readonly anchor: string; readonly nowMs: number },
): Promise<void> {
  for (const table of recordsOfOneHive) await transaction.deleteFrom(table).execute();
  await keepInAudit(transaction, { at: nowMs, act: 'other-hive-forgotten', subject: known, detail: { now: anchor } });
}
