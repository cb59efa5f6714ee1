import { constants } from 'node:fs';
import { FailureError } from '../../../api/failures.ts';
import { codeOf, type Files } from '../disk/files.ts';
import type { FolderDefect } from './folder-defect.ts';

/** Where a folder really is. Throws a `folder-refused` if it is not there, no folder, or cannot be read. */
export async function realFolder(files: Files, folder: string): Promise<string> {
  try {
    const real = await files.realpath(folder);
    if (!(await files.stat(real)).isDirectory()) throw refusedFolder(folder, 'not-a-folder');
    await files.access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    const cause = causes[codeOf(error)];
    throw cause ? refusedFolder(folder, cause, error) : error;
  }
}

/** The failure that says why a folder was not picked. */
export const refusedFolder = (path: string, cause: FolderDefect, error?: unknown): FailureError =>
  new FailureError({ kind: 'folder-refused', path, cause }, { cause: error });

const causes: Readonly<Record<string, FolderDefect>> = {
  ENOENT: 'not-there',
  ENOTDIR: 'not-a-folder',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
  ELOOP: 'not-there',
  ENAMETOOLONG: 'not-there',
  ERR_INVALID_ARG_VALUE: 'not-there',
};
