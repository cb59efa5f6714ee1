import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * Environment in which the session bus answers that a tray is there, or is not: the program that asks it is another one.
 *
 * @param folder of the test
 */
export function trayHostIn(folder: string, isThere: boolean): Readonly<Record<string, string>> {
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  const program = path.join(bin, 'dbus-send');
  fs.writeFileSync(program, `#!/bin/sh\necho >> "$0.asked"\necho "   variant       boolean ${isThere}"\n`, {
    mode: 0o755,
  });
  return { PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** How often the session bus was asked for a tray by apps that `trayHostIn` of the folder was given to. */
export function askedIn(folder: string): number {
  const asked = path.join(folder, 'bin', 'dbus-send.asked');
  return fs.existsSync(asked) ? fs.readFileSync(asked, 'utf8').length : 0;
}
