/** The hive's clock as this node knows it (protocol.md, section 1): own clock + offset. */
export interface HiveTime {
  /** ms since the epoch; never before the newest `issued_at` this node verified. */
  now(): number;
  /** How far this computer's clock is behind the hive's, ms; negative: ahead. */
  offsetMs(): number;
  /** Keeps the difference to a time that an issuer stated over verified TLS. @param theirMs ms since the epoch */
  learn(theirMs: number): void;
  /** A certificate that was issued then has been verified. @param issuedAtMs ms since the epoch */
  saw(issuedAtMs: number): void;
}
