import type { Transaction } from 'kysely';
import { canRenew } from '../../protocol/trust/admission.ts';
import { type CertificateBody, certificateBodySchema } from '../../protocol/trust/certificate.ts';
import { type RenewalRequest, renewalRequestSchema } from '../../protocol/trust/enrolment.ts';
import { lifetimeOf } from '../../protocol/trust/renewal-schedule.ts';
import type { Schema } from '../../storage/schema.ts';
import type { CertificateTable, MemberTable } from '../../storage/trust-schema.ts';
import { keepInAudit, keepRefusalInAudit } from './audit.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, refusalReply, refuse } from './desk-reply.ts';
import type { ProvenMember } from './enrolment-desk.ts';
import { findMember, findPresentCertificate, memberFacts } from './enrolment-records.ts';
import type { HiveReply } from './hive-reply.ts';
import { finishCertificate, makeBody, storeUnsigned } from './issue-certificate.ts';
import { issuedReply } from './issued-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';
import { refuseRevoked } from './refuse-revoked.ts';
import { writeTransaction } from './write-transaction.ts';

/** Answers `POST /renew`. */
export async function renewCertificate(
  desk: EnrolmentDeskOptions,
  body: unknown,
  { publicKey }: ProvenMember,
): Promise<HiveReply> {
  const parsed = renewalRequestSchema.safeParse(body);
  if (!parsed.success) return refusalReply(refuse('malformed'));
  const standing = desk.issuer.standing();
  if (standing === null) return refusalReply(refuse('not-issuing'));
  const renewed = await writeTransaction(desk.storage.db, desk.clock, (transaction) =>
    store({ desk, transaction, standing, publicKey, request: parsed.data, nowMs: desk.hiveTime.now() }),
  );
  if (renewed.kind === 'refuse') return refusalReply(renewed);
  const certificate = await finishCertificate(desk, standing, renewed.certificate);
  if ('kind' in certificate) return refusalReply(certificate);
  return issuedReply(200, desk, standing, certificate, {
    sealingKey: parsed.data.sealing_key,
    federationKeyId: parsed.data.federation_key_id,
    directorySequence: parsed.data.directory_sequence,
  });
}

interface Renewing {
  readonly desk: EnrolmentDeskOptions;
  readonly transaction: Transaction<Schema>;
  readonly standing: IssuerStanding;
  readonly publicKey: string;
  readonly request: RenewalRequest;
  readonly nowMs: number;
}

type Renewed = { readonly kind: 'issuing'; readonly certificate: CertificateTable } | DeskRefusal;

async function store(renewing: Renewing): Promise<Renewed> {
  const { desk, transaction, standing, publicKey, nowMs } = renewing;
  const member = await findMember(transaction, publicKey);
  const refused = refuseRevoked(desk, standing, publicKey, member) ?? refuseUnknown(desk, member, nowMs);
  if (refused) {
    if (member) await keepRefusalInAudit(transaction, { subject: publicKey, reason: refused.reason, at: nowMs });
    return refused;
  }
  // refuseUnknown has refused who is none.
  return member ? issueAgain(renewing, member) : refuse('not-a-member');
}

function refuseUnknown(
  { admission }: EnrolmentDeskOptions,
  member: MemberTable | null,
  nowMs: number,
): DeskRefusal | null {
  if (member === null || member.state !== 'active') return refuse('not-a-member');
  return canRenew(memberFacts(member), nowMs, admission) ? null : refuse('lapsed-too-long');
}

/**
 * Before this part of its lifetime is over a certificate is served again: whoever asks on and on neither uses up the
 * signer's hour nor fills the list when it leaves. Members ask from 45 % on; the rest is for clocks that differ.
 */
const servedAgainPart = 0.4;

async function issueAgain(renewing: Renewing, member: MemberTable): Promise<Renewed> {
  const { desk, transaction, standing, publicKey, request, nowMs } = renewing;
  if (member.tier !== standing.issues) return refuse('tier-not-offered');
  const nodeName = request.node_name ?? member.node_name;
  const present = await findPresentCertificate(transaction, { publicKey, now: nowMs });
  if (present?.signature === null) return { kind: 'issuing', certificate: present };
  const order = {
    publicKey,
    tier: member.tier,
    nodeName,
    regionName: desk.regionName,
    mayIssue: member.may_issue === 1,
  };
  const body = makeBody(standing, order, nowMs);
  if (present && isStillNew(present, body, nowMs)) {
    await keepContacts(renewing, nodeName);
    return { kind: 'issuing', certificate: present };
  }
  if (body === null) return refuse('try-later', { retryAfterSeconds: 60 });
  const certificate = await storeUnsigned(transaction, body, { enrolmentId: null, nowMs });
  await keepContacts(renewing, nodeName);
  await transaction
    .updateTable('hive_members')
    .set({ renewed_at: nowMs, certificate_ends_at: certificate.expires_at })
    .where('public_key', '=', publicKey)
    .execute();
  const detail = { serial: body.serial };
  await keepInAudit(transaction, { at: nowMs, act: 'certificate-renewed', subject: publicKey, detail });
  return { kind: 'issuing', certificate };
}

/** Whether what would be made now says nothing that the present certificate does not, but for its times. */
function isStillNew(present: CertificateTable, body: CertificateBody | null, nowMs: number): boolean {
  const held = certificateBodySchema.parse(JSON.parse(present.body_json));
  const { issuedAtMs, expiresAtMs } = lifetimeOf(held);
  if (nowMs - issuedAtMs >= (expiresAtMs - issuedAtMs) * servedAgainPart) return false;
  return body === null || factsOf(held) === factsOf(body);
}

const factsOf = ({ tier, parent_public_key, capabilities }: CertificateBody): string =>
  [tier, parent_public_key, ...capabilities].join();

/** What a member says of itself is taken at each renewal; its federation key is sealed to the key it names last. */
async function keepContacts({ transaction, publicKey, request }: Renewing, nodeName: string): Promise<void> {
  await transaction
    .updateTable('hive_members')
    .set({
      node_name: nodeName,
      sealing_key: request.sealing_key,
      advertised_url: request.advertised_url ?? null,
      advertised_tls: request.advertised_tls ?? null,
    })
    .where('public_key', '=', publicKey)
    .execute();
}
