import fs from 'node:fs';
import path from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import type { Failure } from '../api/failures.ts';
import type { BackupView, StorageView } from '../api/node-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import { findBackup, keepDamaged, listBackups, makeBackup } from './backups.ts';
import { findProblems } from './check-file.ts';
import { countVisible } from './connection.ts';
import type { CurrentDatabase } from './current-database.ts';
import { mergeCopy } from './merge-copy.ts';
import type { Migration } from './migrate.ts';
import { markClosed } from './open-marker.ts';
import { tryDatabase, tryFile } from './probe-writing.ts';
import { replaceFile } from './replace-file.ts';
import { makeRestorableCopy, removeCopy } from './restorable-copy.ts';
import { compareWithCopy, type RestoreComparison, readable } from './restore-comparison.ts';
import type { Schema } from './schema.ts';
import { explainError, explaining, isDamage } from './sqlite-failures.ts';

/** The node's database, open. */
export interface Storage {
  /** A transaction must not wait for anything but the database: there is one connection, and others wait for it. */
  readonly db: Kysely<Schema>;
  /**
   * Told when a restore has changed or replaced the data; the restore ends when every listener has. Returns what
   * ends it.
   */
  onReplaced(listener: () => void | Promise<void>): () => void;
  /** Told of failures of reading and writing that a person can act on; returns what ends it. */
  onFailure(listener: (failure: Failure) => void): () => void;
  facts(): StorageFacts;
  /** The numbers of the facts alone; the backups are not looked at. Throws where the database cannot be read. */
  counts(): StorageFacts['counts'];
  /**
   * Writes a little beside the database, down to the disk, and into it, and takes both back. Rejects with
   * `storage-full`, `storage-damaged` or `folder-unwritable` where nothing could be kept just now.
   */
  probe(): Promise<void>;
  /**
   * Looks through the whole database and its text index, before or after a restore but never during one. Empty if
   * nothing is wrong; rejects where the look itself could not be made, which says nothing of the database.
   */
  check(): Promise<readonly string[]>;
  /** What the last look of this run at the present database found; `null`: there was none. */
  lastCheck(): NonNullable<StorageView['lastCheck']> | null;
  /** @param reason `asked` if not given */
  backup(reason?: 'before-update'): Promise<BackupView>;
  compareBackup(name: string): Promise<RestoreComparison>;
  /** Keeps a copy of the present, then replaces or merges. A failure leaves the present as it was. */
  restore(order: RestoreOrder): Promise<RestoreResult>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Sizes and numbers of the database and its backups. */
export type StorageFacts = Pick<StorageView, 'databaseBytes' | 'backupsBytes' | 'counts' | 'backups'>;

/** Which backup, and what happens to the present. */
export interface RestoreOrder {
  readonly name: string;
  readonly mode: 'replace' | 'merge';
  /** Asked at the last moment, when nobody else can write any more; throws to refuse. */
  readonly permit: () => void;
}

export interface RestoreResult {
  readonly copyOfPresent: BackupView;
  readonly conversationsAdded: number;
}

interface StorageParts {
  readonly file: string;
  readonly backupsFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly migrations: readonly Migration[];
  readonly current: CurrentDatabase;
}

/** Storage in one SQLite file. */
export class SqliteStorage implements Storage {
  readonly db: Kysely<Schema>;
  readonly #parts: StorageParts;
  readonly #listeners = new Set<() => void | Promise<void>>();
  readonly #failureListeners = new Set<(failure: Failure) => void>();
  /** Restores and previews use one place for their copy, so they go one after another. */
  #lastWithCopy: Promise<unknown> = Promise.resolve();
  /** One after another, as there is one file for them. */
  #lastProbe: Promise<unknown> = Promise.resolve();
  /** Ends when every look that was asked for so far has ended. */
  #lastChecks: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;
  #lastCheck: StorageView['lastCheck'] = null;

  constructor(parts: StorageParts) {
    this.#parts = parts;
    this.db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: parts.current }) });
    parts.current.onFailure = (failure) => {
      for (const listener of [...this.#failureListeners]) listener(failure);
    };
  }

  onReplaced(listener: () => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onFailure(listener: (failure: Failure) => void): () => void {
    this.#failureListeners.add(listener);
    return () => this.#failureListeners.delete(listener);
  }

  probe(): Promise<void> {
    const { file, current } = this.#parts;
    const result = this.#lastProbe.then(async () => {
      await tryFile(file).catch((error: unknown) => {
        throw explainError(error, file);
      });
      // Whoever has a transaction open ends it first.
      await this.db.connection().execute(async () => explaining(file, () => tryDatabase(current.raw)));
    });
    this.#lastProbe = result.catch(() => undefined);
    return result;
  }

  facts(): StorageFacts {
    const { file, backupsFolder } = this.#parts;
    const backups = [...listBackups(backupsFolder)];
    return {
      counts: this.counts(),
      databaseBytes: sizeOf(file) + sizeOf(`${file}-wal`),
      backupsBytes: backups.reduce((sum, backup) => sum + backup.sizeBytes, 0),
      backups,
    };
  }

  counts(): StorageFacts['counts'] {
    const { file, current } = this.#parts;
    return explaining(file, () => readable(() => countVisible(current.raw)));
  }

  check(): Promise<readonly string[]> {
    const result = this.#lastWithCopy.then(() => this.#check());
    this.#lastChecks = Promise.allSettled([this.#lastChecks, result]);
    return result;
  }

  lastCheck(): StorageView['lastCheck'] {
    return this.#lastCheck;
  }

  async #check(): Promise<readonly string[]> {
    const { file, clock } = this.#parts;
    const problems = await findProblems(file);
    this.#lastCheck = { at: clock.now(), problems: [...problems] };
    return problems;
  }

  backup(reason?: 'before-update'): Promise<BackupView> {
    return this.#backup(reason ?? 'asked');
  }

  compareBackup(name: string): Promise<RestoreComparison> {
    return this.#withCopy(name, async (copy) => compareWithCopy(this.#parts.current.raw, copy));
  }

  async restore(order: RestoreOrder): Promise<RestoreResult> {
    // Those of now: a look that is asked for later waits for this restore.
    const checks = this.#lastChecks;
    const result = await this.#withCopy(order.name, async (copy) => {
      await checks;
      // Whoever wants the database waits until this is over, so the copy of the present misses nothing.
      return this.db.connection().execute(async () => {
        order.permit();
        const copyOfPresent = await this.#keepPresent(order.mode);
        order.permit();
        const conversationsAdded = this.#bringIn(order.mode, copy, copyOfPresent);
        // What was found before is not about what is here now.
        this.#lastCheck = null;
        return { copyOfPresent, conversationsAdded };
      });
    });
    this.#parts.log.info({ backup: order.name, mode: order.mode }, 'Restored a backup.');
    await Promise.all([...this.#listeners].map((listener) => listener()));
    return result;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { file, current } = this.#parts;
    await this.#lastWithCopy;
    await this.db.connection().execute(async () => current.close());
    markClosed(file);
  }

  async #backup(reason: BackupView['reason']): Promise<BackupView> {
    const { file, backupsFolder, clock, log } = this.#parts;
    const backup = await makeBackup({ file, folder: backupsFolder, reason, at: clock.now() });
    log.info({ backup: backup.name, sizeBytes: backup.sizeBytes }, 'Made and verified a backup.');
    return backup;
  }

  /** A present that is damaged is no reason to refuse what mends it, but only where nothing of it is to be merged. */
  async #keepPresent(mode: RestoreOrder['mode']): Promise<BackupView> {
    try {
      return await this.#backup('before-restore');
    } catch (error) {
      if (mode !== 'replace' || !isDamage(error)) throw error;
      const { file, backupsFolder, clock, log } = this.#parts;
      const kept = keepDamaged({ file, folder: backupsFolder, at: clock.now() });
      log.warn({ backup: kept.name }, 'The database is damaged; it was kept as it is, and a backup takes its place.');
      return kept;
    }
  }

  #withCopy<T>(name: string, work: (copy: string) => Promise<T>): Promise<T> {
    const { file, backupsFolder, migrations } = this.#parts;
    const run = async (): Promise<T> => {
      const backup = findBackup(backupsFolder, name);
      try {
        return await work(await makeRestorableCopy(file, path.join(backupsFolder, backup.name), migrations));
      } catch (error) {
        throw explainError(error, file);
      } finally {
        removeCopy(file);
      }
    };
    const result = this.#lastWithCopy.then(run);
    this.#lastWithCopy = result.catch(() => undefined);
    return result;
  }

  #bringIn(mode: RestoreOrder['mode'], copy: string, copyOfPresent: BackupView): number {
    const { backupsFolder, current } = this.#parts;
    if (mode === 'merge') return mergeCopy(current.raw, copy);
    const added = compareWithCopy(current.raw, copy).onlyInBackup.length;
    replaceFile(current, copy, path.join(backupsFolder, copyOfPresent.name));
    return added;
  }
}

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
