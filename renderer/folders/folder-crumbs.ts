/** One folder on the way to another. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** The folders on the way to a folder, from the disk to the folder itself; paths of Windows and of others. Pure. */
export function crumbsOf(path: string): readonly Crumb[] {
  const isWindows = /^(?:[a-z]:\\|\\\\)/i.test(path);
  const root = isWindows ? (/^(?:[a-z]:\\|\\\\[^\\]+\\[^\\]+\\?)/i.exec(path)?.[0] ?? path) : '/';
  const separator = isWindows ? '\\' : '/';
  const names = path
    .slice(root.length)
    .split(separator)
    .filter((name) => name !== '');
  const start = root.endsWith(separator) ? root : `${root}${separator}`;
  return [
    { name: root, path: root },
    ...names.map((name, index) => ({ name, path: start + names.slice(0, index + 1).join(separator) })),
  ];
}

/** The last part of a path: what a person calls the folder. Pure. */
export const folderName = (path: string): string => crumbsOf(path).at(-1)?.name ?? path;
