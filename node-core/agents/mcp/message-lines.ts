import type { ServerLimits } from './server-limits.ts';

/** What the lines of a server's output come to. */
export interface LineReader {
  /** A line that may be a message. */
  message(text: string): void;
  /** It has gone beyond a limit and is not read any more. */
  excess(kind: 'too-large' | 'flood'): void;
}

type Limits = Pick<ServerLimits, 'messageBytes' | 'garbageBytes' | 'messagesPer10s'>;

const lineFeed = 10;
const rateWindowMs = 10_000;

/** Cuts a server's output into lines, holds it to its limits, and stops for good at the first excess. */
export class MessageLines {
  readonly #limits: Limits;
  readonly #reader: LineReader;
  readonly #elapsed: () => number;
  #pieces: Uint8Array[] = [];
  #heldBytes = 0;
  #garbageBytes = 0;
  #windowFromMs: number;
  #inWindow = 0;
  #isOver = false;

  /** @param elapsed monotonic clock, ms */
  constructor(limits: Limits, elapsed: () => number, reader: LineReader) {
    this.#limits = limits;
    this.#elapsed = elapsed;
    this.#reader = reader;
    this.#windowFromMs = elapsed();
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    while (!this.#isOver) {
      const end = chunk.indexOf(lineFeed, from);
      const piece = chunk.subarray(from, end === -1 ? chunk.length : end);
      this.#hold(piece);
      if (end === -1) return;
      this.#endLine();
      from = end + 1;
    }
  }

  /** The line just handed over was no message. */
  wasGarbage(sizeBytes: number): void {
    this.#garbageBytes += sizeBytes + 1;
    if (this.#garbageBytes > this.#limits.garbageBytes) this.#end('flood');
  }

  #hold(piece: Uint8Array): void {
    this.#heldBytes += piece.length;
    if (this.#heldBytes > this.#limits.messageBytes) this.#end('too-large');
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  #endLine(): void {
    if (this.#isOver) return;
    const text = Buffer.concat(this.#pieces).toString('utf8').trim();
    this.#pieces = [];
    this.#heldBytes = 0;
    const now = this.#elapsed();
    if (now - this.#windowFromMs > rateWindowMs) {
      this.#windowFromMs = now;
      this.#inWindow = 0;
    }
    this.#inWindow += 1;
    if (this.#inWindow > this.#limits.messagesPer10s) this.#end('flood');
    else if (text !== '') this.#reader.message(text);
  }

  #end(kind: 'too-large' | 'flood'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#pieces = [];
    this.#reader.excess(kind);
  }
}
