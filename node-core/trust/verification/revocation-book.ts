import type { RevocationPage } from '../../protocol/trust/revocation-list.ts';

/** The revocation lists that this node has verified (protocol.md, section 3, Revocation). */
export interface RevocationBook {
  isRevoked(publicKey: string, serial: string): boolean;
  /** Why, or `null` if it is not. */
  reasonFor(publicKey: string, serial: string): string | null;
  /** Verifies and stores lists; older ones, and those of another hive or of nobody's, are left. Resolves with how many were taken. */
  take(lists: readonly unknown[]): Promise<number>;
  /** Lists known here, ordered by issuer, from after that one. */
  page(after: string | null): RevocationPage;
  onChange(listener: () => void): () => void;
}
