import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isSameFile, isSamePath } from '../../files/disk/file-state.ts';
import { placeBelow } from './walk-root.ts';

// Not through a link, and without waiting for a pipe. Windows knows neither flag.
const flags = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of a root for reading. Rejects where it is no plain file, or where the root or a folder on the way is a
 * link by now: that would lead to what nobody has chosen. Looked at after the opening, so that nothing slips in between.
 *
 * @param relative path below the root, with slashes; empty where the root is the file
 */
export async function openBelow(root: string, relative: string): Promise<FileHandle> {
  const handle = await fs.open(placeBelow(root, relative), flags);
  try {
    const place = placeBelow(path.join(await fs.realpath(path.dirname(root)), path.basename(root)), relative);
    if (!isSamePath(await fs.realpath(place), place)) throw new Error('a link is on the way');
    const [opened, there] = [await handle.stat({ bigint: true }), await fs.lstat(place, { bigint: true })];
    if (!opened.isFile() || !isSameFile(opened, there)) throw new Error('not the file that stands there');
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
