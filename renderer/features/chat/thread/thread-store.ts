import type {
  ChecklistView,
  ConversationView,
  MessageView,
  ThreadItem,
} from '../../../../node-core/api/conversation-views.ts';
import { appendDelta } from './append-delta.ts';
import { FrameQueue, type NextFrame } from './frame-queue.ts';

/** A stretch of the chosen branch as the node sends it. */
export interface ThreadPage {
  readonly length: number;
  readonly from: number;
  readonly messages: readonly MessageView[];
}

/** What concerns the thread as a whole; a new value whenever one of its fields changed. */
export interface ThreadShape {
  /** `null` until the node has opened the thread. */
  readonly conversation: ConversationView | null;
  readonly checklist: ChecklistView | null;
  /** Messages of the chosen branch, loaded or not. */
  readonly length: number;
  /** Grows whenever messages were loaded, replaced or cut off. */
  readonly version: number;
  /** Grows whenever the branch itself changed; pages asked for before it are old. */
  readonly path: number;
}

const emptyShape: ThreadShape = { conversation: null, checklist: null, length: 0, version: 0, path: 0 };

/**
 * One conversation as the page knows it: the chosen branch, of which only some messages are loaded. Changes reach the
 * listeners at most once per frame, and a message's listeners only when that message changed.
 */
export class ThreadStore {
  readonly #queue: FrameQueue<ThreadItem>;
  readonly #messages = new Map<number, MessageView>();
  readonly #indexes = new Map<string, number>();
  readonly #shapeListeners = new Set<() => void>();
  readonly #messageListeners = new Map<number, Set<() => void>>();
  readonly #dirty = new Set<number>();
  #shape = emptyShape;
  #gaps = new Set<number>();

  constructor(nextFrame: NextFrame) {
    this.#queue = new FrameQueue(nextFrame, (items) => this.#apply(items));
  }

  /** Takes an item of the subscription. Only the opening one is shown before the next frame. */
  take(item: ThreadItem): void {
    this.#queue.push(item);
    if (item.kind === 'opened') this.#queue.flush();
  }

  /** Takes a page that was asked for when the shape's `path` was `path`. `false`: it is old, ask again. */
  takePage(page: ThreadPage, path: number): boolean {
    this.#queue.flush();
    if (path !== this.#shape.path || page.length !== this.#shape.length) return false;
    page.messages.forEach((message, offset) => {
      this.#put(page.from + offset, message);
    });
    this.#change({});
    this.#notify();
    return true;
  }

  readonly shape = (): ThreadShape => this.#shape;

  /** The message at an index of the branch, or `null` while it is not loaded. */
  message(index: number): MessageView | null {
    return this.#messages.get(index) ?? null;
  }

  /** Where a loaded message stands, or `null`. */
  indexOf(messageId: string): number | null {
    return this.#indexes.get(messageId) ?? null;
  }

  /** Indexes whose text misses a piece and must be loaded again; each is told once. */
  takeGaps(): readonly number[] {
    const gaps = [...this.#gaps];
    this.#gaps = new Set();
    return gaps;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#shapeListeners.add(listener);
    return () => this.#shapeListeners.delete(listener);
  };

  listenMessage(index: number, listener: () => void): () => void {
    const listeners = this.#messageListeners.get(index) ?? new Set();
    this.#messageListeners.set(index, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#messageListeners.delete(index);
    };
  }

  /** Forgets what waits for the next frame. */
  close(): void {
    this.#queue.clear();
  }

  #apply(items: readonly ThreadItem[]): void {
    for (const item of items) this.#applyOne(item);
    this.#notify();
  }

  #applyOne(item: ThreadItem): void {
    switch (item.kind) {
      case 'opened':
        this.#open(item);
        return;
      case 'path':
        this.#cutFrom(item.page.from);
        this.#setPath(item.page);
        return;
      case 'message':
        this.#put(item.index, item.message);
        this.#change({ length: Math.max(this.#shape.length, item.index + 1) });
        return;
      case 'delta':
        this.#append(item);
        return;
      case 'conversation':
        this.#change({ conversation: item.conversation });
        return;
      case 'checklist':
        this.#change({ checklist: item.checklist });
        return;
    }
  }

  #open(item: Extract<ThreadItem, { kind: 'opened' }>): void {
    this.#cutFrom(0);
    this.#change({ conversation: item.conversation, checklist: item.checklist });
    this.#setPath(item.page);
  }

  #setPath(page: ThreadPage): void {
    this.#cutFrom(page.length);
    page.messages.forEach((message, offset) => {
      this.#put(page.from + offset, message);
    });
    this.#change({ length: page.length, path: this.#shape.path + 1 });
  }

  #append(delta: Extract<ThreadItem, { kind: 'delta' }>): void {
    const index = this.#indexes.get(delta.messageId);
    const message = index === undefined ? undefined : this.#messages.get(index);
    if (index === undefined || !message) return;
    const appended = appendDelta(message, delta);
    if (appended.kind === 'longer') {
      this.#messages.set(index, appended.message);
      this.#dirty.add(index);
    }
    if (appended.kind === 'gap') {
      this.#gaps.add(index);
      this.#change({});
    }
  }

  #put(index: number, message: MessageView): void {
    const replaced = this.#messages.get(index);
    if (replaced && replaced.id !== message.id) this.#indexes.delete(replaced.id);
    this.#messages.set(index, message);
    this.#indexes.set(message.id, index);
    this.#dirty.add(index);
  }

  #cutFrom(from: number): void {
    for (const [index, message] of [...this.#messages]) {
      if (index < from) continue;
      this.#messages.delete(index);
      this.#indexes.delete(message.id);
      this.#dirty.add(index);
    }
  }

  #change(fields: Partial<ThreadShape>): void {
    this.#shape = { ...this.#shape, ...fields, version: this.#shape.version + 1 };
  }

  #notify(): void {
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    for (const index of dirty) for (const listener of [...(this.#messageListeners.get(index) ?? [])]) listener();
    if (this.#announced === this.#shape) return;
    this.#announced = this.#shape;
    for (const listener of [...this.#shapeListeners]) listener();
  }

  #announced = emptyShape;
}
