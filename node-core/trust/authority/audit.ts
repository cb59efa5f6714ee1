import type { Kysely } from 'kysely';
import type { JsonValue } from '../../protocol/json-value.ts';
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

/** What the enrolment desk does. */
export type DeskAct =
  | 'certificate-issued'
  | 'certificate-renewed'
  | 'member-refused'
  | 'member-left'
  | 'domain-proven'
  | 'domain-moved'
  | 'other-hive-forgotten';

/** One row of the audit. `detail` holds no secret. */
export interface AuditEntry {
  /** ms since the epoch */
  readonly at: number;
  readonly act: StewardAct | DeskAct;
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

/** A member that is refused and asks on and on leaves one row in this time, ms. */
const refusalAgainMs = 60 * 60_000;

/** Keeps that a member was refused, unless the same stands there already of late. */
export async function keepRefusalInAudit(
  db: Kysely<Schema>,
  { subject, reason, at }: { readonly subject: string; readonly reason: string; readonly at: number },
): Promise<void> {
  const known = await db
    .selectFrom('hive_audit')
    .select('number')
    .where('subject', '=', subject)
    .where('act', '=', 'member-refused')
    .where('detail_json', '=', JSON.stringify({ reason }))
    .where('at', '>', at - refusalAgainMs)
    .executeTakeFirst();
  if (!known) await keepInAudit(db, { at, act: 'member-refused', subject, detail: { reason } });
}
