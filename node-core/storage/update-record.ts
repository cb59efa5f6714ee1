import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { backupSchema } from '../api/node-views.ts';
import { syncFile } from './sync-file.ts';

/**
 * What is noted about an update, from before it is installed until its first start has taken the database over:
 * `prepared` (the snapshot is there), `begun` (the first start keeps a copy of the last moment and migrates),
 * `returning` (the copy is being put back; finished by whoever starts next), `went-back` (it is back).
 */
const recordSchema = z.strictObject({
  format: z.literal(1),
  stage: z.enum(['prepared', 'begun', 'returning', 'went-back']),
  /** Name in the backups folder. */
  snapshot: backupSchema.shape.name,
  fromVersion: z.string().max(60),
  toVersion: z.string().max(60),
  /** ms since the epoch */
  at: z.number(),
  /** The first start was killed in its migration and is tried once more; only while it stands at `begun`. */
  isRetry: z.literal(true).optional(),
});
export type UpdateRecord = z.infer<typeof recordSchema>;

/** Where the record stands: in the folder for what belongs to this computer's runs. */
export const updateRecordIn = (runFolder: string): string => path.join(runFolder, 'update.json');

/** The record, or `null` where there is none that can be read. */
export function readUpdateRecord(file: string): UpdateRecord | null {
  try {
    return recordSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the record at once and for good: after a power cut it is the old or the new one. */
export function writeUpdateRecord(file: string, record: UpdateRecord): void {
  const next = `${file}.next`;
  fs.writeFileSync(next, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  syncFile(next);
  fs.renameSync(next, file);
  syncFile(path.dirname(file));
}

/** The update is over. */
export function removeUpdateRecord(file: string): void {
  fs.rmSync(file, { force: true });
  syncFile(path.dirname(file));
}
