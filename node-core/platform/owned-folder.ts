import { FailureError } from '../api/failures.ts';
import { type ChildRecords, openChildRecords } from './child-records.ts';
import { type FolderPlaces, prepareDataFolder } from './data-folder.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { lockFolder } from './folder-lock.ts';

/** A data folder that this process owns. */
export interface OwnedFolder {
  readonly places: FolderPlaces;
  /** Programs of others that this process starts; those that the last owner left were ended. */
  readonly children: ChildRecords;
  /** Tells the commands of this folder where the node answers; `null`: nowhere. */
  announce(address: string | null): void;
  /** Gives the folder back. Idempotent. */
  release(): void;
}

/**
 * Takes a data folder for this process, making it if it is not there. Refuses with `folder-locked` while another
 * process owns it.
 * @param adminToken of this run; kept in the folder's endpoint for the commands
 */
export function ownFolder(folder: string, adminToken: string): OwnedFolder {
  const places = prepareDataFolder(folder);
  const lock = lockFolder(places.run);
  if (lock === null) {
    const holder = readEndpoint(places.run);
    throw new FailureError({
      kind: 'folder-locked',
      path: folder,
      pid: holder?.pid ?? null,
      address: holder?.address ?? null,
    });
  }
  const announce = (address: string | null): void =>
    writeEndpoint(places.run, { pid: process.pid, address, token: adminToken });
  announce(null);
  let isOwned = true;
  return {
    places,
    children: openChildRecords(places.run),
    announce,
    release() {
      if (!isOwned) return;
      isOwned = false;
      removeEndpoint(places.run);
      lock.release();
    },
  };
}
