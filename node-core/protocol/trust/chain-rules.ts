import type { CertificateTier } from './certificate.ts';
import type { ChainDefect, ChainRefusal, ChainTerms } from './chain-terms.ts';
import type { VerifySignature } from './key-text.ts';

/** One certificate as the rules see it, whatever its shape on the wire. Times: microseconds since the epoch. */
export interface ChainLink {
  readonly publicKey: string;
  readonly tier: CertificateTier;
  readonly mayIssue: boolean;
  readonly parentKey: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Empty: the shape has none. */
  readonly serial: string;
  /** `null`: the shape does not name its hive. */
  readonly hive: string | null;
  /** What the parent signed. */
  readonly bytes: Uint8Array;
  /** 128 hex */
  readonly signature: string;
}

const clockToleranceMicros = 5 * 60 * 1_000_000;
const longestLifetimeMicros = 366 * 86_400 * 1_000_000;

type LinkRule = (link: ChainLink, parent: ChainLink | null, position: number) => boolean;

/** The rule of each defect, in order; one that returns `true` refuses. */
type Rules = readonly (readonly [ChainDefect, LinkRule])[];

function firstRefusal(links: readonly ChainLink[], rules: Rules): ChainRefusal | null {
  for (const [defect, isBroken] of rules) {
    const position = links.findIndex((link, at) => isBroken(link, links[at + 1] ?? null, at));
    if (position >= 0) return { kind: 'refused', defect, position };
  }
  return null;
}

/**
 * What is wrong with a chain at any time, or `null`: signatures, anchor, tiers, capabilities. A certificate whose parent
 * in the chain is not the one that it names counts as badly signed.
 */
export function lastingRefusal(
  links: readonly ChainLink[],
  { anchor, verify }: { readonly anchor: string; readonly verify: VerifySignature },
): ChainRefusal | null {
  return firstRefusal(links, [
    [
      'bad-signature',
      (link, parent) =>
        (parent !== null && parent.publicKey !== link.parentKey) || !verify(link.bytes, link.signature, link.parentKey),
    ],
    ['other-anchor', (link, parent) => parent === null && link.parentKey !== anchor],
    ['tier-not-allowed', (link, parent, position) => !isTierAllowed(link, parent, position)],
    ['capability-missing', (link, _parent, position) => position > 0 && !link.mayIssue],
  ]);
}

/** Under the anchor stand central and regional; under a regional, locals; under others nobody. */
function isTierAllowed(link: ChainLink, parent: ChainLink | null, position: number): boolean {
  if (position > 0 && link.tier !== 'regional') return false;
  return parent === null ? link.tier !== 'local' : link.tier === 'local';
}

/** What is wrong with a chain at present, or `null`: times, revocations, hive. */
export function presentRefusal(
  links: readonly ChainLink[],
  { anchor, nowMs, isRevoked, endedLeafGraceMs = 0 }: Omit<ChainTerms, 'verify'>,
): ChainRefusal | null {
  const now = Math.round(nowMs * 1000);
  return firstRefusal(links, [
    ['not-yet-valid', (link) => link.issuedAt > now + clockToleranceMicros],
    ['expired', (link) => now > link.expiresAt + endedLeafGraceMs * 1000],
    ['lifetime-too-long', (link) => link.expiresAt - link.issuedAt > longestLifetimeMicros],
    ['outlives-parent', (link, parent) => parent !== null && link.expiresAt > parent.expiresAt],
    ['revoked', (link) => isRevoked(link.publicKey, link.serial, link.parentKey)],
    ['other-hive', (link) => link.hive !== null && link.hive !== anchor],
  ]);
}
