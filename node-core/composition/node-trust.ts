import fs from 'node:fs';
import path from 'node:path';
import { FailureError, failureOf } from '../api/failures.ts';
import type { ReportBug } from '../api/server.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { HivePlace } from '../health/node-status.ts';
import type { OwnedFolder } from '../platform/owned-folder.ts';
import type { StopList } from '../platform/stop-list.ts';
import { readThisMachine } from '../platform/this-machine.ts';
import type { Vault } from '../platform/vault/vault.ts';
import { describeError } from '../protocol/describe-error.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { Host } from '../protocol/ports/host.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { type OpenedIdentity, openIdentity } from '../trust/identity/open-identity.ts';
import { alonePlace } from './hive-place.ts';
import { createTrustGate, type TrustGate } from './trust-gate.ts';

/** What a node's trust is made from. */
export interface NodeTrustOptions {
  readonly config: NodeConfig;
  readonly host: Host;
  readonly folder: OwnedFolder;
  readonly log: Log;
  readonly storage: Storage;
  readonly vault: Vault;
  readonly breaker: Breaker;
  readonly stops: StopList;
  readonly reportBug: ReportBug;
}

/** Trust as the node has it. */
export interface NodeTrust extends TrustGate {
  /**
   * Waits until the identity is open, then starts trust where there is a hive or one is to be joined. Rejects with
   * `identity-unreadable` or `identity-elsewhere`. While the node's own keys are locked the node goes on
   * without, and looks again when the vault has changed.
   */
  openWhereWanted(): Promise<void>;
}

/**
 * Begins to open the node's identity, which is made at its first start; the rest of the start need not wait for the disk.
 * Everything else about trust is loaded when it is needed.
 */
export function createNodeTrust(options: NodeTrustOptions): NodeTrust {
  const { config, host, folder, log, storage, vault, breaker, stops, reportBug } = options;
  // Nobody knows the key of a node that was in no hive: people move their folder to a new computer, and go on.
  const decision = config.identity ?? (config.tier === 'central' || hasMembership(folder) ? null : 'new');
  const machine = readThisMachine();
  let keysReadyMs = 0;
  const open = async (): Promise<OpenedIdentity> => {
    const beganAt = host.clock.elapsed();
    const opened = await openIdentity({ folder: folder.places.identity, vault, machine: await machine, decision, log });
    keysReadyMs = host.clock.elapsed() - beganAt;
    return opened;
  };
  const opening = open();
  // Whoever waits for it hears why it failed; the folder is not given back before.
  const settled = opening.then(
    () => undefined,
    () => undefined,
  );
  stops.add(() => settled);
  const isDeaf = (error: unknown): void =>
    log.error({ error: describeError(error) }, 'Others of the hive cannot reach this node: its listener did not open.');
  const gate = createTrustGate(async () => {
    let identity = await opening;
    if (identity.kind === 'locked') identity = await open();
    if (identity.kind === 'locked') throw keysLocked(vault);
    const { startTrust } = await import('./start-trust.ts');
    return startTrust({
      config,
      places: folder.places,
      storage,
      clock: host.clock,
      log,
      breaker,
      identity: identity.identity,
      keysReadyMs,
      stops,
      joinFolder: path.join(host.paths.resources, 'join'),
      reportBug,
    });
  }, isDeaf);
  let closedSince: number | null = null;
  /** For a member: while it is closed the state says so, as nobody falls back to working alone in silence. */
  const openAgain = (): Promise<void> =>
    gate.open().catch((error: unknown) => {
      closedSince ??= host.clock.now();
      log.error({ error: describeError(error) }, 'Trust could not be started.');
    });
  const isClosed = (): boolean => closedSince !== null && !gate.isOpen();
  return {
    ...gate,
    place: () => (isClosed() ? closedPlace(closedSince ?? 0) : gate.place()),
    async check() {
      if (isClosed()) await openAgain();
      await gate.check();
    },
    async openWhereWanted() {
      await opening;
      await openWhereWanted(options, gate, openAgain);
    },
  };
}

const closedPlace = (since: number): HivePlace => ({
  ...alonePlace,
  fact: { kind: 'alone', reason: { kind: 'trust-closed', since } },
});

async function openWhereWanted(
  { config, folder, vault, log, stops }: NodeTrustOptions,
  gate: TrustGate,
  openAgain: () => Promise<void>,
): Promise<void> {
  if (config.tier === 'flat' && config.hive.join === null && !hasMembership(folder)) return;
  try {
    await gate.open();
  } catch (error) {
    if (failureOf(error)?.kind !== 'keys-locked') throw error;
    log.warn({}, 'The node’s own keys are locked, so it takes no part in its hive just now.');
    const end = vault.onChanged(() => {
      if (vault.view().kind === 'locked') return;
      end();
      void openAgain();
    });
    stops.add(end);
  }
}

/** Whether it is, or once was, in a hive. */
const hasMembership = ({ places }: OwnedFolder): boolean =>
  fs.existsSync(path.join(places.identity, 'membership.json'));

/** Sealed keys, or keys that would have to be sealed, cannot be reached. */
function keysLocked(vault: Vault): FailureError {
  const view = vault.view();
  if (view.kind !== 'locked') return new FailureError({ kind: 'keys-not-sealed' });
  const { reason, recordedBackend, presentBackend } = view;
  return new FailureError({ kind: 'keys-locked', reason, recordedBackend, presentBackend });
}
