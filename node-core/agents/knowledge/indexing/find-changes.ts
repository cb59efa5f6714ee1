import fs from 'node:fs/promises';
import { isSecretPlace } from '../../files/reach/secret-places.ts';
import type { FileStamp, IndexedFile } from '../index/index-writer.ts';
import { isPassedOver, kindOfFile } from '../text/file-kinds.ts';
import { placeBelow, type WalkNotes, walkRoot } from './walk-root.ts';

/** A folder or file of a collection, and how much of it may stand in the index. */
export interface RootOrder {
  readonly id: string;
  /** Absolute, links followed. */
  readonly path: string;
  readonly mostFiles: number;
  readonly mostBytes: number;
}

/** A file to be looked at; `isOver`: the collection is full. */
export interface ChangedFile {
  readonly stamp: FileStamp;
  readonly isOver: boolean;
}

/** How a root differs from its index. */
export type RootChanges =
  | { readonly kind: 'changes'; readonly changed: readonly ChangedFile[]; readonly gone: readonly IndexedFile[] }
  /** The root is not there or, where its index holds files, empty: an empty mount point is no deleted folder. */
  | { readonly kind: 'missing' };

export interface LookOptions {
  readonly known: Map<string, IndexedFile>;
  readonly excluded: string;
  /** Paths below the root that alone are looked at; `null`: everything. */
  readonly only: ReadonlySet<string> | null;
  readonly onFound: (count: number) => void;
  readonly signal: AbortSignal;
}

/** Most files of one root that are even looked at. */
const mostLookedAt = 300_000;

/** Compares what is on the disk with what the index knows. Throws when `signal` is aborted. */
export async function findChanges(root: RootOrder, options: LookOptions): Promise<RootChanges> {
  const { known, only, signal } = options;
  const notes: WalkNotes = { unreadable: [], entries: 0 };
  const found = new Map<string, FileStamp>();
  try {
    for await (const stamp of only === null
      ? walkRoot(root.path, { ...options, notes })
      : stampsOf(root, only, options)) {
      found.set(stamp.path, stamp);
      if (found.size % 200 === 0) options.onFound(found.size);
      if (found.size >= mostLookedAt) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isGone(error)) return { kind: 'missing' };
    throw error;
  }
  if (only === null && notes.entries === 0 && known.size > 0) return { kind: 'missing' };
  const isInView = (path: string): boolean => only === null || only.has(path) || isBelow(path, only);
  const gone = [...known.values()].filter(
    ({ path }) => !found.has(path) && isInView(path) && !isBelow(path, new Set(notes.unreadable)),
  );
  return { kind: 'changes', changed: changedOf(root, found, known), gone };
}

/** The files at these paths; a path that is gone says whether its root is. */
async function* stampsOf(
  root: RootOrder,
  only: ReadonlySet<string>,
  { signal }: LookOptions,
): AsyncGenerator<FileStamp> {
  const top = await fs.lstat(root.path);
  if (top.isSymbolicLink()) throw Object.assign(new Error('the root is a link now'), { code: 'ENOTDIR' });
  for (const path of only) {
    signal.throwIfAborted();
    const names = path.split('/');
    if (names.some((name, index) => isPassedOver(name, index < names.length - 1))) continue;
    if (isSecretPlace(names.slice(0, -1))) continue;
    const stats = await fs.lstat(placeBelow(root.path, path)).catch(() => null);
    if (stats?.isFile()) yield { path, size: stats.size, changedAt: stats.mtimeMs };
  }
}

const changedOf = (
  root: RootOrder,
  found: ReadonlyMap<string, FileStamp>,
  known: ReadonlyMap<string, IndexedFile>,
): readonly ChangedFile[] => {
  const room = { files: root.mostFiles, bytes: root.mostBytes };
  for (const { path, size, reason } of known.values()) if (!found.has(path) && reason === null) take(room, size);
  return [...found.values()].flatMap((stamp): readonly ChangedFile[] => {
    const before = known.get(stamp.path);
    const isSame = before?.size === stamp.size && before.changedAt === stamp.changedAt;
    const isRead = kindOfFile(stamp.path.slice(stamp.path.lastIndexOf('/') + 1)).kind !== 'skip';
    // Nothing that is no text takes room from what is.
    const takesRoom = isRead && !(isSame && before.reason !== null && before.reason !== 'over-limit');
    const isOver = takesRoom && (room.files < 1 || room.bytes < stamp.size);
    if (takesRoom && !isOver) take(room, stamp.size);
    const isSettled = isSame && before.reason !== 'unreadable' && (before.reason === 'over-limit') === isOver;
    return isSettled ? [] : [{ stamp, isOver }];
  });
};

const take = (room: { files: number; bytes: number }, size: number): void => {
  room.files -= 1;
  room.bytes -= size;
};

const isBelow = (path: string, folders: ReadonlySet<string>): boolean => {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    if (folders.has(path.slice(0, at))) return true;
  }
  return false;
};

const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'ENOTDIR', 'EIO', 'ENXIO', 'ESTALE'].includes(String(error.code));
