import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createStewardDesk } from '../../node-core/trust/authority/create-steward-desk.ts';
import type { FederationKeyDesk } from '../../node-core/trust/authority/federation-key-desk.ts';
import {
  type FederationKeyStore,
  openFederationKeyStore,
} from '../../node-core/trust/authority/federation-key-store.ts';
import type { IssuerAddress, StewardDesk } from '../../node-core/trust/authority/steward-desk.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { type ComposedDesk, composeDesk } from './compose-desk.ts';
import { tempFolder } from './temp-folder.ts';

/** A central with its stewards' side, over a real database. */
export interface StewardedHive extends ComposedDesk {
  readonly calls: StewardDesk['handlers']['calls'];
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof createRecordedLog>;
  readonly federation: FederationKeyStore;
  /** How often the directory was asked to look at the members. */
  membersChanged(): number;
  /** What is in the audit, oldest first. */
  audit(): Promise<readonly { readonly act: string; readonly subject: string; readonly detail: unknown }[]>;
}

interface StewardTerms {
  readonly address?: IssuerAddress | null;
  /** Instead of central's own. */
  readonly federationKey?: FederationKeyDesk;
}

/** 2026-06-01T12:00:00Z */
export const noonMs = Date.UTC(2026, 5, 1, 12);

/** Composed as node.ts does it. */
export async function openStewardedHive({ address, federationKey }: StewardTerms = {}): Promise<StewardedHive> {
  const clock = createFakeClock(noonMs);
  const log = createRecordedLog();
  const desk = await composeDesk({ folder: tempFolder(), clock, log });
  const { storage, central, publisher } = desk;
  const federation = await openFederationKeyStore({ storage, environmentKey: null, clock, randomBytes });
  // It looks for other processes every 30 s, which would make long tests slow.
  federation.stop();
  let changes = 0;
  const at = { url: 'https://hive.example:6776', pin: 'ab'.repeat(32), name: 'Test & hive' };
  const { handlers } = createStewardDesk({
    storage,
    issuer: central,
    publisher,
    federationKey: federationKey ?? federation,
    address: () => (address === undefined ? at : address),
    hiveTime: clock,
    wordsOf: async (publicKey) => [publicKey.slice(0, 4), 'two', 'three', 'four'],
    randomBytes,
    onMembersChanged: () => {
      changes += 1;
    },
    log,
  });
  onTestFinished(() => desk.close());
  return {
    ...desk,
    calls: handlers.calls,
    clock,
    log,
    federation,
    membersChanged: () => changes,
    async audit() {
      const rows = await storage.db.selectFrom('hive_audit').selectAll().orderBy('number').execute();
      return rows.map(({ act, subject, detail_json }) => ({ act, subject, detail: JSON.parse(detail_json) }));
    },
  };
}
