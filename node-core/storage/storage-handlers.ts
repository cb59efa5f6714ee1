import { statfs } from 'node:fs/promises';
import type { CallHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import type { StorageView } from '../api/node-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import { findBackup } from './backups.ts';
import { prepareUpdate } from './prepare-update.ts';
import type { Storage } from './storage.ts';
import { synchronisedBy } from './synchronised-folder.ts';

/** The calls about the data folder. */
export type StorageCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `storage.${string}`>>;

interface StorageHandlersOptions {
  readonly storage: Storage;
  /** The data folder: what is shown and opened. */
  readonly folder: string;
  readonly backupsFolder: string;
  /** Where an update is noted before it is installed. */
  readonly updateRecord: string;
  /** The version that runs. */
  readonly version: string;
  readonly clock: Clock;
  /** Turns that are queued or streaming. */
  readonly runningTurns: () => number;
  /** Shows a folder in the system's file manager. */
  readonly openPath: (path: string) => Promise<void>;
}

/** Conversations that a preview names; the rest is counted. */
const mostNamed = 50;

/**
 * Answers `storage.*`. A restore is refused with `turn-running` while an agent answers: the person stops it, or
 * waits, and knows what was cut off.
 */
export function createStorageHandlers(options: StorageHandlersOptions): { readonly calls: StorageCalls } {
  const { storage, folder, backupsFolder } = options;

  const info = async (): Promise<StorageView> => {
    const { bavail, bsize } = await statfs(folder);
    return {
      ...storage.facts(),
      folder,
      freeBytes: bavail * bsize,
      synchronisedBy: synchronisedBy(folder),
      lastCheck: storage.lastCheck(),
    };
  };
  const permit = (): void => {
    if (options.runningTurns() > 0) throw new FailureError({ kind: 'turn-running' });
  };

  return {
    calls: {
      'storage.info': info,
      'storage.check': async () => {
        await storage.check();
        return info();
      },
      'storage.backup': () => storage.backup(),
      'storage.prepareUpdate': ({ toVersion }) => prepareUpdate({ ...options, toVersion }),
      'storage.previewRestore': async ({ name }) => {
        const found = await storage.compareBackup(name);
        return {
          ...found,
          backup: findBackup(backupsFolder, name),
          onlyInBackup: found.onlyInBackup.slice(0, mostNamed),
          onlyInBackupCount: found.onlyInBackup.length,
        };
      },
      'storage.restore': ({ name, mode }) => storage.restore({ name, mode, permit }),
      'storage.openFolder': async () => {
        await options.openPath(folder);
        return {};
      },
    },
  };
}
