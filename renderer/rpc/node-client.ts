import type { Channel } from '../../node-core/api/channel.ts';
import { type Client, createClient, type Watcher } from '../../node-core/api/client.ts';
import type { SubscriptionName } from '../../node-core/api/contract.ts';
import { FailureError } from '../../node-core/api/failures.ts';
import { backOffMs } from './back-off.ts';
import { NoSessionError } from './no-session-error.ts';

/** How the page stands with its node. `no-session`: the node is there but does not know this page. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'no-session' };

/**
 * The contract as the page uses it: it outlives single connections. Subscriptions are made again on every new
 * connection (their first item is the present value). A call before the first connection waits for it; a call while
 * the connection is lost fails at once as `disconnected`, so that nothing is sent behind the person's back.
 */
export interface NodeClient extends Pick<Client, 'call' | 'watch'> {
  connection(): Connection;
  /** Returns what ends the listening. */
  onConnection(listener: () => void): () => void;
  close(): void;
}

/** What the client takes from its surroundings. */
export interface NodeClientOptions {
  /** Makes a channel, or rejects; with NoSessionError there is no further attempt. */
  connect(): Promise<Channel>;
  /** Calls `action` after `delayMs`; returns what cancels it. */
  after(delayMs: number, action: () => void): () => void;
  /** 0 <= random < 1 */
  random(): number;
}

/** Connects at once and again whenever the connection breaks, until closed. */
export function createNodeClient(options: NodeClientOptions): NodeClient {
  return new ReconnectingClient(options);
}

interface Subscription {
  open(client: Client): void;
  stop: (() => void) | null;
}

class ReconnectingClient implements NodeClient {
  readonly #options: NodeClientOptions;
  readonly #listeners = new Set<() => void>();
  readonly #subscriptions = new Set<Subscription>();
  #waiting: { resolve: (client: Client) => void; reject: (error: FailureError) => void }[] = [];
  #connection: Connection = { kind: 'connecting' };
  #client: Client | null = null;
  #attempt = 0;
  #cancelTimer: (() => void) | null = null;
  #isClosed = false;

  constructor(options: NodeClientOptions) {
    this.#options = options;
    this.#connect();
  }

  readonly call: NodeClient['call'] = async (name, input) => {
    const client = this.#client ?? (await this.#firstClient());
    return client.call(name, input);
  };

  readonly watch: NodeClient['watch'] = (name, input, watcher) => {
    const subscription: Subscription = { open: () => undefined, stop: null };
    subscription.open = (client) => {
      subscription.stop = client.watch(name, input, this.#lasting(subscription, watcher));
    };
    this.#subscriptions.add(subscription);
    if (this.#client) subscription.open(this.#client);
    return () => {
      this.#subscriptions.delete(subscription);
      subscription.stop?.();
      subscription.stop = null;
    };
  };

  connection(): Connection {
    return this.#connection;
  }

  onConnection(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#client?.close();
    this.#refuseWaiting();
  }

  /** A broken connection is not the end of a subscription; anything else is. */
  #lasting<N extends SubscriptionName>(
    subscription: Subscription,
    watcher: Parameters<typeof this.watch<N>>[2],
  ): typeof watcher {
    return {
      next: (item) => watcher.next(item),
      ended: (failure) => {
        if (failure.kind === 'disconnected') return;
        this.#subscriptions.delete(subscription);
        watcher.ended?.(failure);
      },
    } satisfies Watcher<never>;
  }

  #firstClient(): Promise<Client> {
    if (this.#connection.kind !== 'connecting' || this.#isClosed) {
      return Promise.reject(new FailureError({ kind: 'disconnected' }));
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #connect(): void {
    this.#options.connect().then(
      (channel) => this.#connected(channel),
      (error: unknown) => this.#notConnected(error),
    );
  }

  #connected(channel: Channel): void {
    if (this.#isClosed) {
      channel.close();
      return;
    }
    const client = createClient(channel);
    this.#client = client;
    this.#attempt = 0;
    this.#become({ kind: 'connected' });
    for (const waiting of this.#waiting.splice(0)) waiting.resolve(client);
    for (const subscription of [...this.#subscriptions]) subscription.open(client);
    client.onClose(() => this.#gone());
  }

  #gone(): void {
    this.#client = null;
    for (const subscription of this.#subscriptions) subscription.stop = null;
    if (this.#isClosed) return;
    this.#become({ kind: 'lost' });
    this.#retryLater();
  }

  #notConnected(error: unknown): void {
    if (this.#isClosed) return;
    if (error instanceof NoSessionError) {
      this.#become({ kind: 'no-session' });
      this.#refuseWaiting();
      return;
    }
    if (this.#attempt >= 2 && this.#connection.kind === 'connecting') this.#become({ kind: 'lost' });
    this.#retryLater();
  }

  #retryLater(): void {
    const delayMs = backOffMs(this.#attempt, this.#options.random());
    this.#attempt += 1;
    this.#cancelTimer = this.#options.after(delayMs, () => this.#connect());
  }

  #refuseWaiting(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(new FailureError({ kind: 'disconnected' }));
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    if (connection.kind === 'lost') this.#refuseWaiting();
    for (const listener of [...this.#listeners]) listener();
  }
}
