import type { MemberTier } from './certificate.ts';
import type { EnrolmentRefusal } from './enrolment.ts';
import { isBelow } from './fqdn.ts';

/** How an issuer lets applicants in (protocol.md, section 3, Admission). Several can hold at once. */
export const admissionModes = ['invite', 'approve', 'domain', 'open'] as const;
export type AdmissionMode = (typeof admissionModes)[number];

/** What the stewards have set. */
export interface AdmissionPolicy {
  readonly modes: readonly AdmissionMode[];
  /** Of `domain`: names below one of these are let in; as `readDomainSuffix` reads them. */
  readonly domainSuffixes: readonly string[];
  /** Most members whose certificate counts; `null`: no limit. */
  readonly maxMembers: number | null;
  /** How long ago a certificate may have ended and still be renewed without a question, ms. */
  readonly renewalGraceMs: number;
  /**
   * Whether a member of the same hive whose own parent is gone is let in with its last certificate; `ask`: a steward
   * decides, as for everybody whose certificate ended long ago.
   */
  readonly adopt: 'yes' | 'ask' | 'no';
}

const day = 24 * 60 * 60_000;
/** An invite is needed, or a steward decides. */
export const defaultAdmission: AdmissionPolicy = {
  modes: ['invite'],
  domainSuffixes: [],
  maxMembers: null,
  renewalGraceMs: 90 * day,
  adopt: 'yes',
};

/** Most requests that wait for a steward. */
export const mostPending = 1_000;
/** Most of them that one network address asked for; this machine's are not counted. */
const mostPendingOfAddress = 5;
/** How long a request waits for a steward, ms. */
export const pendingForMs = 30 * day;
/** How long a rejected key needs an invite, ms. */
const rejectedForMs = day;
/** How long after the end of its holder's certificate a domain passes to another key, ms. */
const domainHeldMs = day;

/** The invite that an applicant names, as it is kept. */
export interface InviteFacts {
  readonly tier: MemberTier;
  readonly mayIssue: boolean;
  readonly uses: number;
  /** How many other keys have used it. */
  readonly usedByOthers: number;
  /** It is bound to this key already. */
  readonly isUsedByThisKey: boolean;
  /** ms since the epoch */
  readonly expiresAtMs: number;
  readonly isRevoked: boolean;
}

/** What is on record of the applicant's key. */
export interface MemberFacts {
  readonly state: 'active' | 'revoked' | 'left';
  readonly mayIssue: boolean;
  /** Of its newest certificate, ms since the epoch. */
  readonly certificateEndsAtMs: number;
}

/** Everything that an admission is decided by. The applicant has proven its key. */
export interface AdmissionCase {
  readonly tier: MemberTier;
  /** What this issuer issues. */
  readonly issues: MemberTier;
  readonly isLoopback: boolean;
  /** `none`: no invite is named. `unknown`: none of that id is kept. */
  readonly invite: 'none' | 'unknown' | InviteFacts;
  /** It has shown that it holds the invite's secret. */
  readonly isInviteProven: boolean;
  /** `null`: never a member. */
  readonly member: MemberFacts | null;
  /** It showed a certificate of this hive that another parent gave it, nothing of it revoked, that counts or ended lately. */
  readonly movesHere: boolean;
  /** This key is revoked here or by somebody above. */
  readonly isRevoked: boolean;
  readonly domain: DomainFacts | null;
  /** A steward's decision on this request; `null`: none yet. */
  readonly approval: { readonly mayIssue: boolean } | null;
  /** When a steward last rejected this key, ms since the epoch. */
  readonly rejectedAtMs: number | null;
  /** Members whose certificate counts, without this key. */
  readonly otherMembers: number;
  /** Requests that wait for a steward, without this one. */
  readonly otherPending: number;
  /** Those of them that came from the same address. */
  readonly otherPendingOfAddress: number;
  /** Hive time, ms since the epoch. */
  readonly nowMs: number;
}

/** The domain that an applicant claims; only where `domain` admits. */
export interface DomainFacts {
  readonly fqdn: string;
  /** It answered the callback in this enrolment. */
  readonly isProven: boolean;
  /** Another key that has proven it; `null`: none. */
  readonly otherHolder: { readonly certificateEndsAtMs: number } | null;
}

/** What let an applicant in. */
export type AdmittedBy = 'invite' | 'approval' | 'membership' | 'move' | 'domain' | 'open';

/** `prove-domain`: ask the domain, then decide again. */
export type Admission =
  | { readonly kind: 'issue'; readonly by: AdmittedBy; readonly mayIssue: boolean }
  | { readonly kind: 'pending' }
  | { readonly kind: 'prove-domain' }
  | { readonly kind: 'refuse'; readonly reason: EnrolmentRefusal };

/** Decides what becomes of an applicant that has proven its key. */
export function decideAdmission(asked: AdmissionCase, policy: AdmissionPolicy): Admission {
  if (asked.tier !== asked.issues) return refuse('tier-not-offered');
  if (asked.isRevoked || asked.member?.state === 'revoked') return refuse('revoked');
  const admission = admit(asked, policy);
  if (admission.kind === 'issue' && isFull(asked, policy)) return refuse('hive-full');
  if (admission.kind === 'pending' && isCrowded(asked)) return refuse('too-many');
  // Only regionals can issue.
  return admission.kind === 'issue'
    ? { ...admission, mayIssue: admission.mayIssue && asked.tier === 'regional' }
    : admission;
}

function admit(asked: AdmissionCase, policy: AdmissionPolicy): Admission {
  if (asked.invite !== 'none' && policy.modes.includes('invite')) return admitByInvite(asked, asked.invite);
  if (asked.approval) return { kind: 'issue', by: 'approval', mayIssue: asked.approval.mayIssue };
  if (asked.member && canRenew(asked.member, asked.nowMs, policy)) {
    return { kind: 'issue', by: 'membership', mayIssue: asked.member.mayIssue };
  }
  // Who left here comes back as anybody else: what another parent gave it says nothing of why it went.
  const movesHere = asked.movesHere && asked.member?.state !== 'left';
  if (movesHere && policy.adopt === 'yes') return { kind: 'issue', by: 'move', mayIssue: false };
  if (movesHere && policy.adopt === 'no') return refuse('not-a-member');
  if (asked.domain) return admitByDomain(asked, asked.domain, policy);
  if (asked.isLoopback && policy.modes.includes('open')) return { kind: 'issue', by: 'open', mayIssue: false };
  if (asked.rejectedAtMs !== null && asked.nowMs - asked.rejectedAtMs < rejectedForMs) return refuse('rejected');
  return { kind: 'pending' };
}

function admitByInvite(asked: AdmissionCase, invite: 'unknown' | InviteFacts): Admission {
  // Nothing is told about an invite to who does not hold its secret.
  if (invite === 'unknown' || !asked.isInviteProven) return refuse('bad-proof');
  if (invite.isRevoked) return refuse('invite-revoked');
  if (invite.expiresAtMs <= asked.nowMs) return refuse('invite-expired');
  if (!invite.isUsedByThisKey && invite.usedByOthers >= invite.uses) return refuse('invite-used');
  if (invite.tier !== asked.tier) return refuse('invite-not-for-tier');
  return { kind: 'issue', by: 'invite', mayIssue: invite.mayIssue };
}

function admitByDomain({ nowMs }: AdmissionCase, domain: DomainFacts, policy: AdmissionPolicy): Admission {
  if (!policy.domainSuffixes.some((suffix) => isBelow(domain.fqdn, suffix))) return refuse('domain-not-allowed');
  const { otherHolder } = domain;
  if (otherHolder && nowMs - otherHolder.certificateEndsAtMs <= domainHeldMs) return refuse('domain-taken');
  return domain.isProven ? { kind: 'issue', by: 'domain', mayIssue: false } : { kind: 'prove-domain' };
}

/** Whether a member's certificate still counts, or ended so lately that no question is asked. */
export function canRenew(member: MemberFacts, nowMs: number, policy: Pick<AdmissionPolicy, 'renewalGraceMs'>): boolean {
  return member.state === 'active' && nowMs - member.certificateEndsAtMs <= policy.renewalGraceMs;
}

/** One stranger takes no other's place to wait in. */
const isCrowded = ({ otherPending, otherPendingOfAddress, isLoopback }: AdmissionCase): boolean =>
  otherPending >= mostPending || (!isLoopback && otherPendingOfAddress >= mostPendingOfAddress);

const isFull = ({ otherMembers }: AdmissionCase, { maxMembers }: AdmissionPolicy): boolean =>
  maxMembers !== null && otherMembers >= maxMembers;

const refuse = (reason: EnrolmentRefusal): Admission => ({ kind: 'refuse', reason });
