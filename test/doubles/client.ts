import type { Watcher } from '../../node-core/api/client.ts';
import {
  type CallArgument,
  type CallInput,
  type CallName,
  type CallResult,
  contract,
  type SubscriptionInput,
  type SubscriptionItem,
  type SubscriptionName,
} from '../../node-core/api/contract.ts';
import type { Failure } from '../../node-core/api/failures.ts';
import type { Connection, NodeClient } from '../../renderer/rpc/node-client.ts';

/** Answers a call of the double; throws a FailureError to refuse. */
export type FakeAnswer<N extends CallName> = (input: CallArgument<N>) => CallResult<N> | Promise<CallResult<N>>;

/** The first item of a subscription, or what makes it from the input. */
export type FakeFirst<N extends SubscriptionName> =
  | SubscriptionItem<N>
  | ((input: SubscriptionInput<N>) => SubscriptionItem<N> | null);

/** What the double answers from the start. */
export interface FakeScript {
  readonly calls?: { readonly [N in CallName]?: FakeAnswer<N> };
  readonly first?: { readonly [N in SubscriptionName]?: FakeFirst<N> };
}

export interface RecordedCall {
  readonly name: CallName;
  readonly input: unknown;
}

interface OpenWatch {
  readonly name: SubscriptionName;
  readonly input: unknown;
  readonly watcher: Watcher<never>;
}

/**
 * A client without a node. Inputs, answers and items are checked with the contract, so a test cannot agree with itself
 * on something that the node would refuse. A call nobody answers rejects with an error that names it.
 */
export class FakeClient implements NodeClient {
  /** Every call, oldest first; inputs as the node would receive them. */
  readonly recorded: RecordedCall[] = [];
  readonly #answers = new Map<CallName, (input: never) => unknown>();
  readonly #first = new Map<SubscriptionName, unknown>();
  readonly #watches = new Set<OpenWatch>();
  readonly #connectionListeners = new Set<() => void>();
  #connection: Connection = { kind: 'connected' };

  constructor(script: FakeScript = {}) {
    for (const [name, answer] of Object.entries(script.calls ?? {})) {
      this.#answers.set(name as CallName, answer as (input: never) => unknown);
    }
    for (const [name, first] of Object.entries(script.first ?? {})) this.#first.set(name as SubscriptionName, first);
  }

  /** Sets or replaces what answers a call. */
  answer<N extends CallName>(name: N, answer: FakeAnswer<N>): void {
    this.#answers.set(name, answer as (input: never) => unknown);
  }

  /** Inputs of all calls of that name. */
  inputs<N extends CallName>(name: N): CallArgument<N>[] {
    return this.recorded.filter((call) => call.name === name).map(({ input }) => input as CallArgument<N>);
  }

  /** Sends an item to all watchers of a subscription, and makes it the first item of later ones if `isFirst`. */
  emit<N extends SubscriptionName>(name: N, item: SubscriptionItem<N>, isFirst = false): void {
    const checked = contract.subscriptions[name].item.parse(item);
    if (isFirst) this.#first.set(name, checked);
    for (const watch of [...this.#watches]) if (watch.name === name) watch.watcher.next(checked as never);
  }

  /** Ends all subscriptions of that name with a failure. */
  end(name: SubscriptionName, failure: Failure): void {
    for (const watch of [...this.#watches]) {
      if (watch.name !== name) continue;
      this.#watches.delete(watch);
      watch.watcher.ended?.(failure);
    }
  }

  /** How many subscriptions of that name are open. */
  watching(name: SubscriptionName): number {
    return [...this.#watches].filter((watch) => watch.name === name).length;
  }

  setConnection(connection: Connection): void {
    this.#connection = connection;
    for (const listener of [...this.#connectionListeners]) listener();
  }

  readonly call: NodeClient['call'] = async <N extends CallName>(name: N, input: CallInput<N>) => {
    const argument: unknown = contract.calls[name].input.parse(input);
    this.recorded.push({ name, input: argument });
    const answer = this.#answers.get(name);
    if (!answer) throw new Error(`the test answers no ${name}`);
    return contract.calls[name].output.parse(await answer(argument as never)) as CallResult<N>;
  };

  readonly watch: NodeClient['watch'] = (name, input, watcher) => {
    const open: OpenWatch = { name, input: contract.subscriptions[name].input.parse(input), watcher };
    this.#watches.add(open);
    const first = this.#first.get(name);
    if (first !== undefined) void Promise.resolve().then(() => this.#sendFirst(open, first));
    return () => this.#watches.delete(open);
  };

  connection(): Connection {
    return this.#connection;
  }

  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  close(): void {
    this.#watches.clear();
  }

  #sendFirst(open: OpenWatch, first: unknown): void {
    if (!this.#watches.has(open)) return;
    const item: unknown = typeof first === 'function' ? first(open.input) : first;
    if (item !== null) open.watcher.next(contract.subscriptions[open.name].item.parse(item) as never);
  }
}

/** A client double that answers what the script says. */
export function createFakeClient(script?: FakeScript): FakeClient {
  return new FakeClient(script);
}
