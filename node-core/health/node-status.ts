import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import type { StatusView } from '../api/node-views.ts';
import { decideState, type HiveFact, type ModelFact } from '../protocol/node-state.ts';
import type { Clock } from '../protocol/ports/clock.ts';

/** How often a watched status is looked at for changes, ms. */
const lookIntervalMs = 1_000;

/** What a status tells of the hive. */
export interface HivePlace {
  readonly tier: StatusView['tier'];
  readonly fact: HiveFact;
  readonly view: StatusView['hive'];
}

/** Where the status takes its facts from, each time anew. */
export interface StatusSources {
  readonly version: string;
  readonly dataFolder: string;
  readonly clock: Clock;
  address(): string | null;
  /** Name of the model that answers by default, or `null`. */
  model(): string | null;
  /** What real requests have shown of it, and when it last answered. */
  modelFact(): { readonly model: ModelFact; readonly answeredAt: number | null };
  /** Since when the person has paused the agents, or `null`. */
  pausedSince(): number | null;
  /** Since when the stored keys cannot be read, or `null`. */
  keysLockedSince(): number | null;
  /** What the node is, and its place in a hive. */
  hive(): HivePlace;
  runningTurns(): number;
  /** Asks the host of the chosen model, because the person wants to know. Does not reject when it fails. */
  check(): Promise<void>;
}

/** The node's status, and its share of the contract. */
export interface NodeStatus {
  get(): StatusView;
  /** Has watchers told at once of what has just changed. */
  refresh(): void;
  readonly handlers: {
    readonly calls: Pick<CallHandlers, 'status.get' | 'status.check'>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'status.watch'>;
  };
}

/** One value for the page, the commands and `/status`. A watcher hears of it when something besides its age changed. */
export function createNodeStatus(sources: StatusSources): NodeStatus {
  const { clock, version, dataFolder } = sources;
  const startedAt = clock.now();
  const looks = new Set<() => void>();
  const get = (): StatusView => {
    const at = clock.now();
    const { model, answeredAt } = sources.modelFact();
    const place = sources.hive();
    const facts = {
      runtime: { kind: 'running' },
      pausedSince: sources.pausedSince(),
      keysLockedSince: sources.keysLockedSince(),
      model,
      hive: place.fact,
    } as const;
    const { state, reasons } = decideState(facts, at);
    return {
      state,
      reasons: [...reasons],
      tier: place.tier,
      hive: place.view,
      version,
      startedAt,
      at,
      dataFolder,
      address: sources.address(),
      model: sources.model(),
      modelAnsweredAt: answeredAt,
      runningTurns: sources.runningTurns(),
    };
  };
  return {
    get,
    refresh: () => {
      for (const look of [...looks]) look();
    },
    handlers: {
      calls: {
        'status.get': get,
        'status.check': async () => {
          await sources.check();
          return get();
        },
      },
      subscriptions: {
        'status.watch': (_input, sink) => {
          let told = '';
          const look = (): void => {
            const status = get();
            const { at: _age, ...facts } = status;
            const present = JSON.stringify(facts);
            if (present === told) return;
            told = present;
            sink.next(status);
          };
          look();
          looks.add(look);
          const timer = clock.every(lookIntervalMs, look);
          return () => {
            timer.cancel();
            looks.delete(look);
          };
        },
      },
    },
  };
}
