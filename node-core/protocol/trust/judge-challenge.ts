import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalBytes, signedBytes } from './canonical.ts';
import type { Certificate, MemberTier } from './certificate.ts';
import { judgeChain } from './chain.ts';
import type { ChainDefect, ChainTerms } from './chain-terms.ts';
import { type RegisterReply, type RegisterRequest, registerReplySchema } from './enrolment.ts';
import type { VerifySignature } from './key-text.ts';
import { readWireTime } from './wire-time.ts';

/** Why the answer to `POST /register` is refused; nothing is signed then. A defect of the issuer's chain has its own name. */
export type ChallengeDefect =
  | ChainDefect
  | 'malformed-answer'
  | 'wrong-nonce'
  | 'wrong-key'
  | 'wrong-request'
  | 'other-issuer'
  | 'bad-challenge-signature'
  | 'challenge-ended'
  | 'clock-too-far'
  | 'not-central';

/**
 * `clock`: all is proven but the time. `theirMs` is what the issuer states, ms since the epoch; with it, or with a new
 * challenge, the answer would be accepted.
 */
export type ChallengeVerdict =
  | { readonly kind: 'accepted'; readonly reply: RegisterReply }
  | { readonly kind: 'clock'; readonly theirMs: number; readonly defect: ChallengeDefect }
  | { readonly kind: 'refused'; readonly defect: ChallengeDefect };

/** What the answer is judged by. */
export interface ChallengeTerms {
  /** What was sent. */
  readonly request: RegisterRequest;
  /** The pinned trust anchor, hex. */
  readonly anchor: string;
  /** Hive time, ms since the epoch. */
  readonly nowMs: number;
  /** This computer's own clock, ms since the epoch. */
  readonly ownMs: number;
  /** Hive time never goes back before it. */
  readonly floorMs: number;
  readonly verify: VerifySignature;
  readonly isRevoked: ChainTerms['isRevoked'];
}

/** A challenge counts for 60 s; who states more wants a signature to keep. */
const longestChallengeMs = 60_000;
/** How far ahead of hive time a challenge may be made, as with certificates. */
const clockToleranceMs = 5 * 60_000;

/** The furthest that an issuer may say this computer's clock is off, either way, ms: it must not set time at will. */
export const furthestClockMs = 11 * 24 * 60 * 60_000;

/** SHA-256 of the canonical request, hex: what ties a challenge to it. */
const requestHash = (request: RegisterRequest): string => bytesToHex(sha256(canonicalBytes(request)));

/**
 * Judges the answer to `POST /register` (protocol.md, section 3): that it is for this request, and made by a process
 * whose chain leads to the pinned anchor. Takes any value; never throws.
 */
export function judgeChallenge(presented: unknown, terms: ChallengeTerms): ChallengeVerdict {
  const parsed = registerReplySchema.safeParse(presented);
  if (!parsed.success) return refused('malformed-answer');
  const reply = parsed.data;
  const [issuer, ...issuers] = reply.issuers;
  const issuedMicros = readWireTime(reply.challenge.issued_at);
  const expiresMicros = readWireTime(reply.challenge.expires_at);
  if (issuer === undefined || issuedMicros === null || expiresMicros === null) return refused('malformed-answer');
  const unfit = notForThisRequest(reply, issuer, terms);
  if (unfit !== null) return refused(unfit);

  const issuedMs = Math.floor(issuedMicros / 1000);
  const statedMs = Math.max(issuedMs, terms.floorMs);
  const chainDefect = (nowMs: number): ChainDefect | null => {
    const verdict = judgeChain({ certificate: issuer, issuers }, { ...terms, nowMs });
    return verdict.kind === 'refused' ? verdict.defect : null;
  };
  const defect = chainDefect(terms.nowMs);
  const isOfTime = defect === 'not-yet-valid' || defect === 'expired';
  if (defect !== null && !(isOfTime && chainDefect(statedMs) === null)) return refused(defect);
  if (!mayIssue(issuer, terms.request.tier)) return refused('not-central');
  if (!isSignedBy(issuer, reply, terms.verify)) return refused('bad-challenge-signature');

  return judgeTimes(reply, { issuedMs, expiresMs: Math.floor(expiresMicros / 1000) }, defect, terms);
}

/** Judges when a challenge counts, all else being proven. @param defect of the chain, which a right clock would heal */
function judgeTimes(
  reply: RegisterReply,
  { issuedMs, expiresMs }: { readonly issuedMs: number; readonly expiresMs: number },
  defect: ChainDefect | null,
  { nowMs, ownMs }: Pick<ChallengeTerms, 'nowMs' | 'ownMs'>,
): ChallengeVerdict {
  const lastsMs = expiresMs - issuedMs;
  if (lastsMs <= 0 || lastsMs > longestChallengeMs) return refused('challenge-ended');
  const isCurrent = nowMs <= expiresMs && issuedMs <= nowMs + clockToleranceMs;
  if (defect === null && isCurrent) return { kind: 'accepted', reply };
  if (Math.abs(issuedMs - ownMs) > furthestClockMs) return refused('clock-too-far');
  return { kind: 'clock', theirMs: issuedMs, defect: defect ?? 'challenge-ended' };
}

function notForThisRequest(reply: RegisterReply, issuer: Certificate, terms: ChallengeTerms): ChallengeDefect | null {
  const { challenge } = reply;
  const { request } = terms;
  if (challenge.client_nonce !== request.client_nonce) return 'wrong-nonce';
  if (challenge.subject_public_key !== request.public_key) return 'wrong-key';
  if (challenge.request !== requestHash(request)) return 'wrong-request';
  if (challenge.hive !== terms.anchor) return 'other-anchor';
  return challenge.issuer_public_key === issuer.public_key ? null : 'other-issuer';
}

/** Regionals are let in by a central process, locals by a regional with `issue`. */
function mayIssue(issuer: Certificate, tier: MemberTier): boolean {
  if (tier === 'regional') return issuer.tier === 'central';
  return issuer.tier === 'regional' && issuer.capabilities.includes('issue');
}

/** What a later version adds to a challenge is signed with it. */
function isSignedBy(issuer: Certificate, reply: RegisterReply, verify: VerifySignature): boolean {
  try {
    return verify(signedBytes('challenge', reply.challenge), reply.challenge_signature, issuer.public_key);
  } catch {
    // A field that we do not know has no canonical form.
    return false;
  }
}

const refused = (defect: ChallengeDefect): ChallengeVerdict => ({ kind: 'refused', defect });
