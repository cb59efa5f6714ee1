/** Most bytes of one line of an event stream. */
export const maxLineBytes = 4 * 1024 * 1024;

/** Most bytes of one event, whose lines a parser holds together until a blank line. */
const maxEventBytes = 2 * maxLineBytes;

const lineFeed = 10;
const carriageReturn = 13;

/** Counts the bytes of an event stream, so that neither a line nor an event without end can fill the memory. */
export class LineLimit {
  #lineBytes = 0;
  #eventBytes = 0;
  #isAfterReturn = false;
  readonly #maxLineBytes: number;
  readonly #maxEventBytes: number;

  constructor(lineBytes: number = maxLineBytes, eventBytes: number = maxEventBytes) {
    this.#maxLineBytes = lineBytes;
    this.#maxEventBytes = eventBytes;
  }

  /** Whether the stream is within the limits with this chunk. However it is cut into chunks, the verdict is the same. */
  accepts(chunk: Uint8Array): boolean {
    let from = 0;
    for (let at = nextBreak(chunk, 0); at !== -1; at = nextBreak(chunk, from)) {
      if (!this.#grow(at - from)) return false;
      this.#endLine(chunk[at]);
      from = at + 1;
    }
    return this.#grow(chunk.length - from);
  }

  /** A blank line ends the event; the second half of `\r\n` is none. */
  #endLine(terminator: number | undefined): void {
    const isSecondHalf = terminator === lineFeed && this.#isAfterReturn;
    if (this.#lineBytes === 0 && !isSecondHalf) this.#eventBytes = 0;
    this.#lineBytes = 0;
    this.#isAfterReturn = terminator === carriageReturn;
  }

  #grow(bytes: number): boolean {
    if (bytes === 0) return true;
    this.#isAfterReturn = false;
    this.#lineBytes += bytes;
    this.#eventBytes += bytes;
    return this.#lineBytes <= this.#maxLineBytes && this.#eventBytes <= this.#maxEventBytes;
  }
}

const nextBreak = (chunk: Uint8Array, from: number): number => {
  const feed = chunk.indexOf(lineFeed, from);
  const end = feed === -1 ? chunk.length : feed;
  const carriage = chunk.subarray(from, end).indexOf(carriageReturn);
  return carriage === -1 ? feed : from + carriage;
};
