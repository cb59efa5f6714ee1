import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { identityOf } from '../../../node-core/trust/identity/held-identity.ts';
import type { NodeIdentity } from '../../../node-core/trust/identity/node-identity.ts';

/** PKCS#8 of RFC 8410 up to the 32 bytes of the key; the last digit of the object identifier names the curve. */
const prefixes = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' } as const;

/** A private key that a text decides, so that a test meets the same node again. */
export function keyFromSeed(kind: keyof typeof prefixes, seed: string): KeyObject {
  const raw = createHash('sha256').update(`${kind} ${seed}`).digest();
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(prefixes[kind], 'hex'), raw]),
    format: 'der',
    type: 'pkcs8',
  });
}

/** A real identity, in memory; the same seed gives the same node. */
export function createSeededIdentity(seed: string): NodeIdentity {
  return identityOf({ signing: keyFromSeed('ed25519', seed), sealing: keyFromSeed('x25519', seed) });
}
