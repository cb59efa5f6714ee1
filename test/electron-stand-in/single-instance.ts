import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** How often the first one looks for those who came later; ms. */
const lookEveryMs = 50;

/** What a later start tells the first one. */
export interface LaterStart {
  readonly argv: string[];
  readonly cwd: string;
  readonly additionalData: unknown;
}

/** The lock of one data folder between processes: whoever holds it hears of all who come later. */
export class InstanceLock {
  readonly #folder: string;
  readonly #onLater: (start: LaterStart) => void;
  #timer: NodeJS.Timeout | null = null;

  /** @param folder the data folder */
  constructor(folder: string, onLater: (start: LaterStart) => void) {
    this.#folder = path.join(folder, 'stand-in-lock');
    this.#onLater = onLater;
  }

  get isHeld(): boolean {
    return this.#timer !== null;
  }

  /** False where another living process holds it; that one is told of `start`. */
  acquire(start: LaterStart): boolean {
    if (this.isHeld) return true;
    fs.mkdirSync(this.#folder, { recursive: true });
    if (!this.#take()) {
      this.#tell(start);
      return false;
    }
    for (const file of this.#messages()) fs.rmSync(file);
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    return true;
  }

  release(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
    fs.rmSync(this.#holder, { force: true });
  }

  get #holder(): string {
    return path.join(this.#folder, 'holder');
  }

  #take(): boolean {
    try {
      fs.writeFileSync(this.#holder, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(fs.readFileSync(this.#holder, 'utf8')))) return false;
      fs.rmSync(this.#holder, { force: true });
      return this.#take();
    }
  }

  /** Written under another name first, so that nobody reads half of it. */
  #tell(start: LaterStart): void {
    const file = path.join(this.#folder, `${process.pid}-${process.hrtime.bigint()}`);
    fs.writeFileSync(`${file}.part`, JSON.stringify(start));
    fs.renameSync(`${file}.part`, `${file}.json`);
  }

  #messages(): readonly string[] {
    const names = fs.existsSync(this.#folder) ? fs.readdirSync(this.#folder) : [];
    return names.filter((name) => name.endsWith('.json')).map((name) => path.join(this.#folder, name));
  }

  #look(): void {
    for (const file of this.#messages()) {
      const start: LaterStart = JSON.parse(fs.readFileSync(file, 'utf8'));
      fs.rmSync(file);
      this.#onLater(start);
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
