/** What a TLS listener shows. */
export interface TlsCertificate {
  /** PEM, private. */
  readonly key: string;
  /** PEM; the leaf first. */
  readonly certificate: string;
  /** SHA-256 of the leaf's public key (SPKI), hex. */
  readonly pin: string;
  /** Whose pin goes into links and invites; others are vouched for by the system's roots. */
  readonly isSelfMade: boolean;
}
