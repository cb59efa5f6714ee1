import path from 'node:path';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import type { Log } from '../../node-core/protocol/ports/log.ts';
import { type AdmissionPolicy, defaultAdmission } from '../../node-core/protocol/trust/admission.ts';
import type { SignedDirectory } from '../../node-core/protocol/trust/directory.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import {
  createEnrolmentDesk,
  type RunningEnrolmentDesk,
} from '../../node-core/trust/authority/create-enrolment-desk.ts';
import {
  createRevocationPublisher,
  type RunningRevocationPublisher,
} from '../../node-core/trust/authority/create-revocation-publisher.ts';
import type { DomainProver } from '../../node-core/trust/authority/domain-prover.ts';
import type { Issuer } from '../../node-core/trust/authority/issuer-standing.ts';
import type { FederationKey } from '../../node-core/trust/federation-keys.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';
import type { RevocationBook } from '../../node-core/trust/verification/revocation-book.ts';
import { openRevocationBook } from '../../node-core/trust/verification/stored-revocation-book.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import { createFakeBreaker, type FakeBreaker } from '../doubles/breaker.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { createTestAnchor, type TestAnchor, type TestIssuer } from '../doubles/trust/issuer.ts';

/** What a desk is put together of; whatever is left out has a sensible default. */
export interface DeskParts {
  /** Holds `nunba.db`; two desks on one folder are two processes of one hive. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly admission?: Partial<AdmissionPolicy>;
  readonly anchor?: TestAnchor;
  /** Node key of this process. */
  readonly identity?: NodeIdentity;
  /** Instead of a central of `anchor`. */
  readonly issuer?: Issuer;
  readonly domains?: DomainProver | null;
}

/** A desk over a real database, with what a test needs to look behind it. */
export interface ComposedDesk {
  readonly desk: RunningEnrolmentDesk;
  readonly storage: Storage;
  readonly anchor: TestAnchor;
  readonly identity: NodeIdentity;
  /** Central's, unless the test brought its own. */
  readonly central: TestIssuer;
  readonly book: RevocationBook;
  readonly publisher: RunningRevocationPublisher;
  readonly breaker: FakeBreaker;
  /** Sets what members get from now on. */
  hand(things: { readonly federationKey?: FederationKey | null; readonly directory?: SignedDirectory | null }): void;
  close(): Promise<void>;
}

/** Puts a desk together; needs no test around it. */
export async function composeDesk(parts: DeskParts): Promise<ComposedDesk> {
  const { folder, clock, log, anchor = createTestAnchor(), identity = createSeededIdentity('central') } = parts;
  const storage = await openStorage({
    file: path.join(folder, 'nunba.db'),
    backupsFolder: path.join(folder, 'backups'),
    clock,
    log,
  });
  const central = anchor.central(identity, () => clock.now());
  const issuer = parts.issuer ?? central;
  const verify = createStrictVerifier();
  const book = await openRevocationBook({ storage, anchor: () => anchor.publicKey, hiveTime: clock, verify, log });
  const publisher = createRevocationPublisher({ storage, issuer, book, hiveTime: clock, clock, log });
  const breaker = createFakeBreaker();
  let federationKey: FederationKey | null = null;
  let directory: SignedDirectory | null = null;
  const desk = createEnrolmentDesk({
    storage,
    identity,
    issuer,
    admission: { ...defaultAdmission, ...parts.admission },
    regionName: 'test hive',
    federationKeys: { current: () => federationKey },
    directory: { get: () => directory },
    bootstrap: () => [],
    revocations: book,
    publisher,
    breaker,
    hiveTime: clock,
    clock,
    domains: parts.domains ?? null,
    verify,
    log,
  });
  return {
    desk,
    storage,
    anchor,
    identity,
    central,
    book,
    publisher,
    breaker,
    hand(things) {
      if (things.federationKey !== undefined) federationKey = things.federationKey;
      if (things.directory !== undefined) directory = things.directory;
    },
    async close() {
      publisher.stop();
      await storage.close();
    },
  };
}
