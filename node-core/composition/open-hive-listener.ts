import os from 'node:os';
import { FailureError, failureOf } from '../api/failures.ts';
import type { ReportBug } from '../api/server.ts';
import { type HiveListening, listenHive } from '../http/hive/hive-listener.ts';
import type { Applicant } from '../trust/applicant/applicant.ts';
import type { Issuer } from '../trust/authority/issuer-standing.ts';
import type { FederationKeys } from '../trust/federation-keys.ts';
import { createRequestJudge } from '../trust/transport/judge-request.ts';
import { createNonceStore } from '../trust/transport/nonce-store.ts';
import { type HiveAddress, wantsListener } from './hive-address.ts';
import { type Issuing, renewalGraceMs } from './issuing.ts';
import { memberChains } from './member-chains.ts';
import type { TrustParts } from './trust-parts.ts';

/** What stands behind the hive listener. */
export interface HiveListenerParts {
  readonly address: HiveAddress;
  readonly issuer: Issuer;
  readonly issuing: Issuing;
  readonly applicant: Applicant;
  readonly federationKeys: FederationKeys;
  readonly joinFolder: string;
  readonly reportBug: ReportBug;
}

/** Opens the hive listener where the configuration asks for one; `null`: it does not. Rejects with `port-taken`. */
export async function openHiveListener(parts: TrustParts, behind: HiveListenerParts): Promise<HiveListening | null> {
  if (!wantsListener(parts)) return null;
  const { config, clock, verify, verifier, revocations, hiveTime, storage } = parts;
  const { address, issuer, issuing, applicant, federationKeys, joinFolder, reportBug } = behind;
  const { hive } = config;
  if (address.get() === null && config.tier === 'central') {
    const reason = 'a central needs one: how others reach it';
    throw new FailureError({ kind: 'config-invalid', name: '--public-url', source: 'this start', reason });
  }
  const judge = createRequestJudge({
    verify,
    verifier,
    revocations,
    chains: memberChains(parts, issuer),
    federationKeys,
    hiveTime,
    nonces: createNonceStore(storage),
  });
  const opening = listenHive({
    node: {
      version: config.version,
      clock,
      publicUrls: address.publicUrl === null ? [] : [new URL(address.publicUrl)],
      trustedProxies: hive.tls.kind === 'behind-proxy' ? [hive.tls.address] : [],
      renewalGraceMs,
      judge,
      joinFolder,
      // Also while it may issue nothing: what was revoked is told on, and the desk refuses the rest itself.
      desk: () => issuing.desk,
      challengeAnswer: (enrolmentId) => applicant.challengeAnswer(enrolmentId),
      reportBug,
    },
    host: hive.host ?? (address.tls === null ? '127.0.0.1' : anyAddress()),
    port: hive.port,
    tls: address.tls,
    ...(address.tls === null ? {} : { remakeTls: address.remakeTls }),
  });
  return opening.catch((error: unknown) => {
    throw ofHivePort(error);
  });
}

/** The sentence of a taken port speaks of the personal listener's flag. */
function ofHivePort(error: unknown): unknown {
  const failure = failureOf(error);
  if (failure?.kind !== 'port-taken') return error;
  const free = failure.freePort === null ? '' : `; port ${failure.freePort} is free`;
  const reason = `port ${failure.port} is taken${free}`;
  const invalid = { kind: 'config-invalid', name: '--hive-port', source: 'this start', reason } as const;
  return new FailureError(invalid, { cause: error });
}

/** All addresses; those of IPv6 as well where this computer has any. */
function anyAddress(): string {
  const all = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}
