import type { Kysely } from 'kysely';
import type { JsonValue } from '../../protocol/ports/answers.ts';
import type { Schema } from '../../storage/schema.ts';

/** What stewards do. */
export type StewardAct =
  | 'invite-created'
  | 'invite-revoked'
  | 'request-approved'
  | 'request-rejected'
  | 'member-revoked'
  | 'domain-released'
  | 'federation-key-rotated';

/** One row of the audit. `detail` holds no secret. */
export interface AuditEntry {
  /** ms since the epoch */
  readonly at: number;
  readonly act: StewardAct;
  /** The key, invite or domain that it was about; empty: the hive. */
  readonly subject: string;
  readonly detail: JsonValue;
}

/** Keeps it, in the transaction of what was done where there is one. */
export async function keepInAudit(db: Kysely<Schema>, { at, act, subject, detail }: AuditEntry): Promise<void> {
  await db
    .insertInto('hive_audit')
    .values({ at, act, subject, detail_json: JSON.stringify(detail) })
    .execute();
}
