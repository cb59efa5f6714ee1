import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { forkSigner } from '../platform/fork-signer.ts';
import { publicKeySchema } from '../protocol/trust/key-text.ts';
import { readWireTime } from '../protocol/trust/wire-time.ts';
import { type FederationKeyStore, openFederationKeyStore } from '../trust/authority/federation-key-store.ts';
import { createHiveState } from '../trust/authority/hive-state.ts';
import type { Issuer } from '../trust/authority/issuer-standing.ts';
import { createSignerWatch, type SignerFacts } from '../trust/authority/signer-watch.ts';
import { type CentralStanding, openCentralStanding } from '../trust/central/central-standing.ts';
import { centralCertificateFile } from '../trust/central/certificate-file.ts';
import { createSignerClient, type SignerClient } from '../trust/signer/signer-client.ts';
import { connectToSigner } from '../trust/signer/signer-socket.ts';
import type { CentralFacts } from './hive-place.ts';
import { secureRandom, type TrustParts } from './trust-parts.ts';

/** What makes a process a central one. */
export interface Central {
  readonly issuer: Issuer;
  readonly federationKeys: FederationKeyStore;
  /** This process's user can read the master key. */
  readonly isMasterKeyHere: boolean;
  facts(): CentralFacts;
  /** Looks whether the signer answers. Never rejects. */
  look(): Promise<void>;
}

/**
 * Gets this process its own certificate from the signer, and goes on renewing it. The first answer of the signer decides
 * which hive the folder serves; another key later is refused. Rejects with `master-key-unusable`, and with
 * `signer-unreachable` or `signer-refused` where there is no certificate of an earlier run to begin with.
 *
 * @param tell called when the standing has changed
 */
export async function startCentral(parts: TrustParts, tell: () => void): Promise<Central> {
  const { config, places, storage, identity, clock, log, stops, environmentKey, verify } = parts;
  const anchors = createHiveState(storage, 'anchor', z.object({ anchor: publicKeySchema }));
  const known = (await anchors.read())?.anchor ?? null;
  const { client, ask } = openSignerClient(parts, known);
  const watch = createSignerWatch({ ask, clock });
  stops.add(() => watch.stop());
  const signer = watch.hear(client);
  const standing = await openCentralStanding({
    identity,
    signer,
    file: centralCertificateFile(places.identity, known, verify),
    nodeName: config.hive.nodeName,
    hiveName: config.hive.nodeName,
    clock,
    random: secureRandom,
    log,
  });
  stops.add(() => standing.stop());
  const { hive } = standing.standing() ?? (await firstStanding(signer, standing));
  parts.anchor.central = hive;
  if (known === null) await anchors.change(() => ({ anchor: hive }));
  stops.add(standing.onChange(tell));
  const federationKeys = await openFederationKeyStore({ storage, environmentKey, clock, randomBytes });
  stops.add(() => federationKeys.stop());
  const isMasterKeyHere = config.hive.signer.kind === 'fork';
  await watch.start(standing, tell);
  return {
    issuer: standing,
    federationKeys,
    isMasterKeyHere,
    facts: () => {
      const own = { name: config.hive.nodeName, anchor: parts.anchor.central, isMasterKeyHere };
      return factsOf(standing, watch.facts(), own);
    },
    look: () => watch.look(),
  };
}

/** The signer, and what shows that it lives: a connection that stands says nothing of a process that hangs. */
interface OpenSigner {
  readonly client: SignerClient;
  ask(): Promise<unknown>;
}

function openSignerClient(
  { config, places, identity, clock, log, stops, verify, anchor }: TrustParts,
  known: string | null,
): OpenSigner {
  const { signer, signerPerHour } = config.hive;
  if (signer.kind === 'socket') {
    const connect = () => connectToSigner(signer.path);
    const client = createSignerClient({ connect, clock, verify, expectedAnchor: known });
    stops.add(() => client.close());
    const ask = async (): Promise<void> => {
      const visitor = createSignerClient({ connect, clock, verify, expectedAnchor: anchor.central ?? known });
      await visitor.anchor().finally(() => visitor.close());
    };
    return { client, ask };
  }
  const child = forkSigner({
    keyFile: signer.keyFile,
    passphraseFile: signer.passphraseFile,
    sequenceFile: path.join(places.identity, 'signed_sequence.json'),
    centralKeys: [identity.publicKey],
    perHour: signerPerHour,
    clock,
    log,
  });
  stops.add(() => child.stop());
  const client = createSignerClient({ connect: () => child.connect(), clock, verify, expectedAnchor: known });
  stops.add(() => client.close());
  // A child speaks over its pipes once; they end with it, and then this starts it anew.
  return { client, ask: () => client.anchor() };
}

/** The signer is asked itself first, because it says what is wrong with its key; the standing would only try again. */
async function firstStanding(signer: SignerClient, standing: CentralStanding) {
  await signer.anchor();
  return standing.first();
}

function factsOf(
  standing: CentralStanding,
  { trouble, lookedAt }: SignerFacts,
  own: Pick<CentralFacts, 'name' | 'anchor' | 'isMasterKeyHere'>,
): CentralFacts {
  const certificate = standing.standing()?.processChain.certificate;
  return {
    ...own,
    certificate: certificate ? { issuedAt: msOf(certificate.issued_at), endsAt: msOf(certificate.expires_at) } : null,
    trouble,
    signerLookedAt: lookedAt,
  };
}

/** Certificates are judged before they are kept, so their times can be read. */
const msOf = (wireTime: string): number => (readWireTime(wireTime) ?? 0) / 1000;
