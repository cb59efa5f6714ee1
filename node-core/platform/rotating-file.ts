import fs from 'node:fs';
import path from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** `nunba` makes `nunba.log`, `nunba.1.log`, ... */
  readonly name: string;
  /** A file that would grow beyond this is put aside first. */
  readonly maxBytes: number;
  /** Files put aside; the oldest goes. */
  readonly keep: number;
  /** A file put aside whose last line is older than this goes. */
  readonly maxAgeMs: number;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * A text file that holds one day (UTC) and grows to a size, and of which a few old ones stay; made with its first line. Lines are with the
 * system when `write` returns.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #descriptor: number | null = null;
  #sizeBytes = 0;
  /** Of the last line. */
  #day = 0;
  #isClosed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  write(line: string): void {
    if (this.#isClosed) return;
    const bytes = Buffer.byteLength(line);
    let descriptor = this.#descriptor ?? this.#open();
    const day = dayOf(this.#options.now());
    const isFull = this.#sizeBytes + bytes > this.#options.maxBytes;
    if (this.#sizeBytes > 0 && (isFull || day !== this.#day)) descriptor = this.#rotate(descriptor);
    this.#day = day;
    fs.writeSync(descriptor, line);
    this.#sizeBytes += bytes;
  }

  close(): void {
    if (this.#descriptor !== null) fs.closeSync(this.#descriptor);
    this.#descriptor = null;
    this.#isClosed = true;
  }

  #open(): number {
    fs.mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    const descriptor = fs.openSync(this.#file(0), 'a', 0o600);
    this.#descriptor = descriptor;
    const { size, mtimeMs } = fs.fstatSync(descriptor);
    this.#sizeBytes = size;
    this.#day = dayOf(mtimeMs);
    this.#dropOld();
    return descriptor;
  }

  #rotate(descriptor: number): number {
    fs.closeSync(descriptor);
    fs.rmSync(this.#file(this.#options.keep), { force: true });
    for (let age = this.#options.keep - 1; age >= 0; age -= 1) {
      if (fs.existsSync(this.#file(age))) fs.renameSync(this.#file(age), this.#file(age + 1));
    }
    return this.#open();
  }

  #dropOld(): void {
    for (let age = 1; age <= this.#options.keep; age += 1) {
      const stat = fs.statSync(this.#file(age), { throwIfNoEntry: false });
      if (stat && this.#options.now() - stat.mtimeMs > this.#options.maxAgeMs) fs.rmSync(this.#file(age));
    }
  }

  #file(age: number): string {
    return path.join(
      this.#options.folder,
      age === 0 ? `${this.#options.name}.log` : `${this.#options.name}.${age}.log`,
    );
  }
}

const dayMs = 24 * 3_600_000;
const dayOf = (ms: number): number => Math.floor(ms / dayMs);
