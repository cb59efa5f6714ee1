import { useCallback, useSyncExternalStore } from 'react';
import { useClient } from './client-provider.tsx';
import type { Connection } from './node-client.ts';

/** How the page stands with its node just now. */
export function useConnection(): Connection {
  const client = useClient();
  return useSyncExternalStore(
    useCallback((listener) => client.onConnection(listener), [client]),
    () => client.connection(),
  );
}
