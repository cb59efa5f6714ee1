import path from 'node:path';
import type { Failure } from '../../../api/failures.ts';
import { isInside } from '../reach/place-within.ts';

/** Why a folder is not one to be picked. */
export type FolderDefect = Extract<Failure, { kind: 'folder-refused' }>['cause'];

/** What a folder is judged by; all paths absolute and real. */
export interface FolderSurroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const unixFolders = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/proc',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var',
];
const macFolders = ['/Applications', '/Library', '/System', '/cores', '/private/etc', '/private/var'];
/** Places of people's own within those; they themselves are not. */
const ownPlaces = ['/run/media', '/var/home', '/var/tmp', '/var/folders', '/private/var/folders', '/private/var/tmp'];

/** Whether agents may be let see a folder, by where it is alone; `null`: they may. Pure. */
export function folderDefect(folder: string, surroundings: FolderSurroundings): FolderDefect | null {
  const { platform, home, dataFolder } = surroundings;
  const rules = platform === 'win32' ? path.win32 : path.posix;
  // A case, or a way of writing a letter, that the disk may not tell apart must not lead around a refusal.
  const [plain, plainHome, plainData] = [folder, home, dataFolder].map((each) => each.normalize('NFC').toLowerCase());
  if (plain === undefined || plainHome === undefined || plainData === undefined) return null;
  if (rules.parse(folder).root === folder || rules.dirname(folder) === folder) return 'root';
  if (isInside(plainData, plain, rules) || isInside(plain, plainData, rules)) return 'own-data';
  if (isInside(plain, plainHome, rules)) return 'home';
  if (isInside(plainHome, plain, rules)) return null;
  return isSystems(plain, surroundings, rules) ? 'system' : null;
}

function isSystems(plain: string, { platform, environment }: FolderSurroundings, rules: path.PlatformPath): boolean {
  const isBelow = (folder: string): boolean => isInside(folder.toLowerCase(), plain, rules);
  if (platform === 'win32') return windowsFolders(environment).some(isBelow);
  const isOwn = ownPlaces.some((folder) => isBelow(folder) && plain !== folder);
  return !isOwn && [...unixFolders, ...macFolders].some(isBelow);
}

function windowsFolders(environment: FolderSurroundings['environment']): readonly string[] {
  const named = ['SystemRoot', 'ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'ProgramData'];
  const drive = environment.SystemDrive ?? 'C:';
  const usual = ['Windows', 'Program Files', 'Program Files (x86)', 'ProgramData', '$Recycle.Bin', 'Recovery'];
  return [
    ...named.flatMap((name) => environment[name] ?? []),
    ...usual.map((name) => `${drive}\\${name}`),
    `${drive}\\System Volume Information`,
  ];
}
