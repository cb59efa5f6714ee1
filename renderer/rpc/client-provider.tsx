import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { NodeClient } from './node-client.ts';
import { WatchCache } from './watch-cache.ts';

interface Provided {
  readonly client: NodeClient;
  readonly watches: WatchCache;
}

const ClientContext = createContext<Provided | null>(null);

/** Hands the client to everything below it. */
export function ClientProvider({ client, children }: { readonly client: NodeClient; readonly children: ReactNode }) {
  const provided = useMemo(() => ({ client, watches: new WatchCache(client) }), [client]);
  return <ClientContext value={provided}>{children}</ClientContext>;
}

/** For the hooks of this folder. */
export function useProvided(): Provided {
  const provided = useContext(ClientContext);
  if (!provided) throw new Error('outside of a ClientProvider');
  return provided;
}

/** The client of the page. */
export function useClient(): NodeClient {
  return useProvided().client;
}
