import { randomBytes } from 'node:crypto';
import { createDomainProver } from '../trust/authority/create-domain-prover.ts';
import { createEnrolmentDesk, type RunningEnrolmentDesk } from '../trust/authority/create-enrolment-desk.ts';
import { createRevocationPublisher } from '../trust/authority/create-revocation-publisher.ts';
import { createStewardDesk } from '../trust/authority/create-steward-desk.ts';
import { createDirectoryMaker, type DirectoryMaker } from '../trust/authority/directory-maker.ts';
import { createDnsResolver } from '../trust/authority/dns-addresses.ts';
import type { FederationKeyDesk } from '../trust/authority/federation-key-desk.ts';
import type { HiveDirectory } from '../trust/authority/hive-directory.ts';
import type { Issuer } from '../trust/authority/issuer-standing.ts';
import type { IssuerAddress, StewardDesk } from '../trust/authority/steward-desk.ts';
import type { FederationKeys } from '../trust/federation-keys.ts';
import { knownAuthorities } from '../trust/transport/known-authorities.ts';
import type { TrustParts } from './trust-parts.ts';

const day = 24 * 60 * 60_000;
/** How long ago a certificate may have ended and still be renewed without a question, ms (protocol.md, section 3). */
export const renewalGraceMs = 90 * day;

/** What issuing takes besides the parts. */
export interface IssuingOptions {
  readonly issuer: Issuer;
  readonly federationKeys: FederationKeys;
  readonly federationKeyDesk: FederationKeyDesk;
  /** Makes its own directory; a regional passes on what it was given. */
  readonly isCentral: boolean;
  address(): IssuerAddress | null;
}

/** What a node does for others. */
export interface Issuing {
  readonly desk: RunningEnrolmentDesk;
  readonly stewards: StewardDesk;
  /** Puts right what changed with the standing: the directory, the list of revocations. Never rejects. */
  refresh(): Promise<void>;
}

/** Central and regionals with `issue` enrol, renew and revoke; others refuse until they may. */
export function createIssuing(parts: TrustParts, options: IssuingOptions): Issuing {
  const { storage, clock, log, hiveTime, identity, verify, revocations, breaker, config, stops, store } = parts;
  const { issuer, federationKeys, federationKeyDesk, isCentral, address } = options;
  const publisher = createRevocationPublisher({ storage, issuer, book: revocations, hiveTime, clock, log });
  stops.add(() => publisher.stop());
  const maker = isCentral ? createDirectoryMaker({ storage, issuer, identity, address, hiveTime, clock, log }) : null;
  if (maker !== null) stops.add(() => maker.stop());
  const directory: HiveDirectory = maker ?? { get: () => store.get().hive?.directory ?? null };
  const { admission, adopt, domainSuffixes, maxLocals, nodeName } = config.hive;
  const desk = createEnrolmentDesk({
    storage,
    identity,
    issuer,
    admission: { modes: admission, adopt, domainSuffixes, maxMembers: maxLocals, renewalGraceMs },
    regionName: nodeName,
    federationKeys,
    directory,
    bootstrap: () => [],
    revocations,
    publisher,
    breaker,
    hiveTime,
    clock,
    domains: admission.includes('domain') ? domainProver(parts) : null,
    verify,
    log,
  });
  const stewards = createStewardDesk({
    storage,
    issuer,
    publisher,
    federationKey: federationKeyDesk,
    address,
    hiveTime,
    wordsOf: parts.wordsOf,
    randomBytes,
    onMembersChanged: () => void maker?.remake(),
    log,
  });
  return { desk, stewards, refresh: () => refresh(maker, publisher, desk) };
}

async function refresh(
  maker: DirectoryMaker | null,
  publisher: { publish(): Promise<void> },
  desk: RunningEnrolmentDesk,
): Promise<void> {
  await maker?.remake();
  await publisher.publish();
  await desk.finishLeftovers();
}

function domainProver({ config, clock, caBundle, verify }: TrustParts): ReturnType<typeof createDomainProver> {
  const { dnsServer, privateDomains } = config.hive;
  return createDomainProver({
    resolve: createDnsResolver(dnsServer),
    authorities: knownAuthorities(caBundle),
    allowsPrivate: privateDomains,
    verify,
    clock,
  });
}
