import fs from 'node:fs';
import path from 'node:path';

/** `shell-2026-03-04.log` (UTC). */
const namePattern = /^shell-\d{4}-\d{2}-\d{2}\.log$/;

export interface DayLogOptions {
  readonly folder: string;
  /** ms since the epoch */
  readonly now: () => number;
  /** Files of days longer ago than this go. */
  readonly keepDays: number;
  /** Of one day; what comes after that is not kept, and the file says so. */
  readonly maxBytesPerDay: number;
}

/**
 * The shell's log: a file for each day, made with its first line. Lines are with the system when `write` returns, so
 * that the last one before a crash is there. Where nothing can be written nothing is thrown: the app goes on.
 */
export class DayLog {
  readonly #options: DayLogOptions;
  #name = '';
  #sizeBytes = 0;

  constructor(options: DayLogOptions) {
    this.#options = options;
  }

  write(line: string): void {
    const at = new Date(this.#options.now()).toISOString();
    try {
      this.#begin(`shell-${at.slice(0, 10)}.log`);
      if (this.#sizeBytes >= this.#options.maxBytesPerDay) return;
      const full = `${at} ${line.trimEnd().replaceAll('\n', '\n  ')}\n`;
      this.#sizeBytes += Buffer.byteLength(full);
      const isLast = this.#sizeBytes >= this.#options.maxBytesPerDay;
      const text = isLast ? `${at} The log of this day is full; nothing more of it is kept.\n` : full;
      fs.appendFileSync(path.join(this.#options.folder, this.#name), text, { mode: 0o600 });
    } catch {
      // There is nowhere to say it.
    }
  }

  #begin(name: string): void {
    if (name === this.#name) return;
    const { folder, keepDays } = this.#options;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#name = name;
    this.#sizeBytes = fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
    const first = new Date(this.#options.now() - keepDays * 24 * 3_600_000).toISOString().slice(0, 10);
    const old = fs.readdirSync(folder).filter((file) => namePattern.test(file) && file <= `shell-${first}.log`);
    for (const file of old) fs.rmSync(path.join(folder, file), { force: true });
  }
}
