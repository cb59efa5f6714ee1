import type { RevocationPage } from '../../protocol/trust/revocation-list.ts';

/** The revocation lists that this node has verified (protocol.md, section 3, Revocation). */
export interface RevocationBook {
  /**
   * Whether this certificate is revoked: by the anchor, or by the regional that signed it. What a regional says of
   * others' certificates counts for nothing.
   * @param parentKey the certificate's `parent_public_key`
   */
  isRevoked(publicKey: string, serial: string, parentKey: string): boolean;
  /** Why, or `null` if it is not. */
  reasonFor(publicKey: string, serial: string, parentKey: string): string | null;
  /** Verifies and stores lists; older ones, and those of another hive or of nobody's, are left. Resolves with how many were taken. */
  take(lists: readonly unknown[]): Promise<number>;
  /** Lists known here, ordered by issuer, from after that one. */
  page(after: string | null): RevocationPage;
  onChange(listener: () => void): () => void;
}
