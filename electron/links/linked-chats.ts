import { randomUUID } from 'node:crypto';
import type { LinkedChat } from '../../node-core/api/shell-views.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { Arrival } from './arrival.ts';
import { type DeepLink, readDeepLink } from './deep-link.ts';
import { readLinkFile } from './link-file.ts';

/** Most links that wait for the page; the ones after that are dropped. */
const mostWaiting = 5;

/** Links on their way into the page. */
export interface LinkedChats {
  /** Reads what arrived and shows it to the page, or says why not. Never rejects. */
  open(arrival: Arrival): Promise<void>;
  /** The page has put it into the composer; the next one is shown. */
  taken(id: string): void;
}

/** Everything that opens a link goes through this one place. The page is shown one at a time. */
export function createLinkedChats(state: Pick<ShellState, 'get' | 'update' | 'notify'>): LinkedChats {
  const waiting: LinkedChat[] = [];
  const show = (link: DeepLink, source: LinkedChat['source']): void => {
    if (link.kind === 'refused') {
      state.notify({ kind: 'link-refused', reason: link.reason });
      return;
    }
    const chat: LinkedChat = { id: randomUUID(), agentId: link.agentId, text: link.text, source };
    if (state.get().linkedChat === null) state.update({ linkedChat: chat });
    else if (waiting.length < mostWaiting) waiting.push(chat);
  };
  return {
    async open(arrival) {
      if (arrival.kind === 'link') show(readDeepLink(arrival.address), 'link');
      else show(await readLinkFile(arrival.path), 'file');
    },
    taken(id) {
      if (state.get().linkedChat?.id === id) state.update({ linkedChat: waiting.shift() ?? null });
    },
  };
}
