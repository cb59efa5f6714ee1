import type { CallHandlers } from '../../api/contract.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { FederationKeyDesk } from './federation-key-desk.ts';
import type { Issuer } from './issuer-standing.ts';
import type { RevocationPublisher } from './revocation-publisher.ts';

/** Where invites lead to. */
export interface IssuerAddress {
  /** Base of this node's hive listener, as others reach it. */
  readonly url: string;
  /** Of the certificate there; `null` where the system's roots vouch for it. */
  readonly pin: string | null;
  /** What the hive, or this issuer, calls itself. */
  readonly name: string | null;
}

/** What the stewards' side works with. */
export interface StewardDeskOptions {
  readonly storage: Pick<Storage, 'db'>;
  readonly issuer: Issuer;
  readonly publisher: Pick<RevocationPublisher, 'revoke'>;
  readonly federationKey: FederationKeyDesk;
  /** `null`: nobody can reach this node. */
  readonly address: () => IssuerAddress | null;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  /** Four words of a key (trust/verification/key-words.ts). */
  readonly wordsOf: (publicKey: string) => Promise<readonly string[]>;
  /** Of node:crypto; doubles in tests. */
  readonly randomBytes: (sizeBytes: number) => Uint8Array;
  /** Told after a member was revoked: the directory may have to change. */
  readonly onMembersChanged: () => void;
  readonly log: Log;
}

/** The contract's `authority.*` calls. Each refuses with a FailureError; each act is kept in the audit. */
export interface StewardDesk {
  readonly handlers: {
    readonly calls: Pick<
      CallHandlers,
      | 'authority.createInvite'
      | 'authority.listInvites'
      | 'authority.revokeInvite'
      | 'authority.listRequests'
      | 'authority.approve'
      | 'authority.reject'
      | 'authority.listMembers'
      | 'authority.revoke'
      | 'authority.release'
      | 'authority.federationKey'
      | 'authority.rotateFederationKey'
    >;
  };
}
