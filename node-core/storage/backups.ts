import fs from 'node:fs';
import path from 'node:path';
import { FailureError } from '../api/failures.ts';
import { type BackupView, backupSchema } from '../api/node-views.ts';
import { backupName, readBackupName } from './backup-names.ts';
import { checkFile } from './check-file.ts';
import { countVisible, openForReading, settleFile } from './connection.ts';
import { explainError } from './sqlite-failures.ts';
import { syncFile } from './sync-file.ts';

/** Pages that are copied before others get their turn; 4 MiB. */
const pagesAtOnce = 1000;

/** What a backup is made of and where it goes. */
interface BackupOrder {
  readonly file: string;
  readonly folder: string;
  readonly reason: BackupView['reason'];
  /** ms since the epoch */
  readonly at: number;
}

/**
 * Copies the database as it stands at this moment into the backups folder, while others go on writing, and verifies
 * the copy by opening it: integrity and counts. Only then does it get its name; a copy that fails is removed.
 */
export async function makeBackup(order: BackupOrder): Promise<BackupView> {
  makeFolder(order.folder);
  const at = freeTime(order);
  const name = backupName({ at, reason: order.reason });
  const partial = path.join(order.folder, `${name}.partial`);
  try {
    await copySnapshot(order.file, partial);
    syncFile(partial);
    fs.renameSync(partial, path.join(order.folder, name));
    syncFile(order.folder);
  } catch (error) {
    throw explainError(error, partial);
  } finally {
    for (const leftover of ['', '-journal', '-wal', '-shm']) fs.rmSync(`${partial}${leftover}`, { force: true });
  }
  return viewOf(order.folder, name);
}

/**
 * Keeps a damaged database as it stands, byte for byte, with its journal beside it: nothing of it is thrown away, and
 * nothing of it is said to be sound.
 */
export function keepDamaged({ file, folder, at }: Omit<BackupOrder, 'reason'>): BackupView {
  makeFolder(folder);
  const name = backupName({ at: freeTime({ file, folder, at, reason: 'damaged' }), reason: 'damaged' });
  try {
    for (const side of ['', '-wal']) {
      if (!fs.existsSync(`${file}${side}`)) continue;
      fs.copyFileSync(`${file}${side}`, path.join(folder, `${name}${side}`));
      fs.chmodSync(path.join(folder, `${name}${side}`), 0o600);
    }
    syncFile(path.join(folder, name));
  } catch (error) {
    fs.rmSync(path.join(folder, name), { force: true });
    throw explainError(error, file);
  }
  return viewOf(folder, name);
}

function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainError(error, folder);
  }
}

/** Two backups in the same millisecond would have the same name. */
function freeTime({ at, folder, reason }: BackupOrder): number {
  let free = at;
  while (fs.existsSync(path.join(folder, backupName({ at: free, reason })))) free += 1;
  return free;
}

/** A connection of its own holds a snapshot, so the copy is of one moment however long it takes. */
async function copySnapshot(file: string, target: string): Promise<void> {
  const source = openForReading(file);
  try {
    source.exec('BEGIN');
    const expected = JSON.stringify(countVisible(source));
    await source.backup(target, { progress: () => pagesAtOnce });
    fs.chmodSync(target, 0o600);
    settleFile(target);
    await verifyCopy(target, expected);
  } finally {
    source.close();
  }
}

async function verifyCopy(target: string, expected: string): Promise<void> {
  const problem = (await checkFile(target))[0] ?? differenceOf(target, expected);
  if (problem === null) return;
  const name = path.basename(target, '.partial');
  throw new FailureError({ kind: 'backup-unreadable', name, reason: problem.slice(0, 500) });
}

function differenceOf(target: string, expected: string): string | null {
  const copy = openForReading(target);
  try {
    const found = JSON.stringify(countVisible(copy));
    return found === expected ? null : `it holds ${found} instead of ${expected}`;
  } finally {
    copy.close();
  }
}

/** Every backup in the folder, newest first; also copies that somebody put there under another name. */
export function listBackups(folder: string): readonly BackupView[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && backupSchema.shape.name.safeParse(entry.name).success)
    .map((entry) => viewOf(folder, entry.name))
    .sort((a, b) => b.at - a.at || b.name.localeCompare(a.name));
}

/** One backup; throws `not-found` if it is not in the folder. */
export function findBackup(folder: string, name: string): BackupView {
  const found = listBackups(folder).find((backup) => backup.name === name);
  if (!found) throw new FailureError({ kind: 'not-found', what: 'backup' });
  return found;
}

function viewOf(folder: string, name: string): BackupView {
  const stat = fs.statSync(path.join(folder, name));
  const said = readBackupName(name);
  return {
    name,
    at: said?.at ?? Math.round(stat.mtimeMs),
    sizeBytes: stat.size,
    reason: said?.reason ?? 'asked',
  };
}
