import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import type { FolderPlaces } from '../../platform/data-folder.ts';
import type { EffectKeeper } from '../../protocol/hands/effect.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import { lateSource } from '../tools/late-source.ts';
import type { ToolSource } from '../tools/toolbox.ts';
import { PathLocks } from './disk/path-locks.ts';
import { PickedFolders } from './folders/picked-folders.ts';
import { FileEffects } from './undo/effect-keeper.ts';
import { UndoStore } from './undo/undo-store.ts';

export interface FilesOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a ULID. */
  readonly ids: () => string;
  readonly agentExists: (id: string) => boolean;
  /** Nunba's own data folder and the copies for undoing in it. */
  readonly places: Pick<FolderPlaces, 'root' | 'undo'>;
  /** The person's home folder; default: the system's answer. */
  readonly home?: string;
}

/** What agents do with files of the person. */
export interface AgentFiles {
  readonly folders: PickedFolders;
  readonly source: ToolSource;
  readonly keeper: EffectKeeper;
  readonly stop: () => void;
}

/** How often copies that are too old are thrown away, ms. */
const purgeEveryMs = 24 * 60 * 60_000;

/** Puts picked folders, the tools for them and the copies for undoing together. Looks at no folder of the person until one is picked. */
export async function createFiles(options: FilesOptions): Promise<AgentFiles> {
  const { storage, clock, log, ids, agentExists, places } = options;
  const files = nodeFiles;
  const dataFolder = realOf(places.root);
  const home = realOf(options.home ?? os.homedir());
  const surroundings = { platform: process.platform, environment: process.env, home, dataFolder };
  const folders = new PickedFolders({ storage, files, clock, ids, agentExists, surroundings });
  await folders.start();
  const store = new UndoStore({ folder: places.undo, clock, files });
  const locks = new PathLocks();
  const purge = (): void => {
    store.purge().catch((error: unknown) => log.warn({ error }, 'Old copies for undoing could not be thrown away.'));
  };
  purge();
  const timer = clock.every(purgeEveryMs, purge);
  return {
    folders,
    source: lateSource(async () => {
      const { createFileTools } = await import('./tools/create-file-tools.ts');
      return createFileTools({ files, store, locks, folders, dataFolder, clock });
    }),
    keeper: new FileEffects(store, files, locks),
    stop() {
      timer.cancel();
      folders.stop();
    },
  };
}

/** Where a folder really is; as it is named while it is not there. */
function realOf(folder: string): string {
  try {
    return fs.realpathSync.native(folder);
  } catch {
    return folder;
  }
}
