import fs from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../platform/atomic-file.ts';
import { type Certificate, certificateBytes, certificateSchema } from '../../protocol/trust/certificate.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';

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
export function centralCertificateFile(
  identityFolder: string,
  anchor: string | null,
  verify: VerifySignature,
): CertificateFile {
  const file = path.join(identityFolder, 'central_certificate.json');
  return {
    async read() {
      try {
        const certificate = certificateSchema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
        return isWhole(certificate, anchor ?? certificate.hive, verify) ? certificate : null;
      } catch {
        return null;
      }
    },
    write: (certificate) => writeFileAtomically(file, `${JSON.stringify(certificate)}\n`),
  };
}

function isWhole(certificate: Certificate, anchor: string, verify: VerifySignature): boolean {
  const { tier, hive, parent_public_key: parent, parent_signature: signature } = certificate;
  if (tier !== 'central' || hive !== anchor || parent !== anchor) return false;
  return verify(certificateBytes(certificate), signature, anchor);
}
