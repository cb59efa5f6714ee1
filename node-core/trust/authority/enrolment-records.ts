import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { MemberFacts } from '../../protocol/trust/admission.ts';
import {
  type Challenge,
  challengeSchema,
  type RegisterRequest,
  registerRequestSchema,
} from '../../protocol/trust/enrolment.ts';
import type { Schema } from '../../storage/schema.ts';
import type { CertificateTable, EnrolmentTable, MemberTable } from '../../storage/trust-schema.ts';

/** The rows that an enrolment reads. */
type Db = Kysely<Schema>;

/** An enrolment, read. Times in ms since the epoch. */
export interface Enrolment {
  readonly row: EnrolmentTable;
  readonly request: RegisterRequest;
  readonly challenge: Challenge;
  /** When it registered it showed a certificate of this hive that another parent gave it. */
  readonly movesHere: boolean;
}

/** A request as it is kept. */
const keptRequestSchema = registerRequestSchema.extend({ moves_here: z.boolean().default(false) });

/** What `request_json` holds. */
export const keptRequest = (request: RegisterRequest, movesHere: boolean): string =>
  JSON.stringify({ ...request, moves_here: movesHere });

const liveStates = ['pending', 'approved', 'issuing', 'issued'] as const;

export async function findEnrolment(db: Db, id: string): Promise<Enrolment | null> {
  const row = await db.selectFrom('hive_enrolments').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? read(row) : null;
}

/** The enrolment of this key that waits for a steward or has led to a certificate; the newest. */
export async function findLiveEnrolment(db: Db, publicKey: string): Promise<Enrolment | null> {
  const row = await db
    .selectFrom('hive_enrolments')
    .selectAll()
    .where('public_key', '=', publicKey)
    .where('state', 'in', liveStates)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? read(row) : null;
}

/** Enrolments of a key that were opened after that time. */
export async function enrolmentsSince(db: Db, publicKey: string, since: number): Promise<readonly EnrolmentTable[]> {
  return db
    .selectFrom('hive_enrolments')
    .selectAll()
    .where('public_key', '=', publicKey)
    .where('opened_at', '>', since)
    .orderBy('opened_at')
    .execute();
}

/** How many challenges to this address have neither been answered nor ended. */
export async function openChallengesOf(db: Db, address: string, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('hive_enrolments')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('state', '=', 'open')
    .where('challenge_ends_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

/** Where those who wait for a steward asked from. @param since when the oldest that still waits was asked */
export async function pendingAddresses(db: Db, since: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('hive_enrolments')
    .select('address')
    .where('state', '=', 'pending')
    .where('pending_since', '>', since)
    .execute();
  return rows.map(({ address }) => address);
}

/** When a steward last rejected this key, and with what words. */
export async function lastRejection(
  db: Db,
  publicKey: string,
): Promise<{ readonly at: number; readonly reason: string | null } | null> {
  const row = await db
    .selectFrom('hive_enrolments')
    .select(['decided_at', 'decided_reason'])
    .where('public_key', '=', publicKey)
    .where('state', '=', 'rejected')
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && row.decided_at !== null ? { at: row.decided_at, reason: row.decided_reason } : null;
}

export async function findMember(db: Db, publicKey: string): Promise<MemberTable | null> {
  const row = await db.selectFrom('hive_members').selectAll().where('public_key', '=', publicKey).executeTakeFirst();
  return row ?? null;
}

/** Members whose certificate counts, without that key. */
export async function otherMemberCount(db: Db, publicKey: string, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('hive_members')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'active')
    .where('certificate_ends_at', '>', now)
    .where('public_key', '!=', publicKey)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * How long a certificate that a crash left unsigned is still signed as it stands, ms; then another is made. A signer
 * takes none that begins 10 min from its clock (signer-policy.ts); two minutes are for clocks that differ.
 */
export const leftoverForMs = 8 * 60_000;

/** The newest certificate of a key that has neither ended nor been revoked by itself; signed, or about to be. */
export async function findPresentCertificate(
  db: Db,
  { publicKey, now }: { readonly publicKey: string; readonly now: number },
): Promise<CertificateTable | null> {
  const row = await db
    .selectFrom('hive_certificates')
    .selectAll()
    .where('public_key', '=', publicKey)
    .where('expires_at', '>', now)
    .where((is) => is.or([is('signature', 'is not', null), is('made_at', '>', now - leftoverForMs)]))
    .where('serial', 'not in', (revoked) =>
      revoked.selectFrom('hive_revocations').select('serial').where('public_key', '=', publicKey),
    )
    .orderBy('made_at', 'desc')
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export const memberFacts = (member: MemberTable): MemberFacts => ({
  state: member.state,
  mayIssue: member.may_issue === 1,
  certificateEndsAtMs: member.certificate_ends_at,
});

function read(row: EnrolmentTable): Enrolment {
  const { moves_here: movesHere, ...request } = keptRequestSchema.parse(JSON.parse(row.request_json));
  return { row, request, movesHere, challenge: challengeSchema.parse(JSON.parse(row.challenge_json)) };
}
