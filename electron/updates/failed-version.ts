import fs from 'node:fs';
import path from 'node:path';
import { isVersion } from './compare-versions.ts';

/** The version whose first start failed on this computer; it is not installed again by itself. */
export class FailedVersion {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** `null`: none, or none that can be read. */
  get(): string | null {
    try {
      const version = fs.readFileSync(this.#file, 'utf8').trim();
      return isVersion(version) ? version : null;
    } catch {
      return null;
    }
  }

  set(version: string): void {
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      fs.writeFileSync(this.#file, `${version}\n`);
    } catch (error) {
      console.error('[updates] the failed version could not be noted:', error);
    }
  }
}
