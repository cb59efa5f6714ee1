/** Keeps the first and the last half of what would be too long, however much comes. */
export class HeadAndTail {
  readonly #halfBytes: number;
  #head = Buffer.alloc(0);
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #droppedBytes = 0;

  /** @param limitBytes most bytes that are kept */
  constructor(limitBytes: number) {
    this.#halfBytes = Math.floor(limitBytes / 2);
  }

  push(chunk: Uint8Array): void {
    const room = this.#halfBytes - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    const rest = room > 0 ? chunk.subarray(room) : chunk;
    if (rest.length === 0) return;
    this.#tail.push(Buffer.from(rest));
    this.#tailBytes += rest.length;
    if (this.#tailBytes > this.#halfBytes * 2) this.#trim();
  }

  /** What is kept as UTF-8, with a line in between that says how much is missing. */
  text(): string {
    this.#trim();
    const decoder = new TextDecoder();
    const end = Buffer.concat(this.#tail);
    if (this.#droppedBytes === 0) return decoder.decode(Buffer.concat([this.#head, end]));
    return `${decoder.decode(this.#head)}\n[… ${this.#droppedBytes} bytes left out …]\n${new TextDecoder().decode(end)}`;
  }

  #trim(): void {
    if (this.#tailBytes <= this.#halfBytes) return;
    const all = Buffer.concat(this.#tail);
    const kept = all.subarray(all.length - this.#halfBytes);
    this.#droppedBytes += all.length - kept.length;
    this.#tail = [Buffer.from(kept)];
    this.#tailBytes = kept.length;
  }
}
