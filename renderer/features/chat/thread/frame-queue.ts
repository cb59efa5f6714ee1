/** Calls `work` with the next frame; returns what cancels it. */
export type NextFrame = (work: () => void) => () => void;

/** The browser's frames; while the page is hidden there are none, so a slow timer stands in. */
export const browserFrame: NextFrame = (work) => {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    work();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 500);
  return () => {
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
};

/** Gathers what arrives within one frame, so that React hears of it once. Order is kept. */
export class FrameQueue<T> {
  readonly #nextFrame: NextFrame;
  readonly #drain: (items: readonly T[]) => void;
  #items: T[] = [];
  #cancel: (() => void) | null = null;

  constructor(nextFrame: NextFrame, drain: (items: readonly T[]) => void) {
    this.#nextFrame = nextFrame;
    this.#drain = drain;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#cancel ??= this.#nextFrame(() => this.flush());
  }

  /** Hands over now what waits. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#drain(items);
  }

  /** Forgets what waits. */
  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#items = [];
  }
}
