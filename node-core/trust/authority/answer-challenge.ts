import { pendingForMs } from '../../protocol/trust/admission.ts';
import { signedBytes } from '../../protocol/trust/canonical.ts';
import { answerRequestSchema, type EnrolmentReply } from '../../protocol/trust/enrolment.ts';
import { token16Schema } from '../../protocol/trust/key-text.ts';
import { type Admitted, admitApplicant } from './admit-applicant.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, jsonOf, refusalReply, refuse } from './desk-reply.ts';
import {
  type Enrolment,
  findEnrolment,
  findLiveEnrolment,
  findMember,
  findPresentCertificate,
  lastRejection,
} from './enrolment-records.ts';
import type { Evidence } from './gather-case.ts';
import type { HiveCaller, HiveReply } from './hive-reply.ts';
import { finishCertificate } from './issue-certificate.ts';
import { issuedReply } from './issued-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';
import { refuseRevoked } from './refuse-revoked.ts';
import { writeTransaction } from './write-transaction.ts';

/** Answers `POST /register/answer`. */
export async function answerChallenge(
  desk: EnrolmentDeskOptions,
  body: unknown,
  caller: HiveCaller,
): Promise<HiveReply> {
  const parsed = answerRequestSchema.safeParse(body);
  if (!parsed.success) return refusalReply(refuse('malformed'));
  const { enrolment_id, signature, invite_proof } = parsed.data;
  const enrolment = await findEnrolment(desk.storage.db, enrolment_id);
  if (enrolment === null) return refusalReply(refuse('unknown-enrolment'));
  const signed = signedBytes('challenge-answer', enrolment.challenge);
  // Before anything is told: only the key's holder learns what became of its enrolment.
  if (!desk.verify(signed, signature, enrolment.row.public_key)) return refusalReply(refuse('bad-signature'));
  const evidence = { inviteProof: invite_proof ?? null, isLoopback: caller.isLoopback, isDomainProven: false };
  return settle(desk, enrolment, evidence);
}

/** Answers `GET /register/<enrolment_id>`, signed by that key. */
export async function pollEnrolment(desk: EnrolmentDeskOptions, id: string, publicKey: string): Promise<HiveReply> {
  const enrolment = token16Schema.safeParse(id).success ? await findEnrolment(desk.storage.db, id) : null;
  if (enrolment === null || enrolment.row.public_key !== publicKey || enrolment.row.state === 'open') {
    return refusalReply(refuse('unknown-enrolment'));
  }
  return settle(desk, enrolment, { inviteProof: null, isLoopback: false, isDomainProven: false });
}

/** Enrolments that this process signs or hands out at a time are few; a state can change under a decision only so often. */
const mostRounds = 5;

/** Serves an enrolment from wherever it stands; each step can be asked for again. */
async function settle(desk: EnrolmentDeskOptions, first: Enrolment, evidence: Evidence): Promise<HiveReply> {
  const standing = desk.issuer.standing();
  if (standing === null) return refusalReply(refuse('not-issuing'));
  let enrolment: Enrolment | null = first;
  for (let round = 0; enrolment !== null && round < mostRounds; round += 1) {
    const served = await serve(desk, standing, enrolment, evidence);
    if (served.kind === 'reply') return served.reply;
    if (served.kind === 'refuse') return refusalReply(served);
    enrolment = await present(desk, enrolment);
  }
  return refusalReply(refuse(enrolment === null ? 'challenge-ended' : 'try-later'));
}

type Served = { readonly kind: 'reply'; readonly reply: HiveReply } | { readonly kind: 'moved' } | DeskRefusal;

/** The enrolment as it stands now: itself, or the one of the same key that it went on as. */
async function present({ storage }: EnrolmentDeskOptions, { row }: Enrolment): Promise<Enrolment | null> {
  const again = await findEnrolment(storage.db, row.id);
  if (again !== null && again.row.state !== 'ended') return again;
  return findLiveEnrolment(storage.db, row.public_key);
}

async function serve(
  desk: EnrolmentDeskOptions,
  standing: IssuerStanding,
  enrolment: Enrolment,
  evidence: Evidence,
): Promise<Served> {
  const { row } = enrolment;
  const nowMs = desk.hiveTime.now();
  switch (row.state) {
    case 'open':
      if (row.challenge_ends_at <= nowMs) return refuse('challenge-ended');
      return admit(desk, standing, enrolment, evidence);
    case 'approved':
      return admit(desk, standing, enrolment, evidence);
    case 'pending':
      return waitForSteward(row.pending_since ?? row.opened_at, nowMs);
    case 'issuing':
    case 'issued':
      return deliver(desk, standing, row.public_key);
    case 'rejected':
      return refuseRejected(row.decided_reason);
    case 'ended': {
      const live = await findLiveEnrolment(desk.storage.db, row.public_key);
      return live === null ? refuseEnded(desk, standing, row) : { kind: 'moved' };
    }
  }
}

/** A person who waits at the screen is told soon; who waits for days asks seldom. */
function waitForSteward(sinceMs: number, nowMs: number): Served {
  const waitedMs = nowMs - sinceMs;
  if (waitedMs > pendingForMs) return refuse('challenge-ended');
  const body: EnrolmentReply = { status: 'pending', poll_after: waitedMs < 10 * 60_000 ? 5 : 60 };
  return { kind: 'reply', reply: { status: 202, body: jsonOf(body) } };
}

async function admit(
  desk: EnrolmentDeskOptions,
  standing: IssuerStanding,
  enrolment: Enrolment,
  evidence: Evidence,
): Promise<Served> {
  const decide = (brought: Evidence): Promise<Admitted> =>
    writeTransaction(desk.storage.db, desk.clock, (transaction) =>
      admitApplicant({ desk, transaction, standing, enrolment, evidence: brought, nowMs: desk.hiveTime.now() }),
    );
  let admitted = await decide(evidence);
  if (admitted.kind === 'prove-domain') {
    const refused = await proveDomain(desk, enrolment);
    if (refused) return refused;
    admitted = await decide({ ...evidence, isDomainProven: true });
  }
  // Whatever it was, the record has it now: pending and issuing are served from there.
  return admitted.kind === 'refuse' ? admitted : { kind: 'moved' };
}

async function proveDomain(
  { domains, log }: EnrolmentDeskOptions,
  { row, request, challenge }: Enrolment,
): Promise<DeskRefusal | null> {
  if (domains === null || row.fqdn === null) return refuse('domain-not-allowed');
  const pin = request.advertised_tls ?? null;
  const claim = { fqdn: row.fqdn, enrolmentId: row.id, publicKey: row.public_key, challenge, pin };
  const proof = await domains.prove(claim);
  if (proof.kind === 'proven') return null;
  log.info({ enrolment: row.id, cause: proof.cause }, 'A domain did not answer for an applicant.');
  return refuse('domain-not-proven', { error: `The domain did not answer for this node: ${proof.cause}.` });
}

/** Hands out the newest certificate of a member; what a crash left unsigned is signed now. */
async function deliver(desk: EnrolmentDeskOptions, standing: IssuerStanding, publicKey: string): Promise<Served> {
  const { db } = desk.storage;
  const member = await findMember(db, publicKey);
  const revoked = refuseRevoked(desk, standing, publicKey, member);
  if (revoked) return revoked;
  if (member?.state !== 'active') return refuse('challenge-ended');
  const row = await findPresentCertificate(db, { publicKey, now: desk.hiveTime.now() });
  if (row === null) return refuse('challenge-ended');
  const certificate = await finishCertificate(desk, standing, row);
  if ('kind' in certificate) return certificate;
  const had = { sealingKey: member.sealing_key };
  return { kind: 'reply', reply: await issuedReply(201, desk, standing, certificate, had) };
}

async function refuseEnded(
  desk: EnrolmentDeskOptions,
  standing: IssuerStanding,
  { public_key, opened_at }: Enrolment['row'],
): Promise<Served> {
  const member = await findMember(desk.storage.db, public_key);
  const revoked = refuseRevoked(desk, standing, public_key, member);
  if (revoked) return revoked;
  // It went on as an earlier request of the same key, and that was rejected since.
  const rejection = await lastRejection(desk.storage.db, public_key);
  return rejection && rejection.at >= opened_at ? refuseRejected(rejection.reason) : refuse('challenge-ended');
}

const refuseRejected = (reason: string | null): DeskRefusal =>
  reason ? refuse('rejected', { error: reason.slice(0, 500) }) : refuse('rejected');
