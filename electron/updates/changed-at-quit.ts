import fs from 'node:fs';
import path from 'node:path';

/** That quitting found the package changed and installed nothing; the next start shows it, once. */
export class ChangedAtQuit {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** @param at ms since the epoch */
  note(at: number): void {
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      fs.writeFileSync(this.#file, `${at}\n`);
    } catch (error) {
      console.error('[updates] the changed package could not be noted:', error);
    }
  }

  /** When it was, ms since the epoch; forgets it. `null`: it was not, or nobody can tell. */
  take(): number | null {
    try {
      const text = fs.readFileSync(this.#file, 'utf8').trim();
      fs.rmSync(this.#file);
      return /^\d{1,15}$/.test(text) ? Number(text) : null;
    } catch {
      return null;
    }
  }
}
