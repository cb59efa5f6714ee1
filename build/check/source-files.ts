import fs from 'node:fs';
import path from 'node:path';

/** The folders that hold code. */
const codeFolders = ['electron', 'renderer', 'node-core', 'build', 'test'];

/** Every TypeScript and JavaScript file of the checkout, relative to `root`, with `/` between folders. */
export function sourceFiles(root: string): readonly string[] {
  return codeFolders
    .filter((folder) => fs.existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => path.join(folder, file)),
    )
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
}
