import fs from 'node:fs';
import path from 'node:path';
import type { BackupView } from '../api/node-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import { listBackups } from './backups.ts';
import type { Storage } from './storage.ts';
import { writeUpdateRecord } from './update-record.ts';

/** Snapshots of updates that are kept; what the person asked for is never removed. */
const mostSnapshots = 3;

/** Which database, and which version takes it over. */
interface UpdateOrder {
  readonly storage: Pick<Storage, 'backup'>;
  readonly backupsFolder: string;
  readonly updateRecord: string;
  readonly clock: Pick<Clock, 'now'>;
  /** The version that runs. */
  readonly version: string;
  readonly toVersion: string;
}

/** Keeps a verified copy of the database, then notes the update. Throws, and notes nothing, if there is no copy. */
export async function prepareUpdate(order: UpdateOrder): Promise<{ readonly snapshot: BackupView }> {
  const snapshot = await order.storage.backup('before-update');
  writeUpdateRecord(order.updateRecord, {
    format: 1,
    stage: 'prepared',
    snapshot: snapshot.name,
    fromVersion: order.version,
    toVersion: order.toVersion,
    at: order.clock.now(),
  });
  removeOldSnapshots(order.backupsFolder, snapshot.name);
  return { snapshot };
}

/** What cannot be removed stays until the next update: too many copies are no reason against one. */
function removeOldSnapshots(folder: string, present: string): void {
  try {
    // By its name alone the present one may be the oldest: a clock can be set back.
    const others = listBackups(folder).filter(({ name, reason }) => reason === 'before-update' && name !== present);
    for (const old of others.slice(mostSnapshots - 1)) fs.rmSync(path.join(folder, old.name));
  } catch {
    // The copy is there and noted, which is all that the update needs.
  }
}
