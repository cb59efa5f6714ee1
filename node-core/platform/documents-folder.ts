import fs from 'node:fs';
import path from 'node:path';

/** What the default data folder is told from. */
export interface HomeFacts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Content of a small text file, or `null`. */
  readText(file: string): string | null;
}

/**
 * `Nunba/data` in the person's documents folder: `XDG_DOCUMENTS_DIR` (the desktop shell sets it everywhere), the one
 * that the desktop names (XDG user-dirs) on Linux, else `~/Documents`.
 */
export function defaultDataFolder(facts: HomeFacts): string {
  return path.join(documentsFolder(facts), 'Nunba', 'data');
}

function documentsFolder(facts: HomeFacts): string {
  const usual = path.join(facts.home, 'Documents');
  const hasDesktopFile = facts.platform !== 'win32' && facts.platform !== 'darwin';
  const named = facts.environment.XDG_DOCUMENTS_DIR ?? (hasDesktopFile ? namedByDesktop(facts) : null);
  return named && path.isAbsolute(named) && path.resolve(named) !== path.resolve(facts.home) ? named : usual;
}

function namedByDesktop(facts: HomeFacts): string | null {
  const configuration = facts.environment.XDG_CONFIG_HOME || path.join(facts.home, '.config');
  const text = facts.readText(path.join(configuration, 'user-dirs.dirs'));
  const value = /^\s*XDG_DOCUMENTS_DIR="([^"\n]*)"/m.exec(text ?? '')?.[1];
  return value?.replace(/^\$HOME(?=\/|$)/, facts.home) ?? null;
}

/** Content of a small text file, or `null` if there is none. */
export function readTextIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
