import { randomUUID } from 'node:crypto';
import type { LinkedChat, LinkedJoin } from '../../node-core/api/shell-views.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { Arrival } from './arrival.ts';
import { type DeepLink, readDeepLink } from './deep-link.ts';
import { readLinkFile } from './link-file.ts';
import { createLinkQueue } from './link-queue.ts';

/** Links that were opened with Nunba, on their way into the page. */
export interface OpenedLinks {
  /** Reads what arrived and shows it to the page, or says why not. Never rejects, and never acts by itself. */
  open(arrival: Arrival): Promise<void>;
  /** The page has put it into the composer; the next one is shown. */
  chatTaken(id: string): void;
  /** The page shows its review; the next one is shown. */
  joinTaken(id: string): void;
}

/** Everything that opens a link goes through this one place. The page is shown one of each kind at a time. */
export function createOpenedLinks(state: Pick<ShellState, 'get' | 'update' | 'notify'>): OpenedLinks {
  const chats = createLinkQueue<LinkedChat>(
    () => state.get().linkedChat,
    (linkedChat) => state.update({ linkedChat }),
  );
  const joins = createLinkQueue<LinkedJoin>(
    () => state.get().linkedJoin,
    (linkedJoin) => state.update({ linkedJoin }),
  );
  const show = (link: DeepLink, source: LinkedChat['source']): void => {
    switch (link.kind) {
      case 'new':
        chats.add({ id: randomUUID(), agentId: link.agentId, text: link.text, source });
        break;
      case 'join':
        joins.add({ id: randomUUID(), link: link.link, source });
        break;
      case 'refused':
        state.notify({ kind: 'link-refused', reason: link.reason });
    }
  };
  return {
    async open(arrival) {
      if (arrival.kind === 'link') show(readDeepLink(arrival.address), 'link');
      else show(await readLinkFile(arrival.path), 'file');
    },
    chatTaken: chats.taken,
    joinTaken: joins.taken,
  };
}
