/** Why a join or a renewal stands still. */
export interface TrustObstacle {
  /** `unreachable`: the issuer could not be asked. `refused`: it said no. `defect`: this node refused what it showed. */
  readonly kind: 'unreachable' | 'refused' | 'defect';
  /** A cause, a reason of the issuer, or a defect of its chain or challenge. */
  readonly code: string;
  /** What a steward wrote to it, which only the issuer knows; `null`: nothing. */
  readonly said: string | null;
}
