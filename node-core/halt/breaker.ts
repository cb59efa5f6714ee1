import type { CallHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import type { Breaker } from '../protocol/ports/breaker.ts';
import type { Clock, Timer } from '../protocol/ports/clock.ts';
import type { Storage } from '../storage/storage.ts';
import { createPauseStore, type PauseStore } from './pause-store.ts';

/** The node's breaker, with the one reason that there is so far: the person has paused the agents. */
export interface HaltBreaker extends Breaker {
  /** Since when the person has paused the agents, ms since the epoch, or `null`. */
  pausedSince(): number | null;
  /** Told after every change. Returns what ends the telling. */
  onChange(listener: () => void): () => void;
  readonly handlers: { readonly calls: Pick<CallHandlers, 'agents.pause' | 'agents.resume'> };
  /** Ends what it listens to, and its attempts to keep a pause. */
  stop(): void;
}

/** What a breaker is made of. */
export interface BreakerOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: BreakerClock;
}

type BreakerClock = Pick<Clock, 'now' | 'after'>;

/** How long a pause that could not be kept waits for its next attempt, in ms: the first time, and at most. */
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

/** Reads what is stored before anything can ask: a pause outlives the process that was told of it. */
export async function openBreaker({ storage, clock }: BreakerOptions): Promise<HaltBreaker> {
  const store = createPauseStore(storage);
  const breaker = new StoredBreaker(store, clock, await store.read(clock.now()));
  breaker.keepThrough(storage);
  return breaker;
}

class StoredBreaker implements HaltBreaker {
  readonly #store: PauseStore;
  readonly #clock: BreakerClock;
  readonly #tripListeners = new Set<() => void>();
  readonly #changeListeners = new Set<() => void>();
  #pausedSince: number | null;
  #trip = new AbortController();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #endReplaced: () => void = () => undefined;
  #retry: Timer | null = null;
  #retryMs = firstRetryMs;
  #isStopped = false;

  constructor(store: PauseStore, clock: BreakerClock, pausedSince: number | null) {
    this.#store = store;
    this.#clock = clock;
    this.#pausedSince = pausedSince;
    if (pausedSince !== null) this.#trip.abort(refusal(pausedSince));
  }

  readonly handlers: HaltBreaker['handlers'] = {
    calls: {
      'agents.pause': async () => {
        await this.#pause();
        return {};
      },
      'agents.resume': async () => {
        await this.#resume();
        return {};
      },
    },
  };

  pass(): void {
    if (this.#pausedSince !== null) throw refusal(this.#pausedSince);
  }

  signal(): AbortSignal {
    return this.#trip.signal;
  }

  pausedSince(): number | null {
    return this.#pausedSince;
  }

  onTrip(listener: () => void): () => void {
    this.#tripListeners.add(listener);
    return () => this.#tripListeners.delete(listener);
  }

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** What holds now holds after a restore too, whatever the backup says. */
  keepThrough(storage: Pick<Storage, 'onReplaced'>): void {
    this.#endReplaced = storage.onReplaced(() => this.#inOrder(() => this.#keep()));
  }

  stop(): void {
    this.#isStopped = true;
    this.#endRetry();
    this.#endReplaced();
    this.#tripListeners.clear();
    this.#changeListeners.clear();
  }

  /**
   * Stops at once and is kept right after: a full disk must not delay it. Rejects when it could not be kept, and tries
   * again for as long as it holds: a restart must not lift it.
   */
  #pause(): Promise<void> {
    this.#begin();
    return this.#inOrder(async () => {
      // A resume that was under way may have lifted it.
      this.#begin();
      await this.#keep();
    });
  }

  /** Counts only once it is kept: otherwise the next start would stand still for a reason that nobody sees. */
  #resume(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#store.write(null);
      this.#endRetry();
      if (this.#pausedSince === null) return;
      this.#pausedSince = null;
      this.#trip = new AbortController();
      for (const listener of [...this.#changeListeners]) listener();
    });
  }

  #begin(): void {
    if (this.#pausedSince !== null) return;
    this.#pausedSince = this.#clock.now();
    this.#trip.abort(refusal(this.#pausedSince));
    for (const listener of [...this.#tripListeners, ...this.#changeListeners]) listener();
  }

  async #keep(): Promise<void> {
    try {
      await this.#store.write(this.#pausedSince);
      this.#endRetry();
    } catch (error) {
      this.#keepLater();
      throw error;
    }
  }

  #keepLater(): void {
    if (this.#isStopped) return;
    this.#retry?.cancel();
    this.#retry = this.#clock.after(this.#retryMs, () => void this.#inOrder(() => this.#keep()).catch(() => undefined));
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #endRetry(): void {
    this.#retry?.cancel();
    this.#retry = null;
    this.#retryMs = firstRetryMs;
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const result = this.#lastWrite.then(work);
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }
}

const refusal = (since: number): FailureError => new FailureError({ kind: 'agents-paused', since });
