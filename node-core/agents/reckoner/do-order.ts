import { TookTooLong } from '../../platform/timed-call.ts';
import { type Compute, createCompute } from '../reckoning/compute.ts';
import { ToolRefusal } from '../tools/tool.ts';
import { textOfHtml } from '../web/page-text.ts';
import type { ReckonerOrder, ReckonerReport } from './reckoner-messages.ts';

/** What does orders; the process does nothing else meanwhile. Never rejects. */
export function createOrders(): (order: ReckonerOrder) => Promise<ReckonerReport> {
  const compute = createCompute();
  return async (order) => {
    try {
      return await doOrder(order, compute);
    } catch (error) {
      const { id } = order;
      const reason = reasonOf(error);
      return reason === null ? { kind: 'failed', id } : { kind: 'refused', id, reason };
    }
  };
}

async function doOrder(order: ReckonerOrder, compute: Compute): Promise<ReckonerReport> {
  const { id } = order;
  if (order.kind === 'page') return { kind: 'page', id, ...(await textOfHtml(order.html, new URL(order.url))) };
  return { kind: 'calculated', id, result: await compute(order.expression, order.form) };
}

/** `null`: a bug. */
function reasonOf(error: unknown): string | null {
  if (error instanceof ToolRefusal) return error.message;
  return error instanceof TookTooLong ? 'The page is too tangled to be read as text.' : null;
}
