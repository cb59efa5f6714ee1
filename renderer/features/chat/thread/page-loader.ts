import { limits } from '../../../../node-core/api/conversation-views.ts';
import type { NodeClient } from '../../../rpc/node-client.ts';
import type { ThreadStore } from './thread-store.ts';

/** Messages asked for at once. */
export const pageSize = Math.min(100, limits.threadPage);

/** Loads what is looked at and not there yet, page by page and never the same page twice at a time. */
export class PageLoader {
  readonly #client: NodeClient;
  readonly #conversationId: string;
  readonly #store: ThreadStore;
  readonly #loading = new Map<number, number>();
  #wanted: readonly [number, number] = [0, -1];

  constructor(client: NodeClient, conversationId: string, store: ThreadStore) {
    this.#client = client;
    this.#conversationId = conversationId;
    this.#store = store;
  }

  /** Says which stretch of the branch is in view, both ends included. */
  want(first: number, last: number): void {
    this.#wanted = [first, last];
    this.#load();
  }

  /** Loads what is in view and missing, and messages of which a piece of text got lost. */
  #load(): void {
    const { length, path } = this.#store.shape();
    const last = Math.min(this.#wanted[1], length - 1);
    const missing = new Set<number>();
    for (let index = Math.max(0, this.#wanted[0]); index <= last; index += 1) {
      if (!this.#store.message(index)) missing.add(Math.floor(index / pageSize));
    }
    for (const index of this.#store.takeGaps()) missing.add(Math.floor(index / pageSize));
    for (const page of missing) if (this.#loading.get(page) !== path) void this.#loadPage(page, path);
  }

  async #loadPage(page: number, path: number): Promise<void> {
    this.#loading.set(page, path);
    try {
      const answer = await this.#client.call('thread.page', {
        conversationId: this.#conversationId,
        from: page * pageSize,
        count: pageSize,
      });
      this.#done(page, path);
      if (!this.#store.takePage(answer, path)) this.#load();
    } catch {
      // A lost connection opens the thread anew; anything else shows when the place is looked at again.
      this.#done(page, path);
    }
  }

  #done(page: number, path: number): void {
    if (this.#loading.get(page) === path) this.#loading.delete(page);
  }
}
