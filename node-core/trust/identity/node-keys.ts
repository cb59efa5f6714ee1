import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The private halves of a node: Ed25519 signs, X25519 opens what was sealed for it. */
export interface NodeKeys {
  readonly signing: KeyObject;
  readonly sealing: KeyObject;
}

/** The public halves, 64 hex each. */
export interface NodePublicKeys {
  readonly publicKey: string;
  readonly sealingKey: string;
}

/** Two new key pairs. */
export function makeNodeKeys(): NodeKeys {
  return {
    signing: generateKeyPairSync('ed25519').privateKey,
    sealing: generateKeyPairSync('x25519').privateKey,
  };
}

export function publicKeysOf({ signing, sealing }: NodeKeys): NodePublicKeys {
  return { publicKey: rawPublicHex(createPublicKey(signing)), sealingKey: rawPublicHex(createPublicKey(sealing)) };
}

/** The 32 bytes of a public key, hex. @param key Ed25519 or X25519 */
export function rawPublicHex(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
}

/**
 * The text of `node_private_key.pem`: two blocks of PKCS#8 (RFC 5958, 8410), Ed25519 first. Both stand in one file, so
 * that there are both or none; readers of PEM that know one key alone take the first.
 */
export function privateKeysText({ signing, sealing }: NodeKeys): string {
  return [signing, sealing].map((key) => key.export({ type: 'pkcs8', format: 'pem' }).toString()).join('');
}

/** The text of `node_public_key.pem`: the public halves in the same order (SPKI). */
export function publicKeysText({ signing, sealing }: NodeKeys): string {
  return [signing, sealing]
    .map((key) => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString())
    .join('');
}

/** What a text of keys holds, or the end of a sentence that says why it cannot be used. */
export type ReadKeys<T> =
  | { readonly kind: 'keys'; readonly keys: T }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Reads what `privateKeysText` wrote. */
export function readPrivateKeys(text: string): ReadKeys<NodeKeys> {
  return readPair(text, 'PRIVATE KEY', (pem) => createPrivateKey({ key: pem, format: 'pem', type: 'pkcs8' }));
}

/** Reads what `publicKeysText` wrote. */
export function readPublicKeys(text: string): ReadKeys<NodePublicKeys> {
  const read = readPair(text, 'PUBLIC KEY', (pem) => createPublicKey({ key: pem, format: 'pem', type: 'spki' }));
  if (read.kind === 'unusable') return read;
  const { signing, sealing } = read.keys;
  return { kind: 'keys', keys: { publicKey: rawPublicHex(signing), sealingKey: rawPublicHex(sealing) } };
}

const unusable = (reason: string): ReadKeys<never> => ({ kind: 'unusable', reason });

function readPair(text: string, label: string, read: (pem: string) => KeyObject): ReadKeys<NodeKeys> {
  const blocks = text.match(new RegExp(`-----BEGIN ${label}-----\\n[A-Za-z0-9+/=\\n]+-----END ${label}-----\\n`, 'g'));
  if (blocks === null) return unusable('it holds no key');
  // Whatever else stands in it is damage.
  if (blocks.join('') !== text) return unusable('it is damaged');
  const [first, second, ...more] = blocks;
  if (first === undefined || second === undefined) return unusable('one of its two keys is missing');
  if (more.length > 0) return unusable('it holds more than two keys');
  try {
    const [signing, sealing] = [read(first), read(second)];
    if (signing.asymmetricKeyType !== 'ed25519' || sealing.asymmetricKeyType !== 'x25519') {
      return unusable('its keys are of another kind');
    }
    return { kind: 'keys', keys: { signing, sealing } };
  } catch {
    return unusable('it is damaged');
  }
}
