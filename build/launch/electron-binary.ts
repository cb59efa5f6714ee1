import fs from 'node:fs';
import path from 'node:path';

/** Where Electron's program lies inside its `dist` folder. */
const programs: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The folder of the official package. */
export function electronPackage(root: string): string {
  return path.join(root, 'node_modules', 'electron');
}

/**
 * Electron's program, or `null` when it is not there. Looks at files only: requiring the package from plain Node would
 * download it. `path.txt` is what the package writes last, so half of an unpacked archive does not count.
 */
export function findElectron(root: string, overrideFolder: string | undefined, platform: string): string | null {
  const program = programs[platform] ?? 'electron';
  if (overrideFolder) return existing(path.join(overrideFolder, program));
  if (!fs.existsSync(path.join(electronPackage(root), 'path.txt'))) return null;
  return existing(path.join(electronPackage(root), 'dist', program));
}

function existing(file: string): string | null {
  return fs.existsSync(file) ? file : null;
}
