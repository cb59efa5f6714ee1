import { app } from 'electron';
import type { Profile } from './profile-folder.ts';

const scheme = 'nunba';

/** How the system should start this program for a link. */
export interface LinkProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The program that links open, or `null` where this start must not become it: links belong to the person's usual data
 * folder. Behind `--` Chromium reads no switches, whatever a link is made of.
 */
export function linkProgram(
  profile: Profile,
  isPackaged: boolean,
  file: string,
  appFolder: string,
): LinkProgram | null {
  if (profile.kind !== 'usual') return null;
  return { file, args: [...(isPackaged ? [] : [appFolder]), '--'] };
}

/** Lets the system open `nunba://` with this program. Installers have told it already; this mends what has changed. */
export function registerLinkScheme(profile: Profile): void {
  const program = linkProgram(profile, app.isPackaged, process.execPath, app.getAppPath());
  if (!program || app.isDefaultProtocolClient(scheme, program.file, [...program.args])) return;
  app.setAsDefaultProtocolClient(scheme, program.file, [...program.args]);
}
