import type { EnrolmentRefusal } from './enrolment.ts';

/**
 * Whether a refusal ends an enrolment. `again`: it may pass by itself, because time, the issuer's load or a setting of
 * either side changes; so it is tried again with back-off.
 */
const refusals: Readonly<Record<EnrolmentRefusal, 'final' | 'again'>> = {
  malformed: 'final',
  clock: 'again',
  'bad-signature': 'final',
  'not-signed': 'final',
  'replayed-nonce': 'again',
  'wrong-authority': 'again',
  'other-hive': 'final',
  'tier-not-offered': 'final',
  'invite-not-for-tier': 'final',
  'invite-bound': 'final',
  'bad-proof': 'final',
  rejected: 'final',
  revoked: 'final',
  'not-a-member': 'final',
  'not-issuing': 'again',
  'domain-not-proven': 'again',
  'domain-not-allowed': 'final',
  'lapsed-too-long': 'final',
  'unknown-enrolment': 'again',
  'domain-taken': 'again',
  'key-changed': 'final',
  'invite-used': 'final',
  'invite-expired': 'final',
  'invite-revoked': 'final',
  'challenge-ended': 'again',
  'too-large': 'final',
  'too-many': 'again',
  'hive-full': 'again',
  halted: 'again',
  'try-later': 'again',
};

/** Whether nothing more is tried after this refusal. A reason that is not known here is judged by its HTTP status. */
export function isFinalRefusal(reason: string, status: number): boolean {
  const known = new Map<string, 'final' | 'again'>(Object.entries(refusals)).get(reason);
  if (known !== undefined) return known === 'final';
  return status >= 400 && status < 500 && ![408, 421, 425, 429].includes(status);
}

/** Defects that time may heal: of a clock, or of a certificate that is just being renewed. */
const healing: readonly string[] = ['challenge-ended', 'clock-too-far', 'not-yet-valid', 'expired'];

/** Whether nothing more is tried after this defect of what the issuer showed. */
export const isFinalDefect = (defect: string): boolean => !healing.includes(defect);
