import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { factsOf, isSamePath } from '../disk/file-state.ts';
import { codeOf, type Files } from '../disk/files.ts';
import type { Root } from '../reach/place-within.ts';
import type { Reach } from '../reach/reach.ts';
import { compileGlob, type Glob } from './glob.ts';

/** Something in a folder. */
export interface Entry {
  /** Absolute. */
  readonly path: string;
  /** Below the folder where the walk began, with `/` between names. */
  readonly relative: string;
  readonly facts: BigIntStats;
}

export interface Walk {
  readonly files: Files;
  readonly reach: Reach;
  readonly root: Root;
  /** How many folders deep; 1: what is in the folder itself. */
  readonly depth: number;
  /** Only what a pattern of file names (`*.jpg`, `2024/**`) fits; `null`: everything. */
  readonly glob: string | null;
  readonly signal: AbortSignal;
}

/** What a walk left out. Filled while it goes. */
export interface LeftOut {
  /** Keys, passwords and Nunba's own data. */
  closed: number;
  /** Folders that may not be read. */
  unreadable: number;
}

/** What is in a folder, by name, each folder before what is in it. Links are told but not followed. */
export async function* walkFiles(walk: Walk, start: string, left: LeftOut): AsyncGenerator<Entry> {
  const fits = walk.glob === null ? () => true : compileGlob(walk.glob);
  yield* walkFolder({ ...walk, fits }, { folder: start, relative: '', depth: walk.depth }, left);
}

interface Place {
  readonly folder: string;
  readonly relative: string;
  readonly depth: number;
}

async function* walkFolder(walk: Walk & { readonly fits: Glob }, place: Place, left: LeftOut): AsyncGenerator<Entry> {
  const { files, reach, root, signal } = walk;
  const names = await namesIn(files, place.folder);
  if (!names) left.unreadable += 1;
  for (const name of names ?? []) {
    signal.throwIfAborted();
    const file = path.join(place.folder, name);
    if (!reach.isOpen(root, file)) {
      left.closed += 1;
      continue;
    }
    const facts = await factsOf(files, file);
    if (!facts) continue;
    const relative = place.relative === '' ? name : `${place.relative}/${name}`;
    if (walk.fits(relative)) yield { path: file, relative, facts };
    if (facts.isDirectory() && place.depth > 1) {
      yield* walkFolder(walk, { folder: file, relative, depth: place.depth - 1 }, left);
    }
  }
}

/** The names in a folder, sorted; `null` if it may not be read, is gone, or has become a link. */
async function namesIn(files: Files, folder: string): Promise<readonly string[] | null> {
  try {
    if (!isSamePath(await files.realpath(folder), folder)) return null;
    return (await files.readdir(folder)).sort();
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return null;
  }
}
