import type { TrustView } from '../api/trust-views.ts';
import type { Certificate } from '../protocol/trust/certificate.ts';
import { nodeIdOf } from '../protocol/trust/key-text.ts';
import { readWireTime } from '../protocol/trust/wire-time.ts';
import type { Applicant } from '../trust/applicant/applicant.ts';
import type { IssuerStanding } from '../trust/authority/issuer-standing.ts';
import { obstacleView } from '../trust/membership/obstacle-view.ts';
import type { Upkeep } from '../trust/membership/upkeep.ts';
import type { TrustParts } from './trust-parts.ts';

/** What is shown of trust besides what the parts know. */
export interface TrustViewSources {
  readonly parts: TrustParts;
  readonly applicant: Applicant;
  readonly upkeep: Upkeep;
  /** Of a central process; `null`: this is none, or it has no certificate yet. */
  centralStanding(): IssuerStanding | null;
  hiveAddress(): string | null;
  readonly isMasterKeyHere: boolean;
}

/** Puts together what `trust.get` answers. */
export async function trustView(sources: TrustViewSources): Promise<TrustView> {
  const { parts, applicant, isMasterKeyHere } = sources;
  const { identity, config } = parts;
  return {
    publicKey: identity.publicKey,
    nodeId: nodeIdOf(identity.publicKey),
    ownWords: [...(await parts.wordsOf(identity.publicKey))],
    nodeName: config.hive.nodeName,
    hiveAddress: sources.hiveAddress(),
    isInsecureLab: config.hive.tls.kind === 'insecure-lab',
    isMasterKeyHere,
    membership: await membershipView(sources),
    application: applicant.view(),
    join: applicant.progress(),
    history: parts.store.get().history,
  };
}

async function membershipView(sources: TrustViewSources): Promise<TrustView['membership']> {
  const { parts, upkeep } = sources;
  const standing = sources.centralStanding();
  if (standing !== null) return centralView(standing, parts);
  const membership = upkeep.view();
  if (membership === null) return null;
  const { state: _, renewalObstacle, ...rest } = membership;
  const anchorWords = [...(await parts.wordsOf(membership.anchor))];
  const issuerWords = await wordsOfAll(membership.issuers, parts);
  return { ...rest, anchorWords, issuerWords, renewalObstacle: renewalObstacle && obstacleView(renewalObstacle) };
}

/** A central process shows its own certificate, which its signer renews. */
async function centralView(
  { hive, processChain }: IssuerStanding,
  parts: TrustParts,
): Promise<TrustView['membership']> {
  const { wordsOf, hiveTime, config } = parts;
  const { certificate, issuers } = processChain;
  const [issuedAt, expiresAt] = [msOf(certificate.issued_at), msOf(certificate.expires_at)];
  return {
    anchor: hive,
    anchorWords: [...(await wordsOf(hive))],
    hiveName: config.hive.nodeName,
    tier: 'central',
    certificate,
    issuers: [...issuers],
    issuerWords: await wordsOfAll(issuers, parts),
    joinedAt: issuedAt,
    issuedAt,
    expiresAt,
    renewsAt: (issuedAt + expiresAt) / 2,
    renewalObstacle: null,
    mayIssue: true,
    parent: null,
    ended: null,
    clockOffsetMs: hiveTime.offsetMs(),
  };
}

/** The words of each issuer's key; slow once for each key. */
const wordsOfAll = (issuers: readonly Certificate[], { wordsOf }: TrustParts): Promise<string[][]> =>
  Promise.all(issuers.map(async ({ public_key }) => [...(await wordsOf(public_key))]));

/** Certificates are judged before they are kept, so their times can be read. */
const msOf = (wireTime: string): number => (readWireTime(wireTime) ?? 0) / 1000;
