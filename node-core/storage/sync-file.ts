import fs from 'node:fs';

/**
 * Waits until a file, or the names in a folder, are on the disk. Folders are synced too, so that a new name survives a
 * power cut; Windows has no such thing.
 */
export function syncFile(target: string): void {
  if (process.platform === 'win32' && fs.statSync(target).isDirectory()) return;
  const handle = fs.openSync(target, 'r');
  try {
    if (process.platform !== 'win32') fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
