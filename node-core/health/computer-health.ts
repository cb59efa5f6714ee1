import fs from 'node:fs';
import { statfs } from 'node:fs/promises';
import { failureOf } from '../api/failures.ts';
import { describeError } from '../protocol/describe-error.ts';
import type { CheckCode } from '../protocol/health-check.ts';
import type { ClockFact, DatabaseFact, DiskFact } from '../protocol/node-facts.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { clockByFiles } from './clock-fact.ts';

/** How often room, writing and clock are looked at, ms. */
const lookEveryMs = 60_000;
/** The first time; the start itself has better things to do, ms. */
const firstLookMs = 1_000;
/** The whole database is looked through so long after the start, and then as often, ms. */
const firstWholeLookMs = 60_000;
const wholeLookEveryMs = 24 * 60 * 60_000;
/** With less than this free nothing can be kept for long. */
const noSpaceBytes = 20 * 1024 * 1024;

/** Why nothing can be kept. */
type DiskTrouble = 'full' | 'unwritable';

/** What is looked at. */
export interface ComputerHealthParts {
  readonly storage: Pick<Storage, 'check' | 'lastCheck' | 'probe' | 'counts' | 'onFailure' | 'onReplaced'>;
  /** The data folder. */
  readonly folder: string;
  /** The database's file. */
  readonly databaseFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The program that synchronises the folder, or `null`. */
  synchronisedBy(): string | null;
}

/** What is known of this computer, each as it was at the last real look. */
export interface ComputerFacts {
  readonly database: DatabaseFact;
  readonly disk: DiskFact;
  readonly clock: ClockFact;
}

/** Looks at the database, the disk and the clock: now and then, when a write fails, and when somebody wants to know. */
export interface ComputerHealth {
  facts(): ComputerFacts;
  /** @param code one of them, or `null` for all. Never rejects: what could not be looked at is not known. */
  look(code: CheckCode | null): Promise<void>;
  /** Told when a look has ended; returns what ends it. */
  onLooked(listener: () => void): () => void;
  /** Begins to look by itself. */
  start(): void;
  stop(): void;
}

export function createComputerHealth(parts: ComputerHealthParts): ComputerHealth {
  return new Looks(parts);
}

class Looks implements ComputerHealth {
  readonly #parts: ComputerHealthParts;
  readonly #listeners = new Set<() => void>();
  #database: DatabaseFact = { kind: 'not-looked' };
  /** The look at the database that is known already. */
  #taken: ReturnType<Storage['lastCheck']> = null;
  #disk: DiskFact = { kind: 'not-looked' };
  /** Writes that were refused for want of room, in this run. */
  #refusals = 0;
  #clock: ClockFact;
  #looking: Promise<void> | null = null;
  #ends: (() => void)[] = [];

  constructor(parts: ComputerHealthParts) {
    this.#parts = parts;
    this.#clock = clockByFiles(parts.clock.now(), newestOf(parts.databaseFile), null);
  }

  facts(): ComputerFacts {
    return { database: this.#databaseFact(), disk: this.#disk, clock: this.#clock };
  }

  async look(code: CheckCode | null): Promise<void> {
    const isAll = code === null;
    if (isAll || code === 'clock') this.#lookAtClock();
    if (isAll || code === 'disk') await this.#lookAtDisk();
    if (isAll || code === 'database') await this.#lookThrough();
    this.#tell();
  }

  onLooked(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start(): void {
    const { clock, storage } = this.#parts;
    const quick = clock.every(lookEveryMs, () => void this.#lookQuickly());
    const soon = clock.after(firstLookMs, () => void this.#lookQuickly());
    const first = clock.after(firstWholeLookMs, () => void this.look('database'));
    const daily = clock.every(wholeLookEveryMs, () => void this.look('database'));
    this.#ends = [
      ...[quick, soon, first, daily].map((timer) => () => timer.cancel()),
      storage.onFailure(({ kind }) => {
        if (kind === 'storage-full') this.#isFull();
        if (kind === 'folder-unwritable' && this.#disk.kind !== 'unwritable') void this.#lookQuickly();
        if (kind === 'storage-damaged') void this.look('database');
      }),
      storage.onReplaced(() => this.#lookAnew()),
    ];
  }

  stop(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  async #lookQuickly(refused: DiskTrouble | null = null): Promise<void> {
    this.#lookAtClock();
    await this.#lookAtDisk(refused);
    this.#tell();
  }

  #lookAtClock(): void {
    const { clock, databaseFile } = this.#parts;
    const since = this.#clock.kind === 'wrong' ? this.#clock.since : null;
    this.#clock = clockByFiles(clock.now(), newestOf(databaseFile), since);
  }

  /** Another database has taken the place: neither what is known of the one before nor a look at it is this one's. */
  #lookAnew(): Promise<void> {
    this.#forgetDatabase();
    this.#looking = null;
    return this.look('database');
  }

  /** @param refused what a write of somebody else has just met: it says more than one of our own, which may be smaller */
  async #lookAtDisk(refused: DiskTrouble | null = null): Promise<void> {
    const { folder, storage, clock, log } = this.#parts;
    const refusals = this.#refusals;
    try {
      const { bavail, bsize } = await statfs(folder);
      const freeBytes = bavail * bsize;
      const trouble = refused ?? (freeBytes < noSpaceBytes ? 'full' : await troubleOfWriting(storage));
      // What worked before a write was refused does not say that it works again.
      if (trouble === null && refusals !== this.#refusals) return;
      const seen = { freeBytes, lookedAt: clock.now() };
      this.#disk =
        trouble === null
          ? { kind: 'room', ...seen, synchronisedBy: this.#parts.synchronisedBy() }
          : { kind: trouble, ...seen, since: this.#troubleSince(trouble) };
    } catch (error) {
      // What is not known is not said to be well.
      this.#disk = { kind: 'not-looked' };
      log.error({ error: describeError(error) }, 'Could not look how much room there is.');
    }
  }

  /** A write has just failed for it: that holds until a later look can write. */
  #isFull(): void {
    this.#refusals += 1;
    if (this.#disk.kind !== 'full') void this.#lookQuickly('full');
  }

  #troubleSince(trouble: DiskTrouble): number {
    return this.#disk.kind === trouble ? this.#disk.since : this.#parts.clock.now();
  }

  /** One at a time: whoever asks meanwhile gets the same answer. */
  #lookThrough(): Promise<void> {
    if (this.#looking !== null) return this.#looking;
    const looking = this.#check().finally(() => {
      if (this.#looking === looking) this.#looking = null;
    });
    this.#looking = looking;
    return looking;
  }

  async #check(): Promise<void> {
    const { storage, log } = this.#parts;
    try {
      await storage.check();
    } catch (error) {
      this.#forgetDatabase();
      log.error({ error: describeError(error) }, 'Could not look through the database.');
    }
  }

  /** What was found before is not said any more. */
  #forgetDatabase(): void {
    this.#database = { kind: 'not-looked' };
    this.#taken = this.#parts.storage.lastCheck();
  }

  /** The last look may have been asked for elsewhere. */
  #databaseFact(): DatabaseFact {
    const last = this.#parts.storage.lastCheck();
    const known = this.#database;
    if (last === null || last === this.#taken) return known;
    this.#taken = last;
    const [problem] = last.problems;
    const since = known.kind === 'damaged' ? known.since : last.at;
    this.#database =
      problem === undefined
        ? this.#soundAt(last.at)
        : { kind: 'damaged', problem: problem.slice(0, 500), since, lookedAt: last.at };
    return this.#database;
  }

  #soundAt(lookedAt: number): DatabaseFact {
    const { storage, log } = this.#parts;
    try {
      const counts = storage.counts();
      if (counts !== null) return { kind: 'sound', ...counts, lookedAt };
    } catch (error) {
      log.error({ error: describeError(error) }, 'Could not count what the database holds.');
    }
    // What cannot be counted is not sound, whatever the look has found.
    return { kind: 'not-looked' };
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        this.#parts.log.error({ error: describeError(error) }, 'Could not tell that something was looked at.');
      }
    }
  }
}

/** Tries to write. Damage and a lock are not of the disk: the look at the database tells them. Rejects for a defect. */
async function troubleOfWriting(storage: Pick<Storage, 'probe'>): Promise<DiskTrouble | null> {
  try {
    await storage.probe();
    return null;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    if (failure.kind === 'storage-full') return 'full';
    return failure.kind === 'folder-unwritable' ? 'unwritable' : null;
  }
}

/** When the system last wrote the database, by the system's own clock; `null`: there is none that can be seen. */
function newestOf(databaseFile: string): number | null {
  const times = [databaseFile, `${databaseFile}-wal`].flatMap(writtenAt);
  return times.length === 0 ? null : Math.max(...times);
}

function writtenAt(file: string): number | [] {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? [];
  } catch {
    // What may not be seen tells no time; that the folder is out of reach is told by the look at the disk.
    return [];
  }
}
