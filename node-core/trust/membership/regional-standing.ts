import { readWireTime } from '../../protocol/trust/wire-time.ts';
import type { Issuer, IssuerStanding } from '../authority/issuer-standing.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import type { HiveRecord } from './membership-record.ts';
import type { MembershipStore } from './membership-store.ts';

/** What a regional's standing is made of. */
export interface RegionalStandingOptions {
  readonly store: Pick<MembershipStore, 'get'>;
  readonly identity: NodeIdentity;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly revocations: Pick<RevocationBook, 'isRevoked'>;
}

/** Issues with this node's own key, for as long as its certificate is a regional's with `issue` and neither ended nor revoked. */
export function createRegionalStanding(options: RegionalStandingOptions): Issuer {
  return {
    standing() {
      const { hive } = options.store.get();
      return hive && mayIssue(hive, options) ? standingOf(hive, options.identity) : null;
    },
  };
}

function mayIssue(hive: HiveRecord, { identity, hiveTime, revocations }: RegionalStandingOptions): boolean {
  const { certificate } = hive.chain;
  return (
    hive.ended === null &&
    certificate.tier === 'regional' &&
    certificate.capabilities.includes('issue') &&
    certificate.public_key === identity.publicKey &&
    hiveTime.now() <= endOf(hive) &&
    !revocations.isRevoked(certificate.public_key, certificate.serial, certificate.parent_public_key)
  );
}

function standingOf(hive: HiveRecord, identity: NodeIdentity): IssuerStanding {
  return {
    hive: hive.anchor,
    issues: 'local',
    parentKey: identity.publicKey,
    processChain: hive.chain,
    issuersOfLeaf: [hive.chain.certificate],
    notAfterMs: endOf(hive),
    signCertificate: async (body) => identity.signCertificate(body),
    signRevocations: async (list) => identity.sign('revocation', list),
  };
}

/** ms since the epoch */
const endOf = ({ chain }: HiveRecord): number => (readWireTime(chain.certificate.expires_at) ?? 0) / 1000;
