/** Over how long a speed is measured, ms: long enough to be calm, short enough to notice a slow network. */
const windowMs = 10_000;
const samplesAtMost = 50;

/** The speed of a download over its last ten seconds. */
export class MovingSpeed {
  #samples: readonly { readonly at: number; readonly receivedBytes: number }[] = [];

  /** @param at monotonic, ms @param receivedBytes in all; fewer than before: it has begun anew */
  add(at: number, receivedBytes: number): void {
    const last = this.#samples.at(-1);
    if (last && receivedBytes < last.receivedBytes) this.#samples = [];
    if (last && at - last.at < windowMs / samplesAtMost) return;
    this.#samples = [...this.#samples.filter((each) => at - each.at <= windowMs), { at, receivedBytes }];
  }

  /** Bytes per second, `null` while nothing can be said. */
  get bytesPerSecond(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < 500) return null;
    return ((last.receivedBytes - first.receivedBytes) * 1000) / (last.at - first.at);
  }

  /** A pause is no slowness. */
  reset(): void {
    this.#samples = [];
  }
}
