import type { JsonValue } from '../../protocol/json-value.ts';
import { type EnrolmentRefusal, enrolmentRefusals } from '../../protocol/trust/enrolment.ts';
import type { HiveReply } from './hive-reply.ts';

/** Why the desk says no. */
export interface DeskRefusal {
  readonly kind: 'refuse';
  readonly reason: EnrolmentRefusal;
  /** For people, instead of the usual sentence. */
  readonly error?: string;
  readonly retryAfterSeconds?: number;
}

/** What the applicant's person reads, unless there is something more exact. */
const sentences: Partial<Record<EnrolmentRefusal, string>> = {
  malformed: 'The request has not the form that is agreed.',
  'bad-signature': 'The signature is not that of the key which asked.',
  'tier-not-offered': 'This issuer makes no certificates of that tier.',
  'invite-not-for-tier': 'The invite is for another tier.',
  'bad-proof': 'The invite is not known here, or its code is wrong.',
  rejected: 'A steward has rejected this request.',
  revoked: 'The stewards have revoked this node.',
  'not-a-member': 'This key is no member of the hive.',
  'not-issuing': 'This node issues no certificates just now.',
  'domain-not-proven': 'The domain did not answer for this node.',
  'domain-not-allowed': 'Nobody with that domain is let in here.',
  'lapsed-too-long': 'The certificate ended too long ago to be renewed; join again.',
  'unknown-enrolment': 'No such enrolment is known here.',
  'domain-taken': 'Another node has proven that domain. A steward can release it.',
  'key-changed': 'The key is not the one that is on record.',
  'invite-used': 'The invite was used up.',
  'invite-expired': 'The invite has expired.',
  'invite-revoked': 'The stewards have revoked the invite.',
  'challenge-ended': 'The challenge has ended; begin again.',
  'too-many': 'Too many requests; try again later.',
  'hive-full': 'The hive takes no more members.',
  halted: 'The hive has been halted; nobody is let in until it resumes.',
  'try-later': 'The issuer cannot issue just now; try again soon.',
};

/** After how many seconds it is worth asking again, where the refusal is for now only. */
const retryAfter: Partial<Record<EnrolmentRefusal, number>> = {
  'too-many': 3_600,
  'hive-full': 3_600,
  halted: 60,
  'try-later': 10,
};

export const refuse = (reason: EnrolmentRefusal, more: Omit<DeskRefusal, 'kind' | 'reason'> = {}): DeskRefusal => ({
  kind: 'refuse',
  reason,
  ...more,
});

/** A refusal as it is answered. */
export function refusalReply({ reason, error, retryAfterSeconds }: DeskRefusal): HiveReply {
  const wait = retryAfterSeconds ?? retryAfter[reason];
  return {
    status: enrolmentRefusals[reason],
    body: { reason, error: error ?? sentences[reason] ?? 'The issuer refuses.' },
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  };
}

/** A message of the protocol as the body of an answer: what JSON carries of it. */
export function jsonOf(message: object): JsonValue {
  return JSON.parse(JSON.stringify(message)) as JsonValue; // what JSON.parse gives is one
}
