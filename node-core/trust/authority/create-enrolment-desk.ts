import { answerChallenge, pollEnrolment } from './answer-challenge.ts';
import { keepInAudit } from './audit.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { refusalReply, refuse } from './desk-reply.ts';
import type { EnrolmentDesk, ProvenMember } from './enrolment-desk.ts';
import { findMember } from './enrolment-records.ts';
import { finishLeftovers } from './finish-leftovers.ts';
import type { HiveReply } from './hive-reply.ts';
import { openChallenge } from './open-challenge.ts';
import { renewCertificate } from './renew-certificate.ts';
import { createRevocationPages } from './revocation-pages.ts';
import { writeTransaction } from './write-transaction.ts';

/** A desk that also looks after what a crash left behind. */
export interface RunningEnrolmentDesk extends EnrolmentDesk {
  /** Signs what was stored and not signed when the last run ended. Once after the start, when the issuer can sign. */
  finishLeftovers(): Promise<void>;
}

/**
 * The issuer's side of joining. All state is in the database, so several processes can serve one hive; each step can be
 * asked for again and gives the same.
 */
export function createEnrolmentDesk(desk: EnrolmentDeskOptions): RunningEnrolmentDesk {
  const revocationPage = createRevocationPages(desk.revocations);
  return {
    register: (body, caller) => openChallenge(desk, body, caller),
    answer: (body, caller) => answerChallenge(desk, body, caller),
    poll: (enrolmentId, publicKey) => pollEnrolment(desk, enrolmentId, publicKey),
    renew: (body, member) => renewCertificate(desk, body, member),
    leave: (member) => leave(desk, member),
    revocations: async (after, etag) => revocationPage(after, etag),
    finishLeftovers: () => finishLeftovers(desk),
  };
}

/** Ends a membership; asked again it is still ended. */
async function leave(desk: EnrolmentDeskOptions, { publicKey }: ProvenMember): Promise<HiveReply> {
  const member = await findMember(desk.storage.db, publicKey);
  if (member === null) return refusalReply(refuse('not-a-member'));
  if (member.state === 'active') {
    await desk.publisher.retire(publicKey, 'left');
    await releaseDomain(desk, publicKey);
  }
  return { status: 200, body: { status: 'left' } };
}

async function releaseDomain({ storage, clock, hiveTime }: EnrolmentDeskOptions, publicKey: string): Promise<void> {
  await writeTransaction(storage.db, clock, async (transaction) => {
    const freed = { fqdn: null };
    await transaction.updateTable('hive_members').set(freed).where('public_key', '=', publicKey).execute();
    await transaction.deleteFrom('hive_domains').where('public_key', '=', publicKey).execute();
    await keepInAudit(transaction, { at: hiveTime.now(), act: 'member-left', subject: publicKey, detail: {} });
  });
}
