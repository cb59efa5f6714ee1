import fs from 'node:fs';
import { FailureError, failureOf } from '../api/failures.ts';
import { inspectFile } from './inspect-file.ts';
import { latestVersion, type Migration } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { openWith, type StorageOptions } from './open-storage.ts';
import { returnSnapshot } from './return-snapshot.ts';
import type { Storage } from './storage.ts';
import { readUpdateRecord, removeUpdateRecord, type UpdateRecord, writeUpdateRecord } from './update-record.ts';

/** The run that opens the database. */
export interface UpdateRun {
  /** Where an update is noted. */
  readonly record: string;
  /** The version that runs. */
  readonly version: string;
}

/**
 * Opens the database as `openStorage` does. If this is the first start of an update and its migration fails, or was
 * killed in two starts, the database becomes as it was just before, and the start is refused with
 * `update-failed`. The version that stands in the database decides: once the migration is committed nothing is put
 * back any more, and until then nobody can have written.
 */
export async function openAfterUpdate(
  options: StorageOptions,
  run: UpdateRun,
  migrations: readonly Migration[] = allMigrations,
): Promise<Storage> {
  const first = readUpdateRecord(run.record);
  if (first === null) return openWith(options, migrations);
  const record = await finishEarlier(options, run, first, migrations);
  if (record === null || record.toVersion !== run.version) {
    return settle(await openWith(options, migrations), run);
  }
  return takeOver(options, run, record, migrations);
}

/** The first start itself. Nobody can write before this returns. */
async function takeOver(
  options: StorageOptions,
  run: UpdateRun,
  record: UpdateRecord,
  migrations: readonly Migration[],
): Promise<Storage> {
  let begun: UpdateRecord | null = null;
  const retry = record.stage === 'begun' ? ({ isRetry: true } as const) : {};
  const onKept = (backup: { readonly name: string }): void => {
    begun = { ...record, ...retry, stage: 'begun', snapshot: backup.name };
    writeUpdateRecord(run.record, begun);
  };
  try {
    return await settle(await openWith(options, migrations, onKept), run);
  } catch (error) {
    if (begun === null) throw error;
    // Somebody else holds the database: the migration has not begun, and there is nothing to put back.
    if (failureOf(error)?.kind === 'folder-locked') {
      writeUpdateRecord(run.record, record);
      throw error;
    }
    return await goBack(options, run, begun, error);
  }
}

/** The update is over before anybody writes; if that cannot be noted, nobody does. */
async function settle(storage: Storage, run: UpdateRun): Promise<Storage> {
  try {
    removeUpdateRecord(run.record);
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Ends what an earlier start did not: after a crash in the migration, or in putting back. */
async function finishEarlier(
  options: StorageOptions,
  run: UpdateRun,
  record: UpdateRecord,
  migrations: readonly Migration[],
): Promise<UpdateRecord | null> {
  if (record.stage === 'returning') {
    await putBack(options, run, record);
    if (record.toVersion === run.version) throw updateFailed(record);
    return null;
  }
  const isCutOff = record.stage === 'begun' && record.toVersion === run.version;
  if (isCutOff && !mayGoOn(options.file, record, migrations)) return await goBack(options, run, record);
  return record;
}

/**
 * Whether a first start that was cut off may be done again. The person may have quit, or the power failed, and SQLite
 * has taken the unfinished migration back: that tells nothing about the new version, the first time.
 */
function mayGoOn(file: string, record: UpdateRecord, migrations: readonly Migration[]): boolean {
  const known = latestVersion(migrations);
  if (!fs.existsSync(file)) return false;
  try {
    const found = inspectFile(file, { known, isChecked: true });
    return found.kind === 'ours' && (found.version === known || record.isRetry === undefined);
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === 'storage-damaged' || kind === 'folder-foreign') return false;
    throw error;
  }
}

async function goBack(options: StorageOptions, run: UpdateRun, begun: UpdateRecord, cause?: unknown): Promise<never> {
  // An earlier version, which may have to finish this, need not know of the retry.
  const { isRetry: _, ...record } = begun;
  options.log.error({ version: record.toVersion, error: cause }, 'The first start of the update failed; going back.');
  await putBack(options, run, record);
  throw updateFailed(record, cause);
}

async function putBack(options: StorageOptions, run: UpdateRun, record: UpdateRecord): Promise<void> {
  const { file, backupsFolder } = options;
  try {
    await returnSnapshot({ file, backupsFolder, recordFile: run.record, record });
    options.log.warn({ snapshot: record.snapshot }, 'The database is as it was before the update.');
  } catch (error) {
    // Without a usable copy the database is left to SQLite, which has taken the unfinished migration back by itself.
    if (readUpdateRecord(run.record)?.stage === 'returning' || !isWhole(file)) throw error;
    options.log.error({ snapshot: record.snapshot, error }, 'The copy cannot be used; the database was left as it is.');
    writeUpdateRecord(run.record, { ...record, stage: 'went-back' });
  }
}

function isWhole(file: string): boolean {
  const found = inspectFile(file, { known: Number.MAX_SAFE_INTEGER, isChecked: true });
  return found.kind === 'ours';
}

function updateFailed({ toVersion, fromVersion }: UpdateRecord, cause?: unknown): FailureError {
  const failure = { kind: 'update-failed', failedVersion: toVersion, previousVersion: fromVersion } as const;
  return new FailureError(failure, cause === undefined ? {} : { cause });
}
