import { createHash, type X509Certificate } from 'node:crypto';

/** SHA-256 of a certificate's public key (SPKI), lower-case hex: what links, invites and directories pin. */
export function pinOf(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('hex');
}
