import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import type { StatusView } from '../api/node-views.ts';
import type { CheckCode } from '../protocol/health-check.ts';
import type { HiveFact, HivePortFact, KeysFact, ModelFact, PortFact } from '../protocol/node-facts.ts';
import { decideState } from '../protocol/node-state.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import { clockFact, type HiveClock } from './clock-fact.ts';
import type { ComputerFacts } from './computer-health.ts';

/** How often a watched status is looked at for changes, ms. */
const lookIntervalMs = 1_000;

/** What a status tells of the hive. */
export interface HivePlace {
  readonly tier: StatusView['tier'];
  readonly fact: HiveFact;
  /** This computer's clock by the hive's; `null`: there is none to compare it with. */
  readonly clock: HiveClock | null;
  readonly view: StatusView['hive'];
  /** Where others of the hive reach it. */
  readonly port: HivePortFact;
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
  keys(): KeysFact;
  /** Of the database, the disk and the clock, as they were at the last look. */
  computer(): ComputerFacts;
  /** @param now ms since the epoch: it is looked at as the status is put together */
  port(now: number): PortFact;
  /** What the node is, and its place in a hive. */
  hive(): HivePlace;
  runningTurns(): number;
  /** Looks anew at what one check is about, or at everything. Does not reject when a look fails. */
  check(code: CheckCode | null): Promise<void>;
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
  let askedAt: number | null = null;
  const looks = new Set<() => void>();
  const get = (): StatusView => {
    const at = clock.now();
    const { model, answeredAt } = sources.modelFact();
    const place = sources.hive();
    const computer = sources.computer();
    const facts = {
      startedAt,
      askedAt,
      runtime: { kind: 'running' },
      pausedSince: sources.pausedSince(),
      ...computer,
      clock: clockFact(computer.clock, place.clock),
      keys: sources.keys(),
      port: sources.port(at),
      hivePort: place.port,
      model,
      hive: place.fact,
    } as const;
    const { state, reasons, checks } = decideState(facts, at);
    return {
      state,
      reasons: [...reasons],
      checks: [...checks],
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
  const refresh = (): void => {
    for (const look of [...looks]) look();
  };
  return {
    get,
    refresh,
    handlers: {
      calls: {
        'status.get': get,
        'status.check': async ({ code }) => {
          askedAt = clock.now();
          await sources.check(code);
          refresh();
          return get();
        },
      },
      subscriptions: {
        'status.watch': (_input, sink) => {
          let told = '';
          const look = (): void => {
            const status = get();
            const present = lasting(status);
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

/** What is told of: all but ages. What is looked at each time anew has none of its own. */
const lasting = ({ at, ...facts }: StatusView): string =>
  JSON.stringify({
    ...facts,
    checks: facts.checks.map((check) => ({ ...check, lookedAt: check.lookedAt === at ? null : check.lookedAt })),
  });
