import type { Sink, SubscriptionItem } from '../api/contract.ts';
import type { Storage } from '../storage/storage.ts';
import { allConversations, type ConversationRow, conversationView } from './conversation-store.ts';

type ListItem = SubscriptionItem<'conversations.watch'>;

/** Tells watchers which conversations there are. */
export class ConversationList {
  readonly #storage: Storage;
  readonly #isRunning: (conversationId: string) => boolean;
  readonly #sinks = new Set<Sink<ListItem>>();
  /** Grows with every change, so that a list that was read before one is read again. */
  #version = 0;

  constructor(storage: Storage, isRunning: (conversationId: string) => boolean) {
    this.#storage = storage;
    this.#isRunning = isRunning;
  }

  /** Sends `all` and then every change. Returns what ends it. */
  async watch(sink: Sink<ListItem>): Promise<() => void> {
    await this.#sendAll([sink]);
    return () => this.#sinks.delete(sink);
  }

  changed(row: ConversationRow): void {
    this.#version += 1;
    const conversation = conversationView(row, this.#isRunning(row.id));
    for (const sink of this.#sinks) sink.next({ kind: 'changed', conversation });
  }

  removed(id: string): void {
    this.#version += 1;
    for (const sink of this.#sinks) sink.next({ kind: 'removed', id });
  }

  /** Everything may be different: whoever watches gets the whole list again. */
  reset(): Promise<void> {
    this.#version += 1;
    return this.#sendAll([...this.#sinks]);
  }

  async #sendAll(sinks: readonly Sink<ListItem>[]): Promise<void> {
    for (;;) {
      const version = this.#version;
      const rows = await allConversations(this.#storage.db);
      if (version !== this.#version) continue;
      const conversations = rows.map((row) => conversationView(row, this.#isRunning(row.id)));
      for (const sink of sinks) {
        this.#sinks.add(sink);
        sink.next({ kind: 'all', conversations });
      }
      return;
    }
  }
}
