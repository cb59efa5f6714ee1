import type { Sink } from '../api/contract.ts';
import type { ThreadItem } from '../api/conversation-views.ts';
import { failureOf } from '../api/failures.ts';
import { Branch, commonLength } from '../protocol/branch.ts';
import { type ThreadNode, ThreadTree } from '../protocol/thread-tree.ts';
import type { Storage } from '../storage/storage.ts';
import type { DraftChange } from './answer-draft.ts';
import { checklistView, readChecklist } from './checklist-store.ts';
import { type ConversationRow, conversationView, requireConversation } from './conversation-store.ts';
import { readMessages, readTree } from './message-store.ts';
import { type StoredAnswer, type StoredMessage, withSiblings } from './stored-message.ts';

/** Messages that a watcher gets at once; the page asks for the others when they come into view. */
const pageLength = 60;

/** Threads nobody watches that are kept for the next call. */
const mostIdle = 8;

/** A conversation's tree and shown branch in memory, and who watches it. */
export interface OpenThread {
  readonly conversationId: string;
  tree: ThreadTree;
  readonly branch: Branch;
  readonly sinks: Set<Sink<ThreadItem>>;
  /** Grows with every change but text that grows; a page that was read before a change is read again. */
  version: number;
  /** The branch as the watchers know it. */
  shownIds: readonly string[];
}

/** A stretch of the branch: from an index, at most so many. */
interface Stretch {
  readonly from: number;
  readonly count: number;
}

type ThreadPage = Extract<ThreadItem, { kind: 'opened' }>['page'];

/** What the threads need to know of what goes on. */
export interface Work {
  /** A turn of the conversation is queued or streaming. */
  isRunning(conversationId: string): boolean;
  /** Something is about to change the conversation. */
  isBusy(conversationId: string): boolean;
  /** An answer as it stands while its turn is queued or running. */
  live(messageId: string): StoredAnswer | null;
}

/**
 * The conversations that are watched or were used lately. Answers every question about their shape from memory, so
 * that ten thousand messages open fast, and tells watchers what changes.
 */
export class OpenThreads {
  readonly #storage: Storage;
  readonly #work: Work;
  readonly #threads = new Map<string, Promise<OpenThread>>();
  /** Those of `#threads` that are loaded. */
  readonly #loaded = new Map<string, OpenThread>();

  constructor(storage: Storage, work: Work) {
    this.#storage = storage;
    this.#work = work;
  }

  /** The thread; throws `not-found` if the conversation is not there or deleted. */
  async get(conversationId: string): Promise<OpenThread> {
    const known = this.#threads.get(conversationId);
    if (known) return known;
    const loading = this.#load(conversationId);
    this.#threads.set(conversationId, loading);
    try {
      const thread = await loading;
      if (this.#threads.get(conversationId) === loading) this.#loaded.set(conversationId, thread);
      this.#forgetIdle(conversationId);
      return thread;
    } catch (error) {
      if (this.#threads.get(conversationId) === loading) this.#threads.delete(conversationId);
      throw error;
    }
  }

  /** Adds new messages, newest last, and shows the branch that ends with `leafId`. */
  grow(thread: OpenThread, nodes: readonly ThreadNode[], leafId: string | null): void {
    for (const node of nodes) thread.tree.add(node);
    this.follow(thread, leafId);
  }

  /** Shows the branch that ends with `leafId`. */
  follow(thread: OpenThread, leafId: string | null): void {
    thread.branch.follow(thread.tree.pathTo(leafId));
    thread.version += 1;
  }

  /** Reads the tree anew after messages came into view or went out of it, and shows the branch that ends so. */
  async refresh(thread: OpenThread, leafId: string | null): Promise<void> {
    thread.tree = new ThreadTree(await readTree(this.#storage.db, thread.conversationId));
    this.follow(thread, leafId);
  }

  /** Sends `opened` and then every change. Returns what ends it. */
  async watch(conversationId: string, sink: Sink<ThreadItem>): Promise<() => void> {
    await this.#open(conversationId, [sink]);
    return () => this.#loaded.get(conversationId)?.sinks.delete(sink);
  }

  /** The database was replaced: everything is read anew, and whoever watches gets a new beginning. */
  async reset(): Promise<void> {
    const watched = [...this.#loaded.values()].filter((thread) => thread.sinks.size > 0);
    this.#threads.clear();
    this.#loaded.clear();
    for (const { conversationId, sinks } of watched) {
      // A conversation that is gone has nothing to show; the list of conversations says that it is gone.
      await this.#open(conversationId, [...sinks]).catch((error: unknown) => {
        if (failureOf(error)?.kind !== 'not-found') throw error;
      });
    }
  }

  /** Reads a stretch of the branch and hands it to `use` at once, before anything else can change. */
  async page<T>(thread: OpenThread, stretch: () => Stretch, use: (page: ThreadPage) => T): Promise<T> {
    for (;;) {
      const { version } = thread;
      const { from, count } = stretch();
      const rows = await readMessages(this.#storage.db, thread.branch.ids.slice(from, from + count));
      if (thread.version !== version) continue;
      const messages = rows.map((row) => this.#present(thread, row));
      return use({ length: thread.branch.ids.length, from, messages });
    }
  }

  /** Tells watchers that the branch is another from some message on, if it is. */
  async showBranch(thread: OpenThread): Promise<void> {
    const from = (): number => commonLength(thread.shownIds, thread.branch.ids);
    const isShown = (): boolean => from() === thread.branch.ids.length && from() === thread.shownIds.length;
    if (isShown()) return;
    if (thread.sinks.size === 0) {
      thread.shownIds = thread.branch.ids;
      return;
    }
    await this.page(
      thread,
      () => ({ from: from(), count: pageLength }),
      (page) => {
        if (isShown()) return;
        thread.shownIds = thread.branch.ids;
        this.#tell(thread, { kind: 'path', page });
      },
    );
  }

  /** Tells watchers about the versions that follow `parentId`, where the shown branch holds one of them. */
  async showVersions(thread: OpenThread, parentId: string | null): Promise<void> {
    const shown = thread.tree.childrenOf(parentId).find((id) => thread.branch.indexOf(id) !== null);
    if (shown === undefined || thread.sinks.size === 0) return;
    const [row] = await readMessages(this.#storage.db, [shown]);
    if (row) this.#tellMessage(thread, this.#work.live(row.id) ?? row);
  }

  /** Tells watchers how an answer grows. Synchronous: a token waits for nothing. */
  showAnswer(conversationId: string, messageId: string, change: DraftChange): void {
    const thread = this.#loaded.get(conversationId);
    if (!thread || change.kind === 'nothing') return;
    if (change.kind === 'message') thread.version += 1;
    if (thread.sinks.size === 0 || shownIndex(thread, messageId) === null) return;
    if (change.kind === 'text') {
      const { part, offset, text } = change;
      this.#tell(thread, { kind: 'delta', messageId, part, offset, text });
      return;
    }
    const answer = this.#work.live(messageId);
    if (answer) this.#tellMessage(thread, answer);
  }

  /** Tells watchers a message that was changed after its end. */
  async showStored(conversationId: string, messageId: string): Promise<void> {
    const thread = this.#loaded.get(conversationId);
    if (!thread) return;
    thread.version += 1;
    const [row] = await readMessages(this.#storage.db, [messageId]);
    if (row) this.#tellMessage(thread, this.#work.live(row.id) ?? row);
  }

  /** Tells watchers what the conversation says of itself now. */
  showConversation(row: ConversationRow): void {
    const thread = this.#loaded.get(row.id);
    if (!thread) return;
    thread.version += 1;
    const conversation = conversationView(row, this.#work.isRunning(row.id));
    this.#tell(thread, { kind: 'conversation', conversation });
  }

  /** Tells watchers the checklist as it is now. */
  async showChecklist(conversationId: string): Promise<void> {
    const checklist = checklistView(await readChecklist(this.#storage.db, conversationId));
    const thread = this.#loaded.get(conversationId);
    if (!thread) return;
    thread.version += 1;
    this.#tell(thread, { kind: 'checklist', checklist });
  }

  async #open(conversationId: string, sinks: readonly Sink<ThreadItem>[]): Promise<void> {
    for (;;) {
      const thread = await this.get(conversationId);
      const { version } = thread;
      const row = await requireConversation(this.#storage.db, conversationId);
      const checklist = checklistView(await readChecklist(this.#storage.db, conversationId));
      const newest = (): Stretch => ({ from: Math.max(0, thread.branch.ids.length - pageLength), count: pageLength });
      const isOpened = await this.page(thread, newest, (page) => {
        if (this.#loaded.get(conversationId) !== thread || thread.version !== version) return false;
        if (thread.sinks.size === 0) thread.shownIds = thread.branch.ids;
        const conversation = conversationView(row, this.#work.isRunning(conversationId));
        for (const sink of sinks) {
          thread.sinks.add(sink);
          sink.next({ kind: 'opened', conversation, checklist, page });
        }
        return true;
      });
      if (isOpened) return;
    }
  }

  async #load(conversationId: string): Promise<OpenThread> {
    const { db } = this.#storage;
    const row = await requireConversation(db, conversationId);
    const tree = new ThreadTree(await readTree(db, conversationId));
    const branch = new Branch(tree.pathTo(row.leaf_id));
    return { conversationId, tree, branch, sinks: new Set(), version: 0, shownIds: branch.ids };
  }

  #forgetIdle(usedId: string): void {
    const idle = [...this.#loaded.values()].filter(
      ({ conversationId, sinks }) =>
        sinks.size === 0 && conversationId !== usedId && !this.#work.isBusy(conversationId),
    );
    for (const { conversationId } of idle.slice(0, Math.max(0, idle.length - mostIdle))) {
      this.#threads.delete(conversationId);
      this.#loaded.delete(conversationId);
    }
  }

  #present(thread: OpenThread, stored: StoredMessage): ThreadPage['messages'][number] {
    return withSiblings(this.#work.live(stored.id) ?? asEnded(stored), thread.tree.siblingsOf(stored.id));
  }

  #tellMessage(thread: OpenThread, stored: StoredMessage): void {
    const index = shownIndex(thread, stored.id);
    if (index === null) return;
    const message = withSiblings(stored, thread.tree.siblingsOf(stored.id));
    this.#tell(thread, { kind: 'message', index, message });
  }

  #tell(thread: OpenThread, item: ThreadItem): void {
    for (const sink of thread.sinks) sink.next(item);
  }
}

/**
 * Where watchers know a message to stand. While a change of the branch is on its way to them they may not know of it
 * yet; then the stretch that is on its way brings it as it stands.
 */
const shownIndex = (thread: OpenThread, messageId: string): number | null => {
  const index = thread.branch.indexOf(messageId);
  return index !== null && thread.shownIds[index] === messageId ? index : null;
};

/** An answer that the database calls running while no turn is at work on it could not be kept when it ended. */
const asEnded = (stored: StoredMessage): StoredMessage =>
  stored.role === 'assistant' && (stored.state.kind === 'queued' || stored.state.kind === 'streaming')
    ? { ...stored, state: { kind: 'interrupted' } }
    : stored;
