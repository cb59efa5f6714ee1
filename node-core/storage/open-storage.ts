import fs from 'node:fs';
import path from 'node:path';
import type { BackupView } from '../api/node-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import { makeBackup } from './backups.ts';
import { openConnection, type RawDatabase } from './connection.ts';
import { CurrentDatabase } from './current-database.ts';
import { inspectFile } from './inspect-file.ts';
import { latestVersion, type Migration, migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { markOpen, wasLeftOpen } from './open-marker.ts';
import { removeCopy } from './restorable-copy.ts';
import { explaining } from './sqlite-failures.ts';
import { SqliteStorage, type Storage } from './storage.ts';

/** What a database is opened with. */
export interface StorageOptions {
  /** Path of the database; made if it is not there. Its folder must exist. */
  readonly file: string;
  /** Made with the first backup. */
  readonly backupsFolder: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens the database and takes it to the present schema, with a backup before. Refuses with a FailureError and
 * changes nothing if the file is damaged, newer, locked or another program's; a last run that did not close it is
 * followed by a check of the whole file.
 */
export const openStorage = (options: StorageOptions): Promise<Storage> => openWith(options, allMigrations);

/**
 * Opens the database with another list of steps.
 * @param onKept told of the backup when it is there and nothing has changed yet
 */
export async function openWith(
  options: StorageOptions,
  migrations: readonly Migration[],
  onKept: (backup: BackupView) => void = () => undefined,
): Promise<Storage> {
  const { file, log } = options;
  removeCopy(file);
  const isUnclean = wasLeftOpen(file);
  const known = latestVersion(migrations);
  const found = inspectFile(file, { known, isChecked: isUnclean });
  if (isUnclean) log.warn({ file: path.basename(file) }, 'The last run did not close the database; it was checked.');
  if (found.kind === 'ours' && found.version < known) onKept(await backUpBefore(options, found.version));
  const raw = explaining(file, () => openMigrated(file, migrations));
  markOpen(file);
  return new SqliteStorage({ ...options, migrations, current: new CurrentDatabase(file, raw) });
}

async function backUpBefore({ file, backupsFolder, clock, log }: StorageOptions, version: number): Promise<BackupView> {
  const order = { file, folder: backupsFolder, reason: 'before-migration', at: clock.now() } as const;
  const backup = await makeBackup(order);
  log.info({ backup: backup.name, version }, 'Kept a backup before the database is taken to the present schema.');
  return backup;
}

function openMigrated(file: string, migrations: readonly Migration[]): RawDatabase {
  keepPrivate(file);
  const raw = openConnection(file);
  try {
    migrate(raw, migrations);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** Before SQLite sees it: the journals beside a database get the rights that the database has when it is opened. */
function keepPrivate(file: string): void {
  fs.closeSync(fs.openSync(file, 'a', 0o600));
  if (process.platform !== 'win32') fs.chmodSync(file, 0o600);
}
