import type { ChosenModelFact } from '../agents/models/chosen-model-fact.ts';
import type { CallHandlers } from '../api/contract.ts';
import { type ComputerHealth, createComputerHealth } from '../health/computer-health.ts';
import { createDiagnostics } from '../health/diagnostics.ts';
import { followKeys } from '../health/keys-fact.ts';
import { createNodeStatus, type NodeStatus } from '../health/node-status.ts';
import type { Listening } from '../http/api-handlers.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import type { StopList } from '../platform/stop-list.ts';
import type { Vault } from '../platform/vault/vault.ts';
import type { CheckCode } from '../protocol/health-check.ts';
import type { PortFact } from '../protocol/node-facts.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { synchronisedBy } from '../storage/synchronised-folder.ts';
import type { Trust } from './trust-gate.ts';

/** What a node's health is told from. */
export interface NodeHealthParts {
  readonly version: string;
  readonly places: FolderPlaces;
  readonly storage: Storage;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly stops: StopList;
  readonly trust: Pick<Trust, 'place' | 'check' | 'onChange'>;
  listening(): Listening;
  pausedSince(): number | null;
  chosenModelFact(): ChosenModelFact;
  /** Name of the model that answers by default, or `null`. */
  model(): string | null;
  checkModel(): Promise<void>;
  runningTurns(): number;
}

/** A node's health, as everything that shows it takes it. */
export interface NodeHealth extends Omit<NodeStatus, 'handlers'> {
  readonly handlers: {
    readonly calls: NodeStatus['handlers']['calls'] & Pick<CallHandlers, 'status.diagnostics'>;
    readonly subscriptions: NodeStatus['handlers']['subscriptions'];
  };
}

/** Puts together what looks at the node and what is said of it, and begins to look. */
export function createNodeHealth(parts: NodeHealthParts): NodeHealth {
  const { version, places, storage, vault, clock, log, trust, stops } = parts;
  const computer = createComputerHealth({
    storage,
    folder: places.root,
    databaseFile: places.database,
    clock,
    log,
    synchronisedBy: () => synchronisedBy(places.root),
  });
  const status = createNodeStatus({
    version,
    dataFolder: places.root,
    clock,
    address: () => parts.listening().at?.address ?? null,
    model: () => parts.model(),
    modelFact: () => parts.chosenModelFact(),
    pausedSince: () => parts.pausedSince(),
    keys: followKeys(vault, clock),
    computer: () => computer.facts(),
    port: (now) => portFact(parts.listening(), now),
    hive: () => trust.place(),
    runningTurns: () => parts.runningTurns(),
    check: (code) => look(code, parts, computer),
  });
  stops.add(computer.onLooked(() => status.refresh()));
  trust.onChange(() => status.refresh());
  computer.start();
  stops.add(() => computer.stop());
  const diagnostics = createDiagnostics({ version, status: () => status.get(), logs: places.logs, clock });
  const { calls, subscriptions } = status.handlers;
  return { ...status, handlers: { calls: { ...calls, ...diagnostics.calls }, subscriptions } };
}

/** What others have to be asked for is asked side by side. */
async function look(code: CheckCode | null, parts: NodeHealthParts, computer: ComputerHealth): Promise<void> {
  const isAsked = (...codes: readonly CheckCode[]): boolean => code === null || codes.includes(code);
  await Promise.all([
    computer.look(code),
    isAsked('model') ? parts.checkModel() : null,
    isAsked('parent', 'certificate', 'signer', 'federation-key', 'clock', 'hive-port') ? parts.trust.check() : null,
  ]);
}

function portFact({ at, obstacle, isAsked }: Listening, now: number): PortFact {
  if (!isAsked) return { kind: 'none' };
  if (at === null) return { kind: 'closed', lookedAt: now };
  const { address } = at;
  return obstacle?.kind === 'port-taken'
    ? { kind: 'moved', address, takenPort: obstacle.port, lookedAt: now }
    : { kind: 'open', address, lookedAt: now };
}
