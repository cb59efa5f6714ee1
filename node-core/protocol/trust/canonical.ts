import canonicalize from 'canonicalize';

/**
 * What a node signs besides certificates (protocol.md, section 1). Each kind is a domain of its own: a signature of one
 * never counts as that of another.
 */
export const signedKinds = [
  'challenge',
  'challenge-answer',
  'revocation',
  'directory',
  'order',
  'succession',
  'ledger-event',
] as const;
export type SignedKind = (typeof signedKinds)[number];

/** The bytes of a value that signatures are made over: RFC 8785, as UTF-8. Throws for what JSON cannot carry. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('There is no canonical form of this value.');
  return new TextEncoder().encode(text);
}

/** What is signed for a value of this kind: `nunba:<kind>:v1`, a line feed and the canonical bytes. */
export function signedBytes(kind: SignedKind, value: unknown): Uint8Array {
  const prefix = new TextEncoder().encode(`nunba:${kind}:v1\n`);
  const body = canonicalBytes(value);
  const bytes = new Uint8Array(prefix.length + body.length);
  bytes.set(prefix);
  bytes.set(body, prefix.length);
  return bytes;
}
