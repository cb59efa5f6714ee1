import path from 'node:path';
import type { CallResult } from '../../../api/contract.ts';
import type { Files } from '../disk/files.ts';
import { realFolder } from './real-folder.ts';

/** What a person sees who looks for a folder. */
export type BrowsedFolder = CallResult<'folders.browse'>;

/** Most folders that are shown of one. */
const maxFolders = 2000;

/** The folders in a folder, by name, without hidden ones, and how many files are beside them. */
export async function browseFolder(files: Files, folder: string): Promise<BrowsedFolder> {
  const real = await realFolder(files, folder);
  const entries = await files.readdir(real, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const links = visible.filter((entry) => entry.isSymbolicLink()).slice(0, maxFolders);
  const linked = await Promise.all(links.map(async ({ name }) => ((await isFolder(files, real, name)) ? [name] : [])));
  const names = [...visible.filter((entry) => entry.isDirectory()).map(({ name }) => name), ...linked.flat()];
  const order = new Intl.Collator(undefined, { numeric: true });
  const parent = path.dirname(real);
  return {
    path: real,
    parent: parent === real ? null : parent,
    folders: names
      .sort((one, other) => order.compare(one, other))
      .slice(0, maxFolders)
      .map((name) => ({ name, path: path.join(real, name) })),
    fileCount: entries.filter((entry) => entry.isFile()).length,
  };
}

const isFolder = async (files: Files, folder: string, name: string): Promise<boolean> =>
  files.stat(path.join(folder, name)).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
