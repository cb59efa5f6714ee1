/** Makes the signed list of what this node has revoked. */
export interface RevocationPublisher {
  /**
   * Revokes every certificate of a member that this node issued, and bars its key: the member's state becomes `revoked`
   * and its open enrolments end, in the same transaction. Then publishes. Durable when it resolves; if the signer cannot
   * be reached the revocation is kept and published as soon as it can.
   */
  revoke(publicKey: string, reason: string): Promise<void>;
  /**
   * For a member that leaves: revokes, by serial, every certificate it has, and publishes. Its state becomes `left`; its
   * key may join again.
   */
  retire(publicKey: string, reason: string): Promise<void>;
  /**
   * Signs and stores the list if it is not current: after a start, after an entry has dropped. Never rejects: what did
   * not work is tried again.
   */
  publish(): Promise<void>;
}
