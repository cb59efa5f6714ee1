import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { SignerFork } from '../../node-core/platform/fork-signer.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { CertificateBody } from '../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../node-core/protocol/trust/wire-time.ts';
import type { SignerLink } from '../../node-core/trust/signer/json-lines.ts';
import { masterKeyOf } from '../../node-core/trust/signer/master-key.ts';
import { sequenceFile } from '../../node-core/trust/signer/signed-sequence.ts';
import { createSignerClient, type SignerClient } from '../../node-core/trust/signer/signer-client.ts';
import { createSignerServer, type SignerServer } from '../../node-core/trust/signer/signer-server.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';

export const masterSeed = Buffer.alloc(32, 7);
export const masterKey = masterKeyOf(masterSeed);
const { anchor } = masterKey;
/** Of the one node that signers of tests take for a central. */
export const centralKey = createSeededIdentity('node').publicKey;
export const dayMs = 24 * 60 * 60_000;

/** A certificate that a signer signs, unless it is changed. */
export const certificateBody = (changes: Partial<CertificateBody> = {}): CertificateBody => ({
  node_id: 'a regional',
  public_key: centralKey,
  tier: 'regional',
  region_name: '',
  issued_at: toWireTime(Date.now()),
  expires_at: toWireTime(Date.now() + dayMs),
  capabilities: ['mesh', 'work'],
  parent_public_key: anchor,
  hive: anchor,
  serial: randomBytes(16).toString('hex'),
  ...changes,
});

/** A signer with the master key that records in a folder what it signed. */
export const serverIn = (folder: string, perHour = 100): Promise<SignerServer> =>
  createSignerServer({
    key: masterKey,
    centralKeys: new Set([centralKey]),
    perHour,
    sequences: sequenceFile(path.join(folder, 'sequence.json')),
    clock: systemClock,
    log: createRecordedLog(),
  });

/** Both ends of a connection. */
export function linkPair(): readonly [SignerLink, SignerLink] {
  const [there, back] = [new PassThrough(), new PassThrough()];
  return [
    { readable: back, writable: there },
    { readable: there, writable: back },
  ];
}

/** A client that is closed when the test ends. */
export function clientOf(connect: () => Promise<SignerLink>, clock: SignerFork['clock'] = systemClock): SignerClient {
  const client = createSignerClient({ connect, clock, verify: createStrictVerifier() });
  onTestFinished(() => client.close());
  return client;
}

/** Connections to a signer, in memory. */
export const connectTo = (server: SignerServer) => async (): Promise<SignerLink> => {
  const [ours, theirs] = linkPair();
  server.serve(theirs);
  return ours;
};
