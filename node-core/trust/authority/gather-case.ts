import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import {
  type AdmissionCase,
  type DomainFacts,
  type InviteFacts,
  pendingForMs,
} from '../../protocol/trust/admission.ts';
import { canonicalBytes } from '../../protocol/trust/canonical.ts';
import type { Challenge } from '../../protocol/trust/enrolment.ts';
import type { Schema } from '../../storage/schema.ts';
import type { MemberTable } from '../../storage/trust-schema.ts';
import { countedAddress } from './counted-address.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type Enrolment, lastRejection, memberFacts, otherMemberCount, pendingAddresses } from './enrolment-records.ts';
import type { IssuerStanding } from './issuer-standing.ts';

/** What the applicant brought, besides its key. */
export interface Evidence {
  /** HMAC of the challenge with the invite's secret, hex. */
  readonly inviteProof: string | null;
  readonly isLoopback: boolean;
  /** Its domain has answered for it in this enrolment. */
  readonly isDomainProven: boolean;
}

/** Everything one decision is about. */
export interface Applying {
  readonly desk: EnrolmentDeskOptions;
  readonly transaction: Transaction<Schema>;
  readonly standing: IssuerStanding;
  readonly enrolment: Enrolment;
  readonly evidence: Evidence;
  readonly nowMs: number;
}

/** Reads, in the transaction of the decision, everything that it is made by. */
export async function gatherCase(applying: Applying, member: MemberTable | null): Promise<AdmissionCase> {
  const { transaction, standing, enrolment, evidence, nowMs } = applying;
  const { row, request, challenge } = enrolment;
  const invite = await findInvite(transaction, request.invite_id, row.public_key);
  const waiting = await pendingAddresses(transaction, nowMs - pendingForMs);
  const counted = countedAddress(row.address);
  const secret = typeof invite === 'object' ? invite.secret : null;
  return {
    tier: request.tier,
    issues: standing.issues,
    isLoopback: evidence.isLoopback,
    invite,
    isInviteProven: secret !== null && isProofOf(secret, challenge, evidence.inviteProof),
    member: member ? memberFacts(member) : null,
    movesHere: enrolment.movesHere,
    isRevoked: false,
    domain: await findDomain(transaction, row, evidence.isDomainProven),
    approval: row.state === 'approved' ? { mayIssue: row.may_issue === 1 } : null,
    rejectedAtMs: (await lastRejection(transaction, row.public_key))?.at ?? null,
    otherMembers: await otherMemberCount(transaction, row.public_key, nowMs),
    otherPending: waiting.length,
    otherPendingOfAddress: waiting.filter((address) => countedAddress(address) === counted).length,
    nowMs,
  };
}

/** HMAC-SHA256 of the canonical challenge; compared in constant time. */
function isProofOf(secret: string, challenge: Challenge, proof: string | null): boolean {
  if (proof === null) return false;
  const right = createHmac('sha256', Buffer.from(secret, 'utf8')).update(canonicalBytes(challenge)).digest();
  const given = Buffer.from(proof, 'hex');
  return given.length === right.length && timingSafeEqual(given, right);
}

async function findInvite(
  db: Kysely<Schema>,
  id: string | undefined,
  publicKey: string,
): Promise<'none' | 'unknown' | (InviteFacts & { readonly secret: string })> {
  if (id === undefined) return 'none';
  const row = await db.selectFrom('hive_invites').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return 'unknown';
  const uses = await db.selectFrom('hive_invite_uses').select('public_key').where('invite_id', '=', id).execute();
  const isUsedByThisKey = uses.some((use) => use.public_key === publicKey);
  return {
    secret: row.secret,
    tier: row.tier,
    mayIssue: row.may_issue === 1,
    uses: row.uses,
    usedByOthers: uses.length - (isUsedByThisKey ? 1 : 0),
    isUsedByThisKey,
    expiresAtMs: row.expires_at,
    isRevoked: row.revoked_at !== null,
  };
}

async function findDomain(
  db: Kysely<Schema>,
  { fqdn, public_key }: Enrolment['row'],
  isProven: boolean,
): Promise<DomainFacts | null> {
  if (fqdn === null) return null;
  const held = await db
    .selectFrom('hive_domains')
    .leftJoin('hive_members', 'hive_members.public_key', 'hive_domains.public_key')
    .select(['hive_domains.public_key as holder', 'hive_members.certificate_ends_at as endsAt'])
    .where('hive_domains.fqdn', '=', fqdn)
    .where('hive_domains.public_key', '!=', public_key)
    .executeTakeFirst();
  return { fqdn, isProven, otherHolder: held ? { certificateEndsAtMs: held.endsAt ?? 0 } : null };
}
