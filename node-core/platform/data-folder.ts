import fs from 'node:fs';
import path from 'node:path';
import { FailureError } from '../api/failures.ts';

/** Places inside a data folder, absolute. */
export interface FolderPlaces {
  readonly root: string;
  readonly database: string;
  readonly backups: string;
  readonly logs: string;
  readonly run: string;
  readonly identity: string;
  /** Downloaded models, unless the person chose another folder. */
  readonly models: string;
  readonly secrets: string;
  /** Copies of what agents changed, so that it can be taken back. */
  readonly undo: string;
  /** The index of collections; made anew where it is lost. */
  readonly knowledge: string;
  /** The program that runs local models, a folder for each version. */
  readonly engine: string;
}

export function placesIn(folder: string): FolderPlaces {
  return {
    root: folder,
    database: path.join(folder, 'nunba.db'),
    backups: path.join(folder, 'backups'),
    logs: path.join(folder, 'logs'),
    run: path.join(folder, 'run'),
    identity: path.join(folder, 'identity'),
    models: path.join(folder, 'models'),
    secrets: path.join(folder, 'identity', 'secrets'),
    undo: path.join(folder, 'undo'),
    knowledge: path.join(folder, 'knowledge'),
    engine: path.join(folder, 'engine'),
  };
}

/** Entries that may stand in a folder which Nunba has not used yet. */
const harmless = new Set(['.env', '.DS_Store', 'desktop.ini', 'Thumbs.db', 'lost+found']);
const ownFolders = new Set(['identity', 'run', 'logs', 'backups', 'undo', 'knowledge', 'models', 'engine']);
/** What the Python Nunba keeps in the same place. */
const pythonMarks = [
  'hevolve_database.db',
  'agent_data',
  'memory_graph',
  'prompts',
  'venv',
  'requirements.txt',
  'python-embed',
];

/**
 * Makes the folder ready to be owned: there, of this person alone (0700), writable, and Nunba's or empty. A folder
 * of the Python Nunba, or with somebody's files, is refused and left exactly as it was.
 */
export function prepareDataFolder(folder: string): FolderPlaces {
  const places = placesIn(folder);
  refuseForeign(folder, entriesOf(folder));
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') fs.chmodSync(folder, 0o700);
    fs.mkdirSync(places.run, { recursive: true, mode: 0o700 });
    fs.accessSync(places.run, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
  return places;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOTDIR' && fs.existsSync(folder)) throw foreign(folder, 'it is a file');
    throw unwritable(folder, error);
  }
}

function refuseForeign(folder: string, entries: readonly string[]): void {
  if (entries.includes('nunba.db')) return;
  const pythonMark = entries.find((entry) => pythonMarks.includes(entry));
  if (pythonMark)
    throw foreign(folder, `it belongs to the Python Nunba (it holds ${pythonMark}), which stays as it is`);
  const other = entries.find((entry) => !harmless.has(entry) && !ownFolders.has(entry));
  if (other !== undefined) throw foreign(folder, `it holds other files (${other.slice(0, 100)})`);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const foreign = (folder: string, reason: string): FailureError =>
  new FailureError({ kind: 'folder-foreign', path: folder, reason });

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
};

const unwritable = (folder: string, cause: unknown): FailureError =>
  new FailureError(
    { kind: 'folder-unwritable', path: folder, reason: reasons[codeOf(cause)] ?? (codeOf(cause) || 'unknown cause') },
    { cause },
  );
