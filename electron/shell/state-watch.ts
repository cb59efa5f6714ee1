import type { StatusView } from '../../node-core/api/node-views.ts';
import { shellDecision } from '../../node-core/api/shell-decision.ts';
import type { StateDecision } from '../../node-core/protocol/node-state.ts';
import type { NodeLink } from '../node/node-link.ts';
import type { ShellState } from './shell-state.ts';

/** The state as the main process knows it, also while there is no node. */
export interface SeenState extends StateDecision {
  /** When the node was last heard, ms since the epoch; before that, when the watching began. */
  readonly at: number;
  readonly isRunning: boolean;
  /** The hive that this node is in, or joins, as the node last said; `null`: none. */
  readonly hive: SeenHive | null;
}

/** A node's hive, as far as the tray and the notifications tell of it. */
export interface SeenHive {
  /** How it calls itself; `null`: it has no name. */
  readonly name: string | null;
  /** ms since the epoch; `null`: there is none yet. */
  readonly certificateEndsAt: number | null;
  readonly isMember: boolean;
}

/** What the tray and the notifications watch. */
export interface StateWatch {
  get(): SeenState;
  /** Tells the present state at once, every later one, and the same again now and then, because it has an age. */
  watch(listener: (state: SeenState) => void): void;
}

/** How often the state is looked at anew although nothing was heard, ms. */
const lookMs = 10_000;

/** Watches the node's status and the shell's view of its process, for as long as the app runs. */
export function watchState(link: Pick<NodeLink, 'watch'>, state: ShellState, now: () => number): StateWatch {
  const listeners = new Set<(state: SeenState) => void>();
  let status: StatusView | null = null;
  const begunAt = now();
  const get = (): SeenState => {
    const { runtime } = state.get();
    const isRunning = runtime.kind === 'running';
    return {
      ...shellDecision(status, runtime, now()),
      at: ageOf(status, isRunning) ?? begunAt,
      isRunning,
      hive: hiveOf(status),
    };
  };
  // While the node is there and watched, what it said last is true now: it speaks whenever something changes.
  const ageOf = (heard: StatusView | null, isRunning: boolean): number | null =>
    heard && isRunning ? now() : (heard?.at ?? null);
  const tell = (): void => {
    const seen = get();
    for (const listener of [...listeners]) listener(seen);
  };
  link.watch(
    'status.watch',
    {},
    {
      next(heard) {
        status = heard;
        tell();
      },
    },
  );
  state.watch(tell);
  setInterval(tell, lookMs).unref();
  return {
    get,
    watch(listener) {
      listeners.add(listener);
      listener(get());
    },
  };
}

function hiveOf(status: StatusView | null): SeenHive | null {
  if (!status?.hive) return null;
  const { name, certificateEndsAt } = status.hive;
  return { name, certificateEndsAt, isMember: status.tier !== 'flat' };
}
