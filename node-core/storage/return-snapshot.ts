import fs from 'node:fs';
import path from 'node:path';
import { checkFile } from './check-file.ts';
import { explainError } from './sqlite-failures.ts';
import { syncFile } from './sync-file.ts';
import { type UpdateRecord, writeUpdateRecord } from './update-record.ts';

const sides = ['', '-wal', '-shm', '-journal'];

/** Which database, and what was noted about its update. */
export interface ReturnOrder {
  readonly file: string;
  readonly backupsFolder: string;
  readonly recordFile: string;
  readonly record: UpdateRecord;
}

/**
 * Puts the copy that was kept before a migration in the database's place, byte for byte; what stood there is kept
 * beside it (`nunba.db.failed-<version>`). May be cut off anywhere: until the record says `went-back`, doing it again
 * leads to the same end. Throws and changes nothing if the copy cannot be used.
 */
export async function returnSnapshot(order: ReturnOrder): Promise<void> {
  const { file, recordFile, record } = order;
  const copy = await verifiedCopy(order);
  const aside = `${file}.failed-${record.toVersion.replaceAll(/[^\w.-]/g, '_')}`;
  if (record.stage !== 'returning') {
    for (const side of sides) fs.rmSync(`${aside}${side}`, { force: true });
    writeUpdateRecord(recordFile, { ...record, stage: 'returning' });
  }
  // The journals go first: beside the copy they would be replayed onto it.
  for (const side of [...sides].reverse()) {
    if (fs.existsSync(`${file}${side}`) && !fs.existsSync(`${aside}${side}`)) {
      fs.renameSync(`${file}${side}`, `${aside}${side}`);
    }
  }
  fs.renameSync(copy, file);
  syncFile(path.dirname(file));
  writeUpdateRecord(recordFile, { ...record, stage: 'went-back' });
}

/** Beside the database, so that it can take its place by its name alone. */
async function verifiedCopy({ file, backupsFolder, record }: ReturnOrder): Promise<string> {
  const copy = `${file}.returning`;
  try {
    fs.copyFileSync(path.join(backupsFolder, record.snapshot), copy, fs.constants.COPYFILE_FICLONE);
    fs.chmodSync(copy, 0o600);
    const problem = (await checkFile(copy))[0];
    if (problem !== undefined) throw new Error(`The copy ${record.snapshot} is damaged: ${problem}`);
    syncFile(copy);
    return copy;
  } catch (error) {
    fs.rmSync(copy, { force: true });
    throw explainError(error, copy);
  }
}
