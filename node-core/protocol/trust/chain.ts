import { z } from 'zod';
import { mayIssue } from './capabilities.ts';
import {
  type Certificate,
  type CertificateChain,
  certificateBytes,
  certificateLimitBytes,
  chainSchema,
} from './certificate.ts';
import { type ChainLink, lastingRefusal, presentRefusal } from './chain-rules.ts';
import type { ChainRefusal, ChainTerms } from './chain-terms.ts';
import { isLargerThan } from './json-size.ts';
import { readWireTime } from './wire-time.ts';

const partsSchema = z.object({ certificate: z.unknown(), issuers: z.array(z.unknown()) });

/** `position` counts from the leaf, 0; its parent is 1. */
export type ChainVerdict =
  | { readonly kind: 'valid'; readonly chain: CertificateChain; readonly endsAtMs: number }
  | ChainRefusal;

/** A chain whose shape, signatures, anchor, tiers and capabilities are in order: what no time changes. */
export interface SignedChain {
  readonly kind: 'signed';
  readonly chain: CertificateChain;
  readonly links: readonly ChainLink[];
}

/** Judges what somebody presented as `{certificate, issuers}`. Takes any value that JSON can carry; never throws. */
export function judgeChain(presented: unknown, terms: ChainTerms): ChainVerdict {
  const signed = readChain(presented, terms);
  return signed.kind === 'signed' ? judgeSigned(signed, terms) : signed;
}

/** The first, lasting half of the judgement: all that needs signatures. */
export function readChain(
  presented: unknown,
  terms: Pick<ChainTerms, 'anchor' | 'verify'>,
): SignedChain | ChainRefusal {
  const shaped = readShape(presented);
  if (shaped.kind === 'refused') return shaped;
  return lastingRefusal(shaped.links, terms) ?? shaped;
}

/** The second half: times, revocations, hive. Cheap; asked anew each time. */
export function judgeSigned({ chain, links }: SignedChain, terms: Omit<ChainTerms, 'verify'>): ChainVerdict {
  const endsAtMs = Math.floor((links[0]?.expiresAt ?? 0) / 1000);
  return presentRefusal(links, terms) ?? { kind: 'valid', chain, endsAtMs };
}

function readShape(presented: unknown): SignedChain | ChainRefusal {
  const oversized = oversizedPosition(presented);
  if (oversized !== null) return { kind: 'refused', defect: 'too-large', position: oversized };
  const parsed = chainSchema.safeParse(presented);
  if (!parsed.success) return { kind: 'refused', defect: 'malformed', position: positionOf(parsed.error.issues) };
  const links = [parsed.data.certificate, ...parsed.data.issuers].map(linkOf);
  const backwards = links.findIndex(({ issuedAt, expiresAt }) => expiresAt < issuedAt);
  if (backwards >= 0) return { kind: 'refused', defect: 'malformed', position: backwards };
  return { kind: 'signed', chain: parsed.data, links };
}

/** Looked at before the shape: nothing large is parsed. */
function oversizedPosition(presented: unknown): number | null {
  if (!isLargerThan(presented, certificateLimitBytes)) return null;
  const parts = partsSchema.safeParse(presented);
  if (!parts.success) return 0;
  const position = [parts.data.certificate, ...parts.data.issuers.slice(0, 4)].findIndex((part) =>
    isLargerThan(part, certificateLimitBytes),
  );
  if (position >= 0) return position;
  return isLargerThan(presented, 5 * certificateLimitBytes) ? 0 : null;
}

function positionOf([issue]: readonly { readonly path: readonly PropertyKey[] }[]): number {
  const [part, index] = issue?.path ?? [];
  return part === 'issuers' && typeof index === 'number' ? index + 1 : 0;
}

function linkOf(certificate: Certificate): ChainLink {
  return {
    publicKey: certificate.public_key,
    tier: certificate.tier,
    mayIssue: mayIssue(certificate),
    parentKey: certificate.parent_public_key,
    issuedAt: readWireTime(certificate.issued_at) ?? Number.NaN,
    expiresAt: readWireTime(certificate.expires_at) ?? Number.NaN,
    serial: certificate.serial,
    hive: certificate.hive,
    bytes: certificateBytes(certificate),
    signature: certificate.parent_signature,
  };
}
