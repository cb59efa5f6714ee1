import { useEffect, useState } from 'react';
import type { SearchHit } from '../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../node-core/api/failures.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';

/** Pause in typing after which the node is asked, ms. */
const pauseMs = 120;
/** Most messages shown. */
const maxHits = 40;

/** What the node found for a query. */
export interface Found {
  /** The query that `hits` belong to. */
  readonly query: string;
  readonly hits: readonly SearchHit[];
  readonly failure: Failure | null;
}

const nothing: Found = { query: '', hits: [], failure: null };

/** Messages that match what is typed; the newest question wins. */
export function useSearch(query: string): Found {
  const client = useClient();
  const [found, setFound] = useState<Found>(nothing);
  const wanted = query.trim();
  useEffect(() => {
    if (wanted === '') {
      setFound(nothing);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      client.call('search.messages', { query: wanted.slice(0, 500), limit: maxHits }).then(
        ({ hits }) => isCurrent && setFound({ query: wanted, hits, failure: null }),
        (error: unknown) => isCurrent && setFound({ query: wanted, hits: [], failure: failureFrom(error) }),
      );
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, wanted]);
  return found;
}
