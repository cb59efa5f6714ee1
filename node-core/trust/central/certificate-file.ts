import { createPublicKey, verify } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../platform/atomic-file.ts';
import { type Certificate, certificateBytes, certificateSchema } from '../../protocol/trust/certificate.ts';

/** Keeps the certificate of a central process for the next start. */
export interface CertificateFile {
  /** `null`: none, or none that is of use; a new one is asked for then. */
  read(): Promise<Certificate | null>;
  write(certificate: Certificate): Promise<void>;
}

/**
 * The file `central_certificate.json` in `<data>/identity`.
 * @param anchor of the hive that this data folder serves, hex; `null`: not known yet, then the certificate's own counts
 */
export function centralCertificateFile(identityFolder: string, anchor: string | null): CertificateFile {
  const file = path.join(identityFolder, 'central_certificate.json');
  return {
    async read() {
      try {
        const certificate = certificateSchema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
        return isWhole(certificate, anchor ?? certificate.hive) ? certificate : null;
      } catch {
        return null;
      }
    },
    write: (certificate) => writeFileAtomically(file, `${JSON.stringify(certificate)}\n`),
  };
}

function isWhole(certificate: Certificate, anchor: string): boolean {
  const { tier, hive, parent_public_key: parent, parent_signature: signature } = certificate;
  if (tier !== 'central' || hive !== anchor || parent !== anchor) return false;
  const x = Buffer.from(anchor, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, certificateBytes(certificate), key, Buffer.from(signature, 'hex'));
}
