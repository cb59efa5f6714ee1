import type { SubscriptionInput, SubscriptionItem, SubscriptionName } from '../../node-core/api/contract.ts';
import type { Failure } from '../../node-core/api/failures.ts';
import type { NodeClient } from './node-client.ts';

/** The newest item of a subscription, or why there is none. Both `null`: not yet known. */
export interface Watched<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

/** Folds the items of a subscription into one value; `null` before the first. */
export type Fold<N extends SubscriptionName, T> = (value: T | null, item: SubscriptionItem<N>) => T;

/** One subscription that several components look at. */
export interface WatchEntry<T> {
  snapshot(): Watched<T>;
  /** Subscribes with the first listener; returns what ends the listening. */
  listen(listener: () => void): () => void;
}

const nothingYet: Watched<never> = { value: null, failure: null };

/** Shares subscriptions among components: same name, input and fold, one subscription. */
export class WatchCache {
  readonly #client: NodeClient;
  readonly #entries = new Map<string, WatchEntry<unknown>>();

  constructor(client: NodeClient) {
    this.#client = client;
  }

  /** `foldName` tells folds of the same subscription apart. */
  entry<N extends SubscriptionName, T>(
    name: N,
    input: SubscriptionInput<N>,
    foldName: string,
    fold: Fold<N, T>,
  ): WatchEntry<T> {
    const key = JSON.stringify([name, input, foldName]);
    const known = this.#entries.get(key);
    // The key names the subscription and the fold, which together decide T.
    if (known) return known as WatchEntry<T>;
    const made = new SharedWatch(this.#client, name, input, fold);
    this.#entries.set(key, made);
    return made;
  }
}

class SharedWatch<N extends SubscriptionName, T> implements WatchEntry<T> {
  readonly #listeners = new Set<() => void>();
  readonly #start: () => () => void;
  #watched: Watched<T> = nothingYet;
  #stop: (() => void) | null = null;

  constructor(client: NodeClient, name: N, input: SubscriptionInput<N>, fold: Fold<N, T>) {
    this.#start = () =>
      client.watch(name, input, {
        next: (item) => this.#become({ value: fold(this.#watched.value, item), failure: null }),
        ended: (failure) => this.#become({ value: this.#watched.value, failure }),
      });
  }

  snapshot(): Watched<T> {
    return this.#watched;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      // A component that is replaced by another listens again in the same task; only then is it really over.
      queueMicrotask(() => this.#stopIfAlone());
    };
  }

  #stopIfAlone(): void {
    if (this.#listeners.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  }

  #become(watched: Watched<T>): void {
    this.#watched = watched;
    for (const listener of [...this.#listeners]) listener();
  }
}
