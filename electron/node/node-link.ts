import type { Channel } from '../../node-core/api/channel.ts';
import { type Client, createClient, type Watcher } from '../../node-core/api/client.ts';
import type { SubscriptionName } from '../../node-core/api/contract.ts';
import { FailureError } from '../../node-core/api/failures.ts';

/**
 * The contract as the main process uses it: it outlives single processes of the node. Subscriptions are made again on
 * every new one, and their first item is the present value. A call while there is no node fails as `disconnected`.
 */
export type NodeLink = Pick<Client, 'call' | 'watch'>;

/** A link whose channels come from whoever watches over the node's process. */
export interface ConnectableLink extends NodeLink {
  /** Speaks over `channel` from now on; an earlier one is closed. */
  connect(channel: Channel): void;
}

interface Subscription {
  open(client: Client): void;
  stop: (() => void) | null;
}

/** A link to a node that is not there yet. */
export function createNodeLink(): ConnectableLink {
  const subscriptions = new Set<Subscription>();
  let present: Client | null = null;

  const lasting = <T>(subscription: Subscription, watcher: Watcher<T>): Watcher<T> => ({
    next: (item) => watcher.next(item),
    ended(failure) {
      // A node that has gone is not the end of a subscription; anything else is.
      if (failure.kind === 'disconnected' || !subscriptions.delete(subscription)) return;
      watcher.ended?.(failure);
    },
  });

  return {
    connect(channel) {
      const earlier = present;
      const client = createClient(channel);
      present = client;
      earlier?.close();
      for (const subscription of [...subscriptions]) subscription.open(client);
      client.onClose(() => {
        if (present === client) present = null;
      });
    },
    async call(name, input) {
      if (!present) throw new FailureError({ kind: 'disconnected' });
      return present.call(name, input);
    },
    watch<N extends SubscriptionName>(
      name: N,
      input: Parameters<Client['watch']>[1],
      watcher: Watcher<never>,
    ): () => void {
      const subscription: Subscription = { open: () => undefined, stop: null };
      subscription.open = (client) => {
        subscription.stop = client.watch(name, input as never, lasting(subscription, watcher));
      };
      subscriptions.add(subscription);
      if (present) subscription.open(present);
      return () => {
        subscriptions.delete(subscription);
        subscription.stop?.();
        subscription.stop = null;
      };
    },
  };
}
