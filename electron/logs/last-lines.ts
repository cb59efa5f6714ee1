import fs from 'node:fs';
import path from 'node:path';
import { endLines, mostLogBytes } from '../../node-core/protocol/diagnostics/end-lines.ts';

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
      const buffer = Buffer.alloc(Math.min(size, mostLogBytes));
      fs.readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      return endLines(buffer.toString('utf8'), size > mostLogBytes);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return [];
  }
}
