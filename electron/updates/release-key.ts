import crypto from 'node:crypto';
import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** An Ed25519 public key as SubjectPublicKeyInfo (RFC 8410) is this, then its 32 bytes. */
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether the holder of the release key has signed these bytes (Ed25519, RFC 8032). */
export function isSignedBy(releaseKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = crypto.createPublicKey({
    key: Buffer.concat([publicKeyPrefix, releaseKey]),
    format: 'der',
    type: 'spki',
  });
  return crypto.verify(null, bytes, key, signature);
}

/** Base64 of the SHA-512 of a file, which may be larger than memory. Throws the file system's errors. */
export async function sha512Of(file: string): Promise<string> {
  const hash = crypto.createHash('sha512');
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest('base64');
}
