import type { Challenge } from '../../protocol/trust/enrolment.ts';

/** Who claims a domain, in which enrolment. */
export interface DomainClaim {
  /** Lower case, in the form of a DNS name. */
  readonly fqdn: string;
  readonly enrolmentId: string;
  readonly publicKey: string;
  /** The open challenge of that enrolment. */
  readonly challenge: Challenge;
  /** Pin of the applicant's self-made certificate; `null`: the system's roots vouch. */
  readonly pin: string | null;
}

export type DomainProof =
  | { readonly kind: 'proven' }
  /** `cause` is for logs and the applicant; it holds no address. */
  | { readonly kind: 'not-proven'; readonly cause: string };

/** Asks a domain whether it is the applicant's (protocol.md, section 3, Admission). */
export interface DomainProver {
  /** At most 5 s. Never rejects. */
  prove(claim: DomainClaim): Promise<DomainProof>;
}
