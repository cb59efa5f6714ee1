import type { NextFrame } from '../../../renderer/features/chat/thread/frame-queue.ts';

/** Frames that come when the test says so. */
export class Frames {
  #waiting = new Set<() => void>();

  readonly next: NextFrame = (work) => {
    const entry = () => work();
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  };

  /** How much waits for the next frame. */
  get waiting(): number {
    return this.#waiting.size;
  }

  pass(): void {
    const due = [...this.#waiting];
    this.#waiting.clear();
    for (const work of due) work();
  }
}
