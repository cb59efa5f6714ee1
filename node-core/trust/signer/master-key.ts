import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { rawPublicHex } from '../identity/node-keys.ts';

/** Bytes of the seed that is the master key. */
export const seedBytes = 32;

/** The root of a hive. Only the signer and a steward's program hold one. */
export interface MasterKey {
  /** The trust anchor: its public half, 64 hex. */
  readonly anchor: string;
  /** Ed25519 over these bytes, 128 hex. */
  sign(bytes: Uint8Array): string;
}

/** PKCS#8 of an Ed25519 key (RFC 8410) up to its seed. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param seed 32 bytes; the caller wipes it when it needs it no more */
export function masterKeyOf(seed: Uint8Array): MasterKey {
  if (seed.length !== seedBytes) throw new RangeError(`A master key has ${seedBytes} bytes.`);
  const der = Buffer.concat([prefix, seed]);
  const key: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return {
    anchor: rawPublicHex(createPublicKey(key)),
    sign: (bytes) => sign(null, bytes, key).toString('hex'),
  };
}
