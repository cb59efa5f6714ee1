import fs from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import type { EngineInstaller } from '../../protocol/ports/local-models.ts';
import { readFreeDisk } from './machine-room.ts';

/** Room that stays free besides, bytes. */
const spareBytes = 256 * 1024 * 1024;

/**
 * Refuses a model that the engine would find no room beside: before anything is downloaded, so that nobody waits for
 * hours for a model that cannot be run. Rejects with `no-space`.
 *
 * @param folder of the model
 * @param modelBytes what is still to come of it
 */
export async function refuseWithoutEngineRoom(
  engine: Pick<EngineInstaller, 'room'> | null,
  folder: string,
  modelBytes: number,
): Promise<void> {
  const room = engine?.room() ?? null;
  if (room === null) return;
  const isOneDisk = (await diskOf(folder)) === (await diskOf(room.folder));
  const neededBytes = room.neededBytes + spareBytes + (isOneDisk ? modelBytes : 0);
  const freeBytes = await readFreeDisk(room.folder);
  if (freeBytes === null || freeBytes >= neededBytes) return;
  throw new FailureError({ kind: 'no-space', path: room.folder.slice(0, 2000), neededBytes, freeBytes });
}

/** Free bytes for models in `folder`, less what the engine will still take there; 0 and more, `null`: nobody knows. */
export async function freeForModels(
  engine: Pick<EngineInstaller, 'room'> | null,
  folder: string,
): Promise<number | null> {
  const [freeBytes, room] = [await readFreeDisk(folder), engine?.room() ?? null];
  if (freeBytes === null || room === null || (await diskOf(folder)) !== (await diskOf(room.folder))) return freeBytes;
  return Math.max(0, freeBytes - room.neededBytes);
}

/** Of a folder that is or will be made. */
async function diskOf(folder: string): Promise<number | null> {
  const stat = await fs.stat(folder).catch(() => null);
  if (stat !== null) return stat.dev;
  const above = path.dirname(folder);
  return above === folder ? null : diskOf(above);
}
