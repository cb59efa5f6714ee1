import type { KeyObject } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { SealedKey } from '../../protocol/trust/enrolment.ts';

/** HPKE base mode (RFC 9180), as protocol.md, section 3, Federation key. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const info = bytesOf(Buffer.from('nunba:federation-key:v1'));

/**
 * Seals bytes for one node. Rejects if the key is no public key of X25519.
 * @param sealingKey X25519, 64 hex
 * @param bytes at most 256
 * @param serial of the certificate that it goes with; opening needs the same
 */
export async function sealTo(sealingKey: string, bytes: Uint8Array, serial: string): Promise<SealedKey> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(Buffer.from(sealingKey, 'hex')));
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, bytesOf(bytes), bytesOf(Buffer.from(serial)));
  return { enc: Buffer.from(enc).toString('base64url'), ct: Buffer.from(ct).toString('base64url'), serial };
}

/** Opens what `sealTo` sealed. Rejects if it was sealed for another key or serial, or was changed. */
export async function openSealed(sealing: KeyObject, { enc, ct, serial }: SealedKey): Promise<Uint8Array> {
  const raw = Buffer.from(sealing.export({ format: 'jwk' }).d ?? '', 'base64url');
  const recipientKey = await suite.kem.importKey('raw', bytesOf(raw), false);
  const params = { recipientKey, enc: bytesOf(Buffer.from(enc, 'base64url')), info };
  const opened = await suite.open(params, bytesOf(Buffer.from(ct, 'base64url')), bytesOf(Buffer.from(serial)));
  return new Uint8Array(opened);
}

/** A buffer of its own: HPKE takes whole ArrayBuffers, and a small Buffer is part of a larger one. */
function bytesOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
