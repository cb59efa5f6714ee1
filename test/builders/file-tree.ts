import fs from 'node:fs';
import path from 'node:path';

/** Everything below a folder: path with `/` -> content, or `folder` for a folder. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map((entry): [string, string] => {
        const file = path.join(entry.parentPath, entry.name);
        const name = path.relative(folder, file).split(path.sep).join('/');
        return [name, entry.isDirectory() ? 'folder' : fs.readFileSync(file, 'utf8')];
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
