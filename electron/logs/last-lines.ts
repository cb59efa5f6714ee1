import fs from 'node:fs';
import path from 'node:path';

/** More of one file than this is not read. */
const maxBytes = 256 * 1024;

/**
 * The last lines of the logs in a folder, oldest first; none where there are none.
 * @param names the files, the newest first
 */
export function lastLines(folder: string, names: readonly string[], most: number): readonly string[] {
  let lines: string[] = [];
  for (const name of names) {
    if (lines.length >= most) break;
    lines = [...linesAtEnd(path.join(folder, name)), ...lines];
  }
  return lines.slice(-most);
}

/** Names of the files in `folder` that look like the shell's logs, the newest first. */
export function shellLogNames(folder: string): readonly string[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => /^shell-[\d-]+\.log$/.test(name))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}

function linesAtEnd(file: string): readonly string[] {
  try {
    const size = fs.statSync(file).size;
    const descriptor = fs.openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(size, maxBytes));
      fs.readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      const lines = buffer.toString('utf8').split('\n');
      // The first one is only whole where the file begins with it.
      return (size > maxBytes ? lines.slice(1) : lines).filter((line) => line !== '');
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return [];
  }
}
