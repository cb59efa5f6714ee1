import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isSoundKey } from '../../protocol/trust/ed25519.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';

/** Keys that are remembered as sound; some 2 KB each. */
const defaultMostKeys = 1_000;
/** What precedes the 32 bytes of a key in its SPKI (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const signatureText = /^[0-9a-f]{128}$/;
/** R of a signature whose nonce was zero: it gives the private key away. Refused as the neutral point is as a key. */
const neutralR = `01${'0'.repeat(62)}`;

/**
 * Verifies by the strict rule (protocol.md, section 1) with node:crypto; the verdict of `verifyStrictly`, many times
 * faster. A key is checked once, when it enters the cache. R needs no check of its own: OpenSSL and BoringSSL encode
 * S·B − k·A and compare bytes, and with a key free of torsion that point is free of it and its encoding canonical. Both
 * refuse S >= L.
 */
export function createStrictVerifier({
  mostKeys = defaultMostKeys,
}: {
  readonly mostKeys?: number;
} = {}): VerifySignature {
  const soundKeys = new Map<string, KeyObject>();
  const soundKey = (publicKey: string): KeyObject | null => {
    const known = soundKeys.get(publicKey);
    // Unsound keys are not kept: a flood of them must not push out the others.
    const key = known ?? (isSoundKey(publicKey) ? keyObjectOf(publicKey) : null);
    if (!key) return null;
    soundKeys.delete(publicKey);
    soundKeys.set(publicKey, key);
    const [oldest] = soundKeys.keys();
    if (soundKeys.size > mostKeys && oldest !== undefined) soundKeys.delete(oldest);
    return key;
  };
  return (message, signature, publicKey) => {
    if (!signatureText.test(signature) || signature.startsWith(neutralR)) return false;
    const key = soundKey(publicKey);
    return key !== null && verify(null, message, key, Buffer.from(signature, 'hex'));
  };
}

function keyObjectOf(publicKey: string): KeyObject {
  const der = Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'hex')]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}
