import type { Kysely, Transaction } from 'kysely';
import { failureOf } from '../../api/failures.ts';
import { type Admission, type AdmittedBy, decideAdmission, pendingForMs } from '../../protocol/trust/admission.ts';
import type { Schema } from '../../storage/schema.ts';
import type { CertificateTable, MemberTable } from '../../storage/trust-schema.ts';
import { keepInAudit, keepRefusalInAudit } from './audit.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, refuse } from './desk-reply.ts';
import { type Enrolment, findLiveEnrolment, findMember, findPresentCertificate } from './enrolment-records.ts';
import { type Applying, gatherCase } from './gather-case.ts';
import { makeBody, storeUnsigned } from './issue-certificate.ts';
import { refuseRevoked } from './refuse-revoked.ts';

/** What became of it. `moved`: somebody else has dealt with this enrolment meanwhile; look again. */
export type Admitted =
  | { readonly kind: 'issuing'; readonly certificate: CertificateTable }
  | { readonly kind: 'pending' | 'prove-domain' | 'moved' }
  | DeskRefusal;

/** Decides on an applicant that has proven its key, and stores what follows, in one transaction. */
export async function admitApplicant(applying: Applying): Promise<Admitted> {
  const { desk, transaction, standing, enrolment, nowMs } = applying;
  const { id, public_key: publicKey, state } = enrolment.row;
  const stored = await transaction
    .selectFrom('hive_enrolments')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (stored?.state !== state) return { kind: 'moved' };
  const member = await findMember(transaction, publicKey);
  if (state === 'open' && (await joinEarlier(applying, member))) return { kind: 'moved' };
  const revoked = refuseRevoked(desk, standing, publicKey, member);
  if (revoked) {
    await keepRefusalInAudit(transaction, { subject: publicKey, reason: 'revoked', at: nowMs });
    return revoked;
  }
  const asked = await gatherCase(applying, member);
  const admission = decideAdmission(asked, desk.admission);
  return follow(applying, admission);
}

/**
 * A key that has an enrolment already goes on with that one: the new request takes the place of the old, and the same
 * certificate is served again. Returns whether it does.
 */
async function joinEarlier({ transaction, enrolment, nowMs }: Applying, member: MemberTable | null): Promise<boolean> {
  const { row, request } = enrolment;
  const earlier = await findLiveEnrolment(transaction, row.public_key);
  if (earlier === null || earlier.request.tier !== request.tier) return false;
  const waits = earlier.row.state === 'pending' || earlier.row.state === 'approved';
  if (waits && (request.invite_id !== undefined || row.fqdn !== earlier.row.fqdn || !isFresh(earlier, nowMs))) {
    await end(transaction, earlier.row.id, nowMs);
    return false;
  }
  if (!waits && !(await isPresent(transaction, member, row.public_key, nowMs))) return false;
  if (waits) {
    const taken = { request_json: row.request_json, address: row.address };
    await transaction.updateTable('hive_enrolments').set(taken).where('id', '=', earlier.row.id).execute();
  } else {
    await keepContacts(transaction, enrolment);
  }
  await end(transaction, row.id, nowMs);
  return true;
}

const isFresh = ({ row }: Enrolment, nowMs: number): boolean => nowMs - (row.pending_since ?? 0) <= pendingForMs;

async function isPresent(
  db: Kysely<Schema>,
  member: MemberTable | null,
  publicKey: string,
  now: number,
): Promise<boolean> {
  if (member?.state !== 'active') return false;
  return (await findPresentCertificate(db, { publicKey, now })) !== null;
}

async function end(transaction: Transaction<Schema>, id: string, nowMs: number): Promise<void> {
  const ended = { state: 'ended', decided_at: nowMs } as const;
  await transaction.updateTable('hive_enrolments').set(ended).where('id', '=', id).execute();
}

/** What a member says of itself may change with each enrolment; its key, tier and capabilities do not. */
async function keepContacts(transaction: Transaction<Schema>, { request }: Enrolment): Promise<void> {
  await transaction
    .updateTable('hive_members')
    .set({
      node_name: request.node_name,
      sealing_key: request.sealing_key,
      advertised_url: request.advertised_url ?? null,
      advertised_tls: request.advertised_tls ?? null,
    })
    .where('public_key', '=', request.public_key)
    .execute();
}

async function follow(applying: Applying, admission: Admission): Promise<Admitted> {
  const { transaction, enrolment, nowMs } = applying;
  switch (admission.kind) {
    case 'refuse':
      return refuse(admission.reason);
    case 'prove-domain':
      return { kind: 'prove-domain' };
    case 'pending': {
      const waiting = { state: 'pending', pending_since: nowMs } as const;
      await transaction.updateTable('hive_enrolments').set(waiting).where('id', '=', enrolment.row.id).execute();
      return { kind: 'pending' };
    }
    case 'issue':
      return issue(applying, admission);
  }
}

async function issue(applying: Applying, { by, mayIssue }: Admission & { readonly kind: 'issue' }): Promise<Admitted> {
  const { desk, transaction, standing, enrolment, nowMs } = applying;
  if (isHalted(desk)) return refuse('halted');
  const { request, row } = enrolment;
  const order = {
    publicKey: row.public_key,
    tier: request.tier,
    nodeName: request.node_name,
    regionName: desk.regionName,
    mayIssue,
  };
  const body = makeBody(standing, order, nowMs);
  if (body === null) return refuse('try-later', { retryAfterSeconds: 60 });
  const certificate = await storeUnsigned(transaction, body, { enrolmentId: row.id, nowMs });
  const issuing = { state: 'issuing', may_issue: mayIssue ? 1 : 0 } as const;
  await transaction.updateTable('hive_enrolments').set(issuing).where('id', '=', row.id).execute();
  await keepMember(applying, { by, mayIssue, endsAtMs: certificate.expires_at });
  if (by === 'invite' && request.invite_id !== undefined) {
    await transaction
      .insertInto('hive_invite_uses')
      .values({ invite_id: request.invite_id, public_key: row.public_key, used_at: nowMs })
      .onConflict((conflict) => conflict.columns(['invite_id', 'public_key']).doNothing())
      .execute();
  }
  const detail = { serial: body.serial, by, enrolment: row.id, mayIssue };
  await keepInAudit(transaction, { at: nowMs, act: 'certificate-issued', subject: row.public_key, detail });
  return { kind: 'issuing', certificate };
}

function isHalted({ breaker }: Pick<EnrolmentDeskOptions, 'breaker'>): boolean {
  try {
    breaker.pass();
    return false;
  } catch (error) {
    if (failureOf(error) === null) throw error;
    return true;
  }
}

async function keepMember(
  applying: Applying,
  { by, mayIssue, endsAtMs }: { readonly by: AdmittedBy; readonly mayIssue: boolean; readonly endsAtMs: number },
): Promise<void> {
  const { transaction, enrolment, nowMs } = applying;
  const { request, row } = enrolment;
  const facts = {
    tier: request.tier,
    node_name: request.node_name,
    sealing_key: request.sealing_key,
    advertised_url: request.advertised_url ?? null,
    advertised_tls: request.advertised_tls ?? null,
    may_issue: mayIssue ? 1 : 0,
    state: 'active',
    certificate_ends_at: endsAtMs,
    ended_at: null,
    ended_reason: null,
    ...(by === 'domain' ? { fqdn: row.fqdn } : {}),
  } as const;
  await transaction
    .insertInto('hive_members')
    .values({ fqdn: null, ...facts, public_key: row.public_key, joined_at: nowMs, renewed_at: null })
    .onConflict((conflict) => conflict.column('public_key').doUpdateSet(facts))
    .execute();
  if (by === 'domain' && row.fqdn !== null) await keepDomain(transaction, row.fqdn, row.public_key, nowMs);
}

/** Binds a domain to the key that has just proven it. */
async function keepDomain(
  transaction: Transaction<Schema>,
  fqdn: string,
  publicKey: string,
  at: number,
): Promise<void> {
  const before = await transaction
    .selectFrom('hive_domains')
    .select('public_key')
    .where('fqdn', '=', fqdn)
    .executeTakeFirst();
  await transaction
    .insertInto('hive_domains')
    .values({ fqdn, public_key: publicKey, proven_at: at })
    .onConflict((conflict) => conflict.column('fqdn').doUpdateSet({ public_key: publicKey, proven_at: at }))
    .execute();
  const moved = before !== undefined && before.public_key !== publicKey;
  if (moved) {
    const freed = { fqdn: null };
    await transaction.updateTable('hive_members').set(freed).where('public_key', '=', before.public_key).execute();
  }
  const detail = moved ? { from: before.public_key, to: publicKey } : { to: publicKey };
  await keepInAudit(transaction, { at, act: moved ? 'domain-moved' : 'domain-proven', subject: fqdn, detail });
}
