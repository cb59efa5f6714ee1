import { StringDecoder } from 'node:string_decoder';

const maxLines = 200;
const maxLineChars = 2000;

/** The last lines of a stream without end: at most 200 of at most 2,000 characters each. */
export class LastLines {
  readonly #decoder = new StringDecoder('utf8');
  #lines: string[] = [];
  #open = '';

  /** Takes the next bytes; characters that control a terminal become spaces. */
  push(chunk: Uint8Array): void {
    const [first = '', ...rest] = this.#decoder.write(Buffer.from(chunk)).split('\n');
    this.#open = `${this.#open}${first}`.slice(0, maxLineChars);
    for (const next of rest) {
      this.add(this.#open);
      this.#open = next.slice(0, maxLineChars);
    }
  }

  /** Adds a whole line. */
  add(line: string): void {
    this.#lines.push(plain(line));
    if (this.#lines.length > maxLines) this.#lines = this.#lines.slice(-maxLines);
  }

  /** Oldest first; the line that is not ended yet comes last. */
  all(): string[] {
    return this.#open === '' ? [...this.#lines] : [...this.#lines, plain(this.#open)].slice(-maxLines);
  }
}

const plain = (line: string): string =>
  line
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals understand these
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trimEnd()
    .slice(0, maxLineChars);
