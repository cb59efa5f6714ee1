import type { Transaction } from 'kysely';
import type { Schema } from '../../storage/schema.ts';
import type { Storage } from '../../storage/storage.ts';

/** How long after the end of a certificate its revocation is listed, ms. */
const listedAfterEndMs = 24 * 60 * 60_000;

/** A revocation as it is kept; `serial` empty: every certificate of the key. Times in ms since the epoch. */
export interface StoredRevocation {
  readonly public_key: string;
  readonly serial: string;
  readonly until: number;
  readonly reason: string;
}

interface Ending {
  readonly publicKey: string;
  readonly reason: string;
  readonly nowMs: number;
}

/** Bars a member's key and revokes all its certificates, those that are being made as well. */
export function barMember({ db }: Pick<Storage, 'db'>, { publicKey, reason, nowMs }: Ending): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('hive_members')
      .set({ state: 'revoked', ended_at: nowMs, ended_reason: reason })
      .where('public_key', '=', publicKey)
      .execute();
    await endEnrolments(transaction, publicKey, reason, nowMs);
    const { last } = await transaction
      .selectFrom('hive_certificates')
      .select((select) => select.fn.max<number | null>('expires_at').as('last'))
      .where('public_key', '=', publicKey)
      .executeTakeFirstOrThrow();
    const until = Math.max(last ?? nowMs, nowMs) + listedAfterEndMs;
    const row = { public_key: publicKey, serial: '', until, reason, revoked_at: nowMs };
    await transaction
      .insertInto('hive_revocations')
      .values(row)
      .onConflict((conflict) => conflict.columns(['public_key', 'serial']).doUpdateSet({ until, reason }))
      .execute();
  });
}

/** Ends a member that leaves: its certificates are revoked one by one, so that the key may have new ones. */
export function retireMember({ db }: Pick<Storage, 'db'>, { publicKey, reason, nowMs }: Ending): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('hive_members')
      .set({ state: 'left', ended_at: nowMs, ended_reason: reason })
      .where('public_key', '=', publicKey)
      .where('state', '=', 'active')
      .execute();
    await endEnrolments(transaction, publicKey, reason, nowMs);
    const certificates = await transaction
      .selectFrom('hive_certificates')
      .select(['serial', 'expires_at'])
      .where('public_key', '=', publicKey)
      .where('expires_at', '>', nowMs)
      .execute();
    for (const { serial, expires_at } of certificates) {
      const until = expires_at + listedAfterEndMs;
      await transaction
        .insertInto('hive_revocations')
        .values({ public_key: publicKey, serial, until, reason, revoked_at: nowMs })
        .onConflict((conflict) => conflict.columns(['public_key', 'serial']).doNothing())
        .execute();
    }
  });
}

/**
 * What is to be listed at this time, at most `most`: barred keys before certificates of members that left, of which one
 * member can make many; newest first.
 */
export async function listedRevocations(
  { db }: Pick<Storage, 'db'>,
  nowMs: number,
  most: number,
): Promise<readonly StoredRevocation[]> {
  return db
    .selectFrom('hive_revocations')
    .select(['public_key', 'serial', 'until', 'reason'])
    .where('until', '>', nowMs)
    .orderBy((row) => row('serial', '=', ''), 'desc')
    .orderBy('revoked_at', 'desc')
    .orderBy('public_key')
    .orderBy('serial')
    .limit(most)
    .execute();
}

async function endEnrolments(
  transaction: Transaction<Schema>,
  publicKey: string,
  reason: string,
  nowMs: number,
): Promise<void> {
  await transaction
    .updateTable('hive_enrolments')
    .set({ state: 'ended', decided_at: nowMs, decided_reason: reason })
    .where('public_key', '=', publicKey)
    .where('state', 'in', ['open', 'pending', 'approved', 'issuing', 'issued'])
    .execute();
}
