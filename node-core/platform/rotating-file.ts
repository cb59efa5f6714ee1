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

/** A text file that only grows to a size and of which a few old ones stay. Lines are on disk when `write` returns. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #descriptor: number;
  #sizeBytes: number;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
    fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#descriptor = fs.openSync(this.#file(0), 'a', 0o600);
    this.#sizeBytes = fs.fstatSync(this.#descriptor).size;
  }

  write(line: string): void {
    if (this.#descriptor === -1) return;
    const bytes = Buffer.byteLength(line);
    if (this.#sizeBytes > 0 && this.#sizeBytes + bytes > this.#options.maxBytes) this.#rotate();
    fs.writeSync(this.#descriptor, line);
    this.#sizeBytes += bytes;
  }

  close(): void {
    if (this.#descriptor !== -1) fs.closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  #rotate(): void {
    fs.closeSync(this.#descriptor);
    fs.rmSync(this.#file(this.#options.keep), { force: true });
    for (let age = this.#options.keep - 1; age >= 0; age -= 1) {
      if (fs.existsSync(this.#file(age))) fs.renameSync(this.#file(age), this.#file(age + 1));
    }
    this.#descriptor = fs.openSync(this.#file(0), 'a', 0o600);
    this.#sizeBytes = 0;
  }

  #file(age: number): string {
    return path.join(
      this.#options.folder,
      age === 0 ? `${this.#options.name}.log` : `${this.#options.name}.${age}.log`,
    );
  }
}
