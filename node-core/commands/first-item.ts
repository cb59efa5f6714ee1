import type { Client } from '../api/client.ts';
import type { SubscriptionInput, SubscriptionItem } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';

/** The present value of a subscription that takes nothing. */
export function firstItem<N extends 'models.watch' | 'keys.watch'>(
  client: Client,
  name: N,
): Promise<SubscriptionItem<N>> {
  return new Promise((resolve, reject) => {
    const stop = client.watch(
      name,
      // Each of them takes nothing, which the types cannot see while N is open.
      {} as SubscriptionInput<N>,
      {
        next(item) {
          queueMicrotask(() => stop());
          resolve(item);
        },
        ended: (failure) => reject(new FailureError(failure)),
      },
    );
  });
}
