import type { Certificate, CertificateBody, CertificateChain, MemberTier } from '../../protocol/trust/certificate.ts';
import type { RevocationList } from '../../protocol/trust/revocation-list.ts';

/** What this process can issue at present. Central: from its signer; a regional with `issue`: from its own key. */
export interface IssuerStanding {
  /** The trust anchor, hex. */
  readonly hive: string;
  readonly issues: MemberTier;
  /** Who stands as `parent_public_key`: the anchor, or this node. */
  readonly parentKey: string;
  /** Proves this process to applicants; its node key signs challenges. */
  readonly processChain: CertificateChain;
  /** What follows a leaf issued here: nothing at central, the own certificate at a regional. */
  readonly issuersOfLeaf: readonly Certificate[];
  /** No certificate reaches beyond it, ms since the epoch; `Infinity` at central. */
  readonly notAfterMs: number;
  /** 128 hex. Rejects with a FailureError `signer-refused` or `signer-unreachable`. The same body gives the same signature. */
  signCertificate(body: CertificateBody): Promise<string>;
  signRevocations(list: RevocationList): Promise<string>;
}

/** Who issues. */
export interface Issuer {
  /** `null`: this node may issue nothing just now (flat, joining, without `issue`, ended). */
  standing(): IssuerStanding | null;
}
