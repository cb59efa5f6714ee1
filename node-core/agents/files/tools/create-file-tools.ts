import type { Clock } from '../../../protocol/ports/clock.ts';
import { type ToolContext, ToolRefusal } from '../../tools/tool.ts';
import type { ToolSource } from '../../tools/toolbox.ts';
import type { Files } from '../disk/files.ts';
import type { PathLocks } from '../disk/path-locks.ts';
import type { PickedFolders } from '../folders/picked-folders.ts';
import { Reach } from '../reach/reach.ts';
import type { UndoStore } from '../undo/undo-store.ts';
import type { FileMeans } from './file-means.ts';
import { listFiles } from './list-files.ts';
import { moveFiles } from './move-files.ts';
import { readFile } from './read-file.ts';
import { removeFiles } from './remove-files.ts';
import { searchFiles } from './search-files.ts';
import { writeFile } from './write-file.ts';

export interface FileToolsOptions {
  readonly files: Files;
  readonly store: Pick<UndoStore, 'keep'>;
  readonly locks: PathLocks;
  readonly folders: Pick<PickedFolders, 'rootsFor'>;
  /** Nunba's own, real. */
  readonly dataFolder: string;
  readonly clock: Pick<Clock, 'elapsed'>;
}

/** The tools for files, for agents that have them and were let see a folder. */
export function createFileTools({ files, store, locks, folders, dataFolder, clock }: FileToolsOptions): ToolSource {
  const reachFor = async ({ agentId, conversationId }: Pick<ToolContext, 'agentId' | 'conversationId'>) => {
    const roots = await folders.rootsFor(agentId, conversationId);
    if (roots.length === 0) throw new ToolRefusal('The person has taken the folders back; nothing is in reach.');
    return new Reach({ roots, dataFolder, files });
  };
  const means: FileMeans = { files, store, locks, reachFor };
  const tools = [
    listFiles(means),
    readFile(means),
    searchFiles(means, clock),
    writeFile(means),
    moveFiles(means),
    removeFiles(means),
  ];
  return {
    toolsFor: async (terms) => {
      const wanted = tools.filter(({ name }) => terms.tools.some((each) => each === name));
      if (wanted.length === 0) return [];
      return (await folders.rootsFor(terms.agentId, terms.conversationId)).length > 0 ? wanted : [];
    },
  };
}
