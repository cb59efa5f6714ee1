import type { CallHandlers } from '../api/contract.ts';
import type { Storage } from '../storage/storage.ts';
import { searchMessages } from './message-search.ts';

/** Answers `search.messages`. */
export function createSearchHandlers(storage: Storage): { readonly calls: Pick<CallHandlers, 'search.messages'> } {
  return {
    calls: {
      'search.messages': async ({ query, limit }) => ({ hits: await searchMessages(storage.db, query, limit) }),
    },
  };
}
