import type { Parent } from './directory.ts';

/** Why a node looks for another parent (protocol.md, section 3, Directory). */
export type MoveReason = 'parent-revoked' | 'parent-ended' | 'parent-silent' | 'parent-issues-no-more';

const minute = 60_000;
const hour = 60 * minute;
/** A parent that answered nothing for so long is silent, ms. */
const silentAfterMs = 24 * hour;
/** And this node has to have tried for so long since it started or woke, ms: it may have been away itself. */
const triedForMs = 5 * minute;
/** A parent that says it issues nothing may be renewing itself, ms. */
const patienceMs = hour;

/** What is known of the parent. Times: hive time, ms since the epoch. */
export interface ParentFacts {
  readonly isRevoked: boolean;
  /** End of the parent's certificate as this node's chain has it. */
  readonly certificateEndsAtMs: number;
  /** When it last answered anything. */
  readonly answeredAtMs: number;
  /** For how long tries have failed since this node started or woke, ms; 0: the last one was answered. */
  readonly unansweredForMs: number;
  /** For how long renewals have failed since this node started or woke, whatever the parent said, ms; `null`: none failed. */
  readonly renewalFailingForMs: number | null;
  /** The last renewal was refused because the parent issues nothing. */
  readonly isNotIssuing: boolean;
  /** End of this node's own certificate. */
  readonly ownEndsAtMs: number;
}

/** Why to move, or `null`: stay. @param nowMs hive time */
export function moveReason(facts: ParentFacts, nowMs: number): MoveReason | null {
  const hasTried = facts.unansweredForMs >= triedForMs;
  const failingForMs = facts.renewalFailingForMs ?? 0;
  if (facts.isRevoked) return 'parent-revoked';
  if (nowMs > facts.certificateEndsAtMs && (hasTried || failingForMs >= triedForMs)) return 'parent-ended';
  if (facts.isNotIssuing && (nowMs > facts.ownEndsAtMs || failingForMs >= patienceMs)) return 'parent-issues-no-more';
  if (hasTried && nowMs - facts.answeredAtMs >= silentAfterMs) return 'parent-silent';
  return null;
}

/** Whom a node has, and whom it tried. */
export interface ChoiceTerms {
  readonly tier: Parent['tier'];
  readonly presentKey: string;
  readonly ownKey: string;
  readonly isRevoked: (publicKey: string) => boolean;
  /** Keys that refused this node for good, or were tried last. */
  readonly tried: ReadonlySet<string>;
  /** 0 <= x < 1 */
  readonly random: number;
}

/** Another parent that issues this tier: one of those not tried yet, at random; `null`: there is none. */
export function chooseParent(parents: readonly Parent[], terms: ChoiceTerms): Parent | null {
  const possible = parents.filter(
    ({ public_key, tier }) =>
      tier === terms.tier &&
      public_key !== terms.presentKey &&
      public_key !== terms.ownKey &&
      !terms.tried.has(public_key) &&
      !terms.isRevoked(public_key),
  );
  return possible[Math.floor(terms.random * possible.length)] ?? null;
}
