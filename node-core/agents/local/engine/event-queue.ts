/** What comes in by itself, to be taken one by one. After a failure nothing comes any more. */
export class EventQueue<Event> {
  readonly #waiting: Event[] = [];
  #failure: { readonly reason: unknown } | null = null;
  #wake: (() => void) | null = null;

  push(event: Event): void {
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** What has come before is forgotten: whoever waits is told at once. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wake?.();
  }

  /** The next one. Rejects with the reason of a failure. By one taker at a time. */
  async next(): Promise<Event> {
    for (;;) {
      if (this.#failure) throw this.#failure.reason;
      const event = this.#waiting.shift();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
