import { createHash, randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { createReadStream } from 'node:fs';
import nodeFiles, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../../../platform/atomic-file.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';
import { factsOf, isUnchanged, openPlain, readingOf } from '../disk/file-state.ts';
import { codeOf, type Files } from '../disk/files.ts';
import { keptName } from './kept-name.ts';
import { dueForPurge, type StoredCopy } from './purge-rule.ts';

/** How much the undo folder holds. */
export interface UndoLimits {
  /** Largest file that is kept, bytes. */
  readonly fileBytes: number;
  /** What the folder is brought down to, bytes. */
  readonly totalBytes: number;
  /** What it never exceeds, bytes: the copies of the last hour are not thrown away for new ones. */
  readonly mostBytes: number;
  /** How long a copy is kept at most, ms. */
  readonly keepMs: number;
}

const gib = 1024 ** 3;
const hourMs = 60 * 60_000;

export const defaultUndoLimits: UndoLimits = {
  fileBytes: gib / 2,
  totalBytes: 2 * gib,
  mostBytes: 4 * gib,
  keepMs: 30 * 24 * hourMs,
};

/** Why a file was not kept, so that it must not be changed either. */
export class NotKept extends Error {
  readonly reason: 'too-large' | 'no-room' | 'changed';
  constructor(reason: NotKept['reason'], message: string) {
    super(message);
    this.name = 'NotKept';
    this.reason = reason;
  }
}

/** A copy that is safe on the disk. */
export interface Kept {
  readonly sha256: string;
  /** For an effect. */
  readonly keptAs: string;
  /** The file when it was copied. */
  readonly facts: BigIntStats;
}

export interface UndoStoreOptions {
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly files?: Files;
  readonly limits?: UndoLimits;
}

/** Copies of what agents changed or removed, each under its hash, in a folder of Nunba's own. */
export class UndoStore {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #files: Files;
  readonly #limits: UndoLimits;
  #purgedAt = Number.NEGATIVE_INFINITY;
  /** One after another, so that the room is counted right, and nothing is thrown away that is just kept anew. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ folder, clock, files = nodeFiles, limits = defaultUndoLimits }: UndoStoreOptions) {
    this.#folder = folder;
    this.#clock = clock;
    this.#files = files;
    this.#limits = limits;
  }

  /** Copies a plain file. Rejects with a NotKept where it is too large, there is no room, or it changes meanwhile. */
  keep(file: string): Promise<Kept> {
    return this.#inTurn(() => this.#keep(file));
  }

  /** The bytes of a copy, or `null` if it is not there any more or is damaged. */
  async open(sha256: string): Promise<AsyncIterable<Uint8Array> | null> {
    const copy = path.join(this.#folder, sha256);
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(copy)) hash.update(chunk);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
    return hash.digest('hex') === sha256 ? whenRead(copy) : null;
  }

  /** Throws away what is too old or too much; never what was kept within the last hour. */
  purge(): Promise<void> {
    return this.#inTurn(() => this.#purge());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #purge(): Promise<void> {
    this.#purgedAt = this.#clock.now();
    const copies = await this.#copies();
    for (const { name } of dueForPurge(copies, this.#limits, this.#clock.now())) {
      await this.#files.rm(path.join(this.#folder, name), { force: true });
    }
  }

  async #keep(file: string): Promise<Kept> {
    const facts = await factsOf(this.#files, file);
    const handle = facts?.isFile() ? await openPlain(this.#files, file, facts) : null;
    if (!facts || !handle) throw new NotKept('changed', `${file} is not the file that it was.`);
    try {
      await this.#makeRoom(Number(facts.size));
      const sha256 = await this.#copy(handle);
      if (!isUnchanged(await handle.stat({ bigint: true }), facts)) {
        throw new NotKept('changed', `${file} was changed while it was copied.`);
      }
      return { sha256, keptAs: keptName(sha256, facts), facts };
    } finally {
      await handle.close();
    }
  }

  async #makeRoom(sizeBytes: number): Promise<void> {
    const { fileBytes, mostBytes, totalBytes } = this.#limits;
    if (sizeBytes > fileBytes) {
      throw new NotKept('too-large', `Larger than ${fileBytes} bytes, so it could not be brought back.`);
    }
    await this.#files.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const total = sumOf(await this.#copies()) + sizeBytes;
    if (total > totalBytes || this.#clock.now() - this.#purgedAt > hourMs) await this.#purge();
    if (total <= mostBytes) return;
    if (sumOf(await this.#copies()) + sizeBytes > mostBytes) {
      throw new NotKept('no-room', 'The copies of the last hour leave no room, so it could not be brought back.');
    }
  }

  async #copy(handle: FileHandle): Promise<string> {
    const temporary = path.join(this.#folder, `new-${randomBytes(8).toString('hex')}`);
    const hash = createHash('sha256');
    const tapped = async function* () {
      for await (const chunk of readingOf(handle)) {
        hash.update(chunk);
        yield chunk;
      }
    };
    const target = await this.#files.open(temporary, 'wx', 0o600);
    try {
      await target.writeFile(tapped());
      // The age of a copy is counted from when it was kept last.
      const now = this.#clock.now() / 1000;
      await target.utimes(now, now);
      await target.sync();
    } catch (error) {
      await target.close();
      await this.#files.rm(temporary, { force: true });
      throw error;
    }
    await target.close();
    const sha256 = hash.digest('hex');
    await this.#files.rename(temporary, path.join(this.#folder, sha256));
    await syncFolder(this.#folder, this.#files);
    return sha256;
  }

  async #copies(): Promise<readonly StoredCopy[]> {
    const names = await this.#files.readdir(this.#folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    const copies: StoredCopy[] = [];
    for (const name of names) {
      const facts = await factsOf(this.#files, path.join(this.#folder, name));
      if (facts?.isFile()) copies.push({ name, sizeBytes: Number(facts.size), keptAt: Number(facts.mtimeMs) });
    }
    return copies;
  }
}

const sumOf = (copies: readonly StoredCopy[]): number => copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Opens the file when somebody begins to read it, not before. */
async function* whenRead(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}
