import path from 'node:path';
import type { CallResult } from '../../../api/contract.ts';
import type { Files } from '../disk/files.ts';
import { realFolder } from './real-folder.ts';

/** What a person sees who looks for a folder. */
export type BrowsedFolder = CallResult<'folders.browse'>;

/** Most folders, and files, that are shown of one. */
const mostShown = 2000;

/**
 * The folders in a folder, by name, without hidden ones, and how many files are beside them.
 *
 * @param ending of the files that are shown too, in lower case; `null`: none are
 */
export async function browseFolder(files: Files, folder: string, ending: string | null): Promise<BrowsedFolder> {
  const real = await realFolder(files, folder);
  const entries = await files.readdir(real, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const links = visible.filter((entry) => entry.isSymbolicLink()).slice(0, mostShown);
  const linked = await Promise.all(links.map(async ({ name }) => ((await isFolder(files, real, name)) ? [name] : [])));
  const names = [...visible.filter((entry) => entry.isDirectory()).map(({ name }) => name), ...linked.flat()];
  const wanted = ending === null ? [] : visible.filter(({ name }) => name.toLowerCase().endsWith(ending));
  const parent = path.dirname(real);
  return {
    path: real,
    parent: parent === real ? null : parent,
    folders: firstByName(names).map((name) => ({ name, path: path.join(real, name) })),
    fileCount: entries.filter((entry) => entry.isFile()).length,
    files: await sizesOf(files, real, firstByName(wanted.map(({ name }) => name))),
  };
}

const firstByName = (names: readonly string[]): readonly string[] => {
  const order = new Intl.Collator(undefined, { numeric: true });
  return names.toSorted((one, other) => order.compare(one, other)).slice(0, mostShown);
};

/** Links are followed, as models are often kept once and linked to; what is no file in the end is left out. */
async function sizesOf(files: Files, folder: string, names: readonly string[]): Promise<BrowsedFolder['files']> {
  const found = await Promise.all(
    names.map(async (name) => {
      const place = path.join(folder, name);
      const facts = await files.stat(place).catch(() => null);
      return facts?.isFile() ? [{ name, path: place, sizeBytes: facts.size }] : [];
    }),
  );
  return found.flat();
}

const isFolder = async (files: Files, folder: string, name: string): Promise<boolean> =>
  files.stat(path.join(folder, name)).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
