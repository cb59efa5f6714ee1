/** Makes the signed list of what this node has revoked. */
export interface RevocationPublisher {
  /**
   * Revokes every certificate of a member that this node issued, and publishes. Durable when it resolves; if the signer
   * cannot be reached the revocation is kept and published as soon as it can.
   */
  revoke(publicKey: string, reason: string): Promise<void>;
  /** Signs and stores the list if it is not current: after a start, after an entry has dropped. */
  publish(): Promise<void>;
}
