import fs from 'node:fs/promises';
import path from 'node:path';
import { isSecretPlace } from '../../files/reach/secret-places.ts';
import type { FileStamp } from '../index/index-writer.ts';
import { isPassedOver } from '../text/file-kinds.ts';

/** What a walk came upon besides files. */
export interface WalkNotes {
  /** Folders below the root that could not be looked into; nothing is known of what is in them. */
  readonly unreadable: string[];
  /** Entries of the root itself, whatever they are. */
  entries: number;
}

export interface WalkOptions {
  /** Absolute; neither it nor anything in it is looked at. */
  readonly excluded: string;
  readonly notes: WalkNotes;
  readonly signal: AbortSignal;
}

/** Deepest folder that is looked into. */
const mostDepth = 64;

/** The file itself where the root is one, else the path of a file below it. */
export function placeBelow(root: string, relative: string): string {
  return relative === '' ? root : path.join(root, ...relative.split('/'));
}

/**
 * Every file below a root, folder by folder in the order of their names. Links are never followed, hidden entries and
 * those of programs passed over. Throws what the root itself cannot be looked at with, and when `signal` is aborted.
 */
export async function* walkRoot(root: string, options: WalkOptions): AsyncGenerator<FileStamp> {
  const top = await fs.lstat(root);
  if (top.isFile()) {
    options.notes.entries = 1;
    yield { path: '', size: top.size, changedAt: top.mtimeMs };
    return;
  }
  // A link in its place leads to what nobody has chosen.
  if (!top.isDirectory()) throw Object.assign(new Error('the root is no folder any more'), { code: 'ENOTDIR' });
  const waiting: { readonly relative: string; readonly depth: number }[] = [{ relative: '', depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    options.signal.throwIfAborted();
    const { relative, depth } = next;
    const { files, folders } = await lookInto(root, relative, options);
    for (const path of files) {
      const stats = await fs.lstat(placeBelow(root, path)).catch(() => null);
      if (stats?.isFile()) yield { path, size: stats.size, changedAt: stats.mtimeMs };
    }
    if (depth < mostDepth) waiting.push(...folders.reverse().map((folder) => ({ relative: folder, depth: depth + 1 })));
  }
}

/** Paths below the root of what is to be looked at in one folder. */
const lookInto = async (root: string, relative: string, { excluded, notes }: WalkOptions) => {
  const entries = await entriesOf(root, relative, notes);
  if (relative === '') notes.entries = entries.length;
  const wanted = entries
    .filter((entry) => !isPassedOver(entry.name, entry.isDirectory()))
    .map((entry) => ({ entry, below: relative === '' ? entry.name : `${relative}/${entry.name}` }));
  return {
    files: wanted.filter(({ entry }) => entry.isFile()).map(({ below }) => below),
    folders: wanted
      .filter(({ entry, below }) => entry.isDirectory() && placeBelow(root, below) !== excluded)
      // Profiles of browsers and the like are hidden on no other system than Linux.
      .filter(({ below }) => !isSecretPlace(below.split('/')))
      .map(({ below }) => below),
  };
};

const entriesOf = async (root: string, relative: string, notes: WalkNotes) => {
  try {
    const entries = await fs.readdir(placeBelow(root, relative), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (relative === '') throw error;
    notes.unreadable.push(relative);
    return [];
  }
};
