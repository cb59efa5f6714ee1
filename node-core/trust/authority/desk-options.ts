import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { AdmissionPolicy } from '../../protocol/trust/admission.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FederationKeys } from '../federation-keys.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import type { DomainProver } from './domain-prover.ts';
import type { HiveDirectory } from './hive-directory.ts';
import type { Issuer } from './issuer-standing.ts';
import type { RevocationPublisher } from './revocation-publisher.ts';

/** What an enrolment desk works with. */
export interface EnrolmentDeskOptions {
  readonly storage: Pick<Storage, 'db'>;
  /** Of this process; signs challenges. */
  readonly identity: Pick<NodeIdentity, 'publicKey' | 'sign'>;
  readonly issuer: Issuer;
  readonly admission: AdmissionPolicy;
  /** Stands in certificates; printable ASCII, may be empty. */
  readonly regionName: string;
  readonly federationKeys: Pick<FederationKeys, 'current'>;
  readonly directory: HiveDirectory;
  /** Addresses of the mesh that members are told of. */
  readonly bootstrap: () => readonly string[];
  readonly revocations: Pick<RevocationBook, 'reasonFor' | 'page'>;
  readonly publisher: Pick<RevocationPublisher, 'retire'>;
  /** Asked before each enrolment; renewals go on while it is open. */
  readonly breaker: Pick<Breaker, 'pass'>;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly clock: Pick<Clock, 'after'>;
  /** `null`: `domain` admits nobody here. */
  readonly domains: DomainProver | null;
  /** The strict rule of protocol.md, section 1. */
  readonly verify: VerifySignature;
  readonly log: Log;
}
