import fs from 'node:fs';
import path from 'node:path';
import { ipcMain } from 'electron';
import Store from 'electron-store';
import { FailureError } from '../../node-core/api/failures.ts';
import type { ShellNotice } from '../../node-core/api/shell-views.ts';
import { type ReadSettings, readSettings, settingsOf } from './read-settings.ts';
import { type ShellSettingsValue, shellSettingsSchema } from './settings-schema.ts';
import { ShellSettings } from './shell-settings.ts';

/** The file's name in its folder, without `.json`. */
const name = 'settings';

/** The settings, and what the person should know about how they were found. */
export interface OpenedSettings {
  readonly settings: ShellSettings;
  readonly notices: readonly ShellNotice[];
}

/**
 * Opens `settings.json` in `folder`. A file that cannot be read, or that a newer program wrote, is put aside under
 * another name first, and the settings begin anew; where even that fails, nothing is ever written over it.
 * @param now ms since the epoch; part of the name of a file put aside
 */
export function openSettings(folder: string, now: number): OpenedSettings {
  const file = path.join(folder, `${name}.json`);
  const read = readSettings(readText(file));
  const aside = putAside(file, read, now);
  const save = aside.isFree ? saveIn(folder) : () => refuse(file, aside.reason);
  const settings = new ShellSettings(settingsOf(read), save);
  if (aside.isFree && read.kind === 'read' && read.isUpgraded) tryToSave(save, read.settings);
  return { settings, notices: aside.isFree && aside.notice ? [aside.notice] : [] };
}

type Aside =
  | { readonly isFree: true; readonly notice: ShellNotice | null }
  | { readonly isFree: false; readonly reason: string };

/** An empty text stands for a file that is there and cannot be read. */
function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : '';
  }
}

function putAside(file: string, read: ReadSettings, now: number): Aside {
  if (read.kind === 'read' || read.kind === 'first') return { isFree: true, notice: null };
  try {
    const keptAs = freeName(file, `${name}.${read.kind}-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`);
    fs.renameSync(file, path.join(path.dirname(file), keptAs));
    const kind = read.kind === 'damaged' ? 'settings-damaged' : 'settings-newer';
    return { isFree: true, notice: { kind, keptAs } };
  } catch (error) {
    return { isFree: false, reason: codeOf(error) };
  }
}

function freeName(file: string, wish: string): string {
  const isTaken = (wished: string): boolean => fs.existsSync(path.join(path.dirname(file), wished));
  for (let number = 1; ; number += 1) {
    const wished = number === 1 ? `${wish}.json` : `${wish}-${number}.json`;
    if (!isTaken(wished)) return wished;
  }
}

/** On which electron-store would tell any page where the settings are. */
const storeMessage = 'electron-store-get-data';

/** Writes with electron-store: a power cut leaves the old file or the new one. Made with the first write. */
function saveIn(folder: string): (value: ShellSettingsValue) => void {
  let store: Store<ShellSettingsValue> | null = null;
  return (value) => {
    const valid = shellSettingsSchema.parse(value);
    try {
      store ??= openStore(folder);
      store.store = valid;
    } catch (error) {
      if (codeOf(error) === 'ENOSPC') throw new FailureError({ kind: 'storage-full' });
      refuse(path.join(folder, `${name}.json`), codeOf(error));
    }
  };
}

function openStore(folder: string): Store<ShellSettingsValue> {
  const store = new Store<ShellSettingsValue>({
    cwd: folder,
    name,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  ipcMain.removeAllListeners(storeMessage);
  return store;
}

function tryToSave(save: (value: ShellSettingsValue) => void, value: ShellSettingsValue): void {
  try {
    save(value);
  } catch (error) {
    console.error('The settings of the desktop app could not be saved:', error);
  }
}

function refuse(file: string, reason: string): never {
  throw new FailureError({ kind: 'folder-unwritable', path: file.slice(0, 2_000), reason });
}

/** The system's name of what went wrong: `EACCES`. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : String(error).slice(0, 300);
}
