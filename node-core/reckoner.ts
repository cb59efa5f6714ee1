import { createOrders } from './agents/reckoner/do-order.ts';
import { reckonerOrderSchema } from './agents/reckoner/reckoner-messages.ts';
import { openParentLine } from './platform/parent-line.ts';

/** Computes for the node what takes long, in a process of its own, so that the node goes on meanwhile. */
async function run(): Promise<void> {
  const doOrder = createOrders();
  const line = await openParentLine();
  line.onMessage((message) => {
    void doOrder(reckonerOrderSchema.parse(message)).then((report) => line.send(report));
  });
}

void run();
