import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const underHome: Readonly<Record<string, string>> = {
  home: '.',
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
};

/** The folders that the app asks for by name, as Electron lays them out. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #switched: string | undefined;

  /** @param switched the value of `--user-data-dir` */
  constructor(switched: string | undefined) {
    this.#switched = switched;
  }

  /** @param appName below the folder of all programs' settings */
  get(name: string, appName: string): string {
    const set = this.#set.get(name);
    if (set !== undefined) return set;
    const folder = underHome[name];
    if (folder !== undefined) return path.join(os.homedir(), folder);
    return this.#own(name, appName);
  }

  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    fs.mkdirSync(folder, { recursive: true });
    this.#set.set(name, folder);
  }

  #own(name: string, appName: string): string {
    switch (name) {
      case 'appData':
        return appData();
      case 'userData':
        return this.#switched || path.join(this.get('appData', appName), appName);
      case 'sessionData':
        return this.get('userData', appName);
      case 'logs':
        return path.join(this.get('userData', appName), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData', appName), 'Crashpad');
      case 'temp':
        return os.tmpdir();
      case 'exe':
      case 'module':
        return process.execPath;
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
}

function appData(): string {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Application Support');
  if (process.platform === 'win32') return process.env.APPDATA ?? path.join(os.homedir(), 'AppData/Roaming');
  return process.env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config');
}
