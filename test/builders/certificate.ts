import { X509Certificate } from 'node:crypto';

/** SHA-256 of a certificate (PEM) as Nunba writes it: lower-case hex. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}
