import { createHash } from 'node:crypto';
import path from 'node:path';

/** What decides where Electron keeps its own files, and with them who counts as the same app. Paths are absolute. */
export interface ProfileFacts {
  /** `--user-data-dir` is on the command line. */
  readonly isFolderGiven: boolean;
  /** Electron's own choice. */
  readonly userData: string;
  readonly dataFolder: string;
  readonly defaultDataFolder: string;
  /** The real path of what exists; throws for what does not. */
  realPath(folder: string): string;
}

/** Where this start keeps Electron's files. One folder is one app: the system allows a single one of it. */
export type Profile =
  /** As Electron would have it: the usual data folder. */
  | { readonly kind: 'usual' }
  /** The person named the folder; nothing is changed. */
  | { readonly kind: 'given' }
  /** Of another data folder, which is an app of its own. */
  | { readonly kind: 'other'; readonly folder: string };

/** One profile per data folder, whatever name or link it was reached by. */
export function profileFolder(facts: ProfileFacts): Profile {
  if (facts.isFolderGiven) return { kind: 'given' };
  const dataFolder = realFolder(facts.dataFolder, facts.realPath);
  if (dataFolder === realFolder(facts.defaultDataFolder, facts.realPath)) return { kind: 'usual' };
  const hash = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return { kind: 'other', folder: path.join(facts.userData, 'profiles', hash) };
}

/** The real path of a folder that need not be there yet: that of its nearest ancestor, and the rest. */
function realFolder(folder: string, realPath: ProfileFacts['realPath']): string {
  try {
    return realPath(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realFolder(parent, realPath), path.basename(folder));
  }
}
