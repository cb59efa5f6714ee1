import type { SignedKind } from '../../protocol/trust/canonical.ts';
import type { CertificateBody } from '../../protocol/trust/certificate.ts';
import type { SealedKey } from '../../protocol/trust/enrolment.ts';

/** The key pairs of this node (protocol.md, section 1). It never signs bytes chosen by somebody else. */
export interface NodeIdentity {
  /** Ed25519, 64 hex: this is the node. */
  readonly publicKey: string;
  /** X25519, 64 hex: what secrets for this node are sealed to. */
  readonly sealingKey: string;
  /** Signs `nunba:<kind>:v1` and the canonical value; 128 hex. */
  sign(kind: SignedKind, value: unknown): string;
  /** Signs a signature base of RFC 9421 that this node made itself; 64 bytes. Throws for anything else. */
  signRequest(base: string): Uint8Array;
  /** Signs a local certificate whose parent is this key; 128 hex. Throws for any other. */
  signCertificate(body: CertificateBody): string;
  /** Opens what was sealed to `sealingKey`. Rejects if it was not, or was changed. */
  unseal(sealed: SealedKey): Promise<Uint8Array>;
}
