import { ed25519 } from '@noble/curves/ed25519.js';
import { hexToBytes } from '@noble/curves/utils.js';
import type { VerifySignature } from './key-text.ts';

const keyText = /^[0-9a-f]{64}$/;
const signatureText = /^[0-9a-f]{128}$/;

/** A point of the prime-order group, written canonically, that is not the neutral one; `null` for every other text. */
function soundPoint(text: string): object | null {
  try {
    // Without zip215 noble refuses y >= p and the second way to write x = 0.
    const point = ed25519.Point.fromBytes(hexToBytes(text));
    return !point.is0() && point.isTorsionFree() ? point : null;
  } catch {
    return null;
  }
}

/**
 * Whether a text is an Ed25519 public key by the strict rule (protocol.md, section 1): 64 lower-case hexadecimal digits,
 * canonical, free of torsion, not the neutral point. About 1 ms. Never throws.
 */
export function isSoundKey(publicKey: string): boolean {
  return keyText.test(publicKey) && soundPoint(publicKey) !== null;
}

/**
 * Verifies by the strict rule (protocol.md, section 1), anywhere. Slow, some ms: a node uses `createStrictVerifier`,
 * whose verdict is the same. Once key and R are free of torsion, noble's equation with the cofactor (RFC 8032, section
 * 5.1.7) is the one without it.
 */
export const verifyStrictly: VerifySignature = (message, signature, publicKey) => {
  if (!signatureText.test(signature) || !isSoundKey(publicKey) || soundPoint(signature.slice(0, 64)) === null) {
    return false;
  }
  return ed25519.verify(hexToBytes(signature), message, hexToBytes(publicKey), { zip215: false });
};
