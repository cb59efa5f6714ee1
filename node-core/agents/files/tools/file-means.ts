import type { FileHandle } from 'node:fs/promises';
import { type ToolContext, ToolRefusal } from '../../tools/tool.ts';
import { isSameFile, openPlain } from '../disk/file-state.ts';
import type { Files } from '../disk/files.ts';
import type { PathLocks } from '../disk/path-locks.ts';
import type { Found, Reach } from '../reach/reach.ts';
import type { UndoStore } from '../undo/undo-store.ts';

/** What the tools for files work with. */
export interface FileMeans {
  readonly files: Files;
  readonly store: Pick<UndoStore, 'keep'>;
  /** Shared by all that changes files. */
  readonly locks: PathLocks;
  /** What is within reach at this moment: asked at each plan and each run, so that a folder taken back is out of reach at once. */
  reachFor(context: Pick<ToolContext, 'agentId' | 'conversationId'>): Promise<Reach>;
}

/** Opens a plain file within reach for reading, and makes sure that no link was put in its way meanwhile. */
export async function openFound(files: Files, reach: Reach, found: Found): Promise<FileHandle> {
  const { facts, shown } = found;
  if (!facts) throw new ToolRefusal(`There is no file “${shown}”.`);
  if (!facts.isFile()) throw new ToolRefusal(`“${shown}” is ${facts.isDirectory() ? 'a folder' : 'no plain file'}.`);
  const handle = await openPlain(files, found.path, facts);
  if (!handle) throw new ToolRefusal(`“${shown}” was replaced just now. Try again.`);
  try {
    const again = await reach.find(found.path);
    if (!again.facts || !isSameFile(again.facts, facts)) throw new ToolRefusal(`“${shown}” was replaced just now.`);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
