/** Something to be done about one root. */
export type Work =
  | { readonly kind: 'forget'; readonly rootId: string }
  /** `only`: paths below the root; `null`: all of it. */
  | { readonly kind: 'index'; readonly rootId: string; readonly only: ReadonlySet<string> | null };

/** What is to be done, one after another; at most one of a kind for each root waits. */
export class WorkList {
  #waiting: Work[] = [];
  #running: { readonly work: Work; readonly stop: AbortController } | null = null;
  #isStopped = false;

  /** Joins what waits already; what runs is not touched, so that it is done once more. */
  add(work: Work): void {
    if (this.#isStopped) return;
    const at = this.#waiting.findIndex((each) => each.kind === work.kind && each.rootId === work.rootId);
    const before = this.#waiting[at];
    if (before === undefined) this.#waiting.push(work);
    else this.#waiting[at] = joined(before, work);
  }

  /** The next work, which runs until `ended`; forgetting goes first. `null`: there is none. */
  next(): { readonly work: Work; readonly signal: AbortSignal } | null {
    if (this.#isStopped) return null;
    const at = Math.max(
      0,
      this.#waiting.findIndex(({ kind }) => kind === 'forget'),
    );
    const [work] = this.#waiting.splice(at, 1);
    if (!work) return null;
    const stop = new AbortController();
    this.#running = { work, stop };
    return { work, signal: stop.signal };
  }

  ended(): void {
    this.#running = null;
  }

  isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Nothing more is done about that root; what runs is stopped. */
  cancel(rootId: string): void {
    this.#waiting = this.#waiting.filter((work) => work.rootId !== rootId);
    if (this.#running?.work.rootId === rootId) this.cancelRunning();
  }

  cancelRunning(): void {
    this.#running?.stop.abort();
  }

  /** Nothing more is done at all. */
  stop(): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.cancelRunning();
  }
}

const joined = (a: Work, b: Work): Work => {
  if (a.kind === 'forget' || b.kind === 'forget') return a;
  return { ...a, only: a.only === null || b.only === null ? null : new Set([...a.only, ...b.only]) };
};
