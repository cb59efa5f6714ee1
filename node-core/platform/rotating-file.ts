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
}

/**
 * A text file that only grows to a size and of which a few old ones stay; made with its first line. Lines are with the
 * system when `write` returns.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #descriptor: number | null = null;
  #sizeBytes = 0;
  #isClosed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  write(line: string): void {
    if (this.#isClosed) return;
    const bytes = Buffer.byteLength(line);
    let descriptor = this.#descriptor ?? this.#open();
    if (this.#sizeBytes > 0 && this.#sizeBytes + bytes > this.#options.maxBytes) descriptor = this.#rotate(descriptor);
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
    this.#sizeBytes = fs.fstatSync(descriptor).size;
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

  #file(age: number): string {
    return path.join(
      this.#options.folder,
      age === 0 ? `${this.#options.name}.log` : `${this.#options.name}.${age}.log`,
    );
  }
}
