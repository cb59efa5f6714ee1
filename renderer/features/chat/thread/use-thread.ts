import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { MessageView } from '../../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { browserFrame } from './frame-queue.ts';
import { PageLoader } from './page-loader.ts';
import { type ThreadShape, ThreadStore } from './thread-store.ts';

/** A conversation that is open on the page. */
export interface OpenThread {
  readonly store: ThreadStore;
  readonly loader: PageLoader;
  /** Why it cannot be shown, for instance because it is not there any more. */
  readonly failure: Failure | null;
}

/** Opens a conversation; for a component that is made anew for each one. */
export function useThread(conversationId: string): OpenThread {
  const client = useClient();
  const [{ store, loader }] = useState(() => {
    const made = new ThreadStore(browserFrame);
    return { store: made, loader: new PageLoader(client, conversationId, made) };
  });
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const stop = client.watch(
      'thread.watch',
      { conversationId },
      { next: (item) => store.take(item), ended: (reason) => setFailure(reason) },
    );
    return () => {
      stop();
      store.close();
    };
  }, [client, conversationId, store]);
  return { store, loader, failure };
}

/** What concerns the thread as a whole. */
export function useShape(store: ThreadStore): ThreadShape {
  return useSyncExternalStore(store.listen, store.shape);
}

/** One message; the component renders again only when that message changed. */
export function useMessage(store: ThreadStore, index: number): MessageView | null {
  return useSyncExternalStore(
    useCallback((listener) => store.listenMessage(index, listener), [store, index]),
    () => store.message(index),
  );
}
