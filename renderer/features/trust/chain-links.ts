import type { TrustView } from '../../../node-core/api/trust-views.ts';
import type { Certificate } from '../../../node-core/protocol/trust/certificate.ts';
import { readWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import { ownTime } from '../../own-time.ts';
import type { Membership } from './membership.ts';

/** From when until when a certificate counts, ms since the epoch by this computer's clock. */
export interface Lifetime {
  readonly from: number;
  readonly until: number;
}

/** One card of the picture of the chain. */
export type ChainLink = {
  readonly publicKey: string;
  readonly words: readonly string[];
} & (
  | { readonly kind: 'anchor' /** As the hive calls itself, or `null`. */; readonly name: string | null }
  | {
      readonly kind: 'issuer' | 'this-computer';
      readonly name: string;
      readonly tier: Certificate['tier'];
      readonly lifetime: Lifetime;
    }
);

/** The chain from the anchor down to this computer. */
export function chainLinks({ ownWords, nodeName }: TrustView, membership: Membership): readonly ChainLink[] {
  const { anchor, anchorWords, hiveName, issuers, issuerWords, certificate } = membership;
  const above = issuers.map(
    (issuer, place): ChainLink => ({
      kind: 'issuer',
      publicKey: issuer.public_key,
      words: issuerWords[place] ?? [],
      name: issuer.node_id,
      tier: issuer.tier,
      lifetime: lifetimeOf(issuer, membership),
    }),
  );
  return [
    { kind: 'anchor', publicKey: anchor, words: anchorWords, name: hiveName },
    ...above.reverse(),
    {
      kind: 'this-computer',
      publicKey: certificate.public_key,
      words: ownWords,
      name: nodeName,
      tier: certificate.tier,
      lifetime: lifetimeOf(certificate, membership),
    },
  ];
}

const lifetimeOf = ({ issued_at, expires_at }: Certificate, membership: Membership): Lifetime => ({
  from: ownTime(msOf(issued_at), membership),
  until: ownTime(msOf(expires_at), membership),
});

/** Certificates were judged before they were kept, so their times can be read. */
const msOf = (wireTime: string): number => (readWireTime(wireTime) ?? 0) / 1000;

/** How much of a lifetime is left, 0..1. */
export const shareLeft = ({ from, until }: Lifetime, now: number): number =>
  Math.min(1, Math.max(0, (until - now) / Math.max(1, until - from)));
