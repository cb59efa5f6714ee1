import type { Storage } from '../../storage/storage.ts';

/** How long a nonce is kept beyond the end of its request, ms: hive time may be set back by as much. */
const keptBeyondMs = 60 * 60_000;
/** Most ended nonces that one request clears away; more than one comes with each, so they cannot pile up. */
const clearedAtOnce = 20;

/** A nonce of a request that has proven itself otherwise. */
export interface UsedNonce {
  /** Public key, or name of the federation key. */
  readonly keyId: string;
  readonly nonce: string;
  /** When the request counts no more, ms since the epoch. */
  readonly endsAtMs: number;
}

/** The nonces that were used, in the database: a restart forgets none, and two processes share them. */
export interface NonceStore {
  /** Whether none of them was used before; then all are used now. Durable when it resolves. */
  take(nonces: readonly UsedNonce[], nowMs: number): Promise<boolean>;
}

/** Keeps nonces in `hive_nonces`. */
export function createNonceStore(storage: Pick<Storage, 'db'>): NonceStore {
  const clear = async (nowMs: number): Promise<void> => {
    const ended = await storage.db
      .selectFrom('hive_nonces')
      .select(['key_id', 'nonce'])
      .where('ends_at', '<', nowMs)
      .orderBy('ends_at')
      .limit(clearedAtOnce)
      .execute();
    if (ended.length === 0) return;
    await storage.db
      .deleteFrom('hive_nonces')
      .where(({ eb, or }) => or(ended.map(({ key_id, nonce }) => eb.and({ key_id, nonce }))))
      .execute();
  };
  return {
    async take(nonces, nowMs) {
      const rows = nonces.map(({ keyId, nonce, endsAtMs }) => ({
        key_id: keyId,
        nonce,
        ends_at: endsAtMs + keptBeyondMs,
      }));
      const { numInsertedOrUpdatedRows = 0n } = await storage.db
        .insertInto('hive_nonces')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      await clear(nowMs);
      return numInsertedOrUpdatedRows === BigInt(rows.length);
    },
  };
}
