import { useEffect, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';

/** How long after one look for programs the next one begins, in ms. */
export const discoveryIntervalMs = 2_000;

/**
 * Looks for programs that serve models, again and again while the page is in view.
 * @returns what the newest look failed with; what it found is in `models.watch`
 */
export function useDiscovery(): Failure | null {
  const client = useClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (!document.hidden) {
        const result = await client.call('models.discover', {}).then(() => null, failureFrom);
        if (!isOver) setFailure(result);
      }
      if (!isOver) timer = setTimeout(look, discoveryIntervalMs);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client]);
  return failure;
}
