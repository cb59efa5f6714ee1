import { createOrders } from '../../node-core/agents/reckoner/do-order.ts';
import { createReckoner, type Reckoner } from '../../node-core/agents/reckoner/reckoner.ts';
import type { ReckonerOrder } from '../../node-core/agents/reckoner/reckoner-messages.ts';
import type { ForkedChild } from '../../node-core/protocol/ports/host.ts';

/** A reckoner that computes in the process of the test. */
export function createNearReckoner(): Reckoner {
  const doOrder = createOrders();
  const fork = (): ForkedChild => {
    const listeners: ((message: unknown) => void)[] = [];
    return {
      pid: 1,
      send: (message) =>
        // It is what the reckoner sends.
        void doOrder(message as ReckonerOrder).then((report) => {
          for (const listener of listeners) listener(report);
        }),
      onMessage: (listener) => void listeners.push(listener),
      onExit: () => undefined,
      kill: () => undefined,
    };
  };
  return createReckoner({ fork, clock: { after: () => ({ cancel: () => undefined }) } });
}
