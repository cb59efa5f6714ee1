import fs from 'node:fs';
import path from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { UpdateSource } from './update-source.ts';

/** Sent instead of electron-updater's number for this installation: a feed learns nothing about who asks. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** How electron-updater is set up. */
export interface UpdaterOptions {
  readonly source: UpdateSource;
  /** A folder of ours, made if it is not there. */
  readonly folder: string;
  readonly isPackaged: boolean;
}

/** Where the program runs. */
export interface UpdaterHost {
  readonly system: NodeJS.Platform;
  /** Electron's `process.resourcesPath`. */
  readonly resources: string;
}

/** electron-updater for this system. It is loaded only here: nothing of it is needed where no feed is configured. */
export async function loadUpdater(options: UpdaterOptions): Promise<AppUpdater> {
  const { autoUpdater } = await import('electron-updater');
  configureUpdater(autoUpdater, options, { system: process.platform, resources: process.resourcesPath });
  return autoUpdater;
}

/** Tells an updater to do nothing by itself: it neither downloads nor installs before we have looked. */
export function configureUpdater(updater: AppUpdater, options: UpdaterOptions, host: UpdaterHost): void {
  const { source, folder, isPackaged } = options;
  const feed = { provider: 'generic', url: source.feed } as const;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configFile = path.join(folder, 'app-update.yml');
  const config = Object.entries({ ...feed, updaterCacheDirName: 'nunba-updater' });
  // Of the packaged app-update.yml nothing else is taken: this build's feed is compiled in. A text in JSON is YAML.
  const lines = config.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  fs.writeFileSync(configFile, `${lines.join('')}${publisherOf(host)}`);
  updater.updateConfigPath = configFile;
  updater.setFeedURL(feed);
  updater.forceDevUpdateConfig = !isPackaged;
  updater.autoDownload = false;
  // On macOS it would hand the package to the system before we have looked; elsewhere we install on quit ourselves.
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // A difference is put together from files that nobody signed; the whole package is downloaded instead.
  updater.disableDifferentialDownload = true;
  updater.requestHeaders = { 'x-user-staging-id': nobody };
  updater.logger = { info: () => undefined, warn: quietly, error: quietly };
}

/**
 * Who signed this build for Windows, as the lines of YAML that electron-builder wrote: with them, electron-updater
 * accepts an installer only if Windows says that it is signed by the same. Empty in a build that nobody signed.
 */
function publisherOf({ system, resources }: UpdaterHost): string {
  const packaged = path.join(resources, 'app-update.yml');
  if (system !== 'win32' || !fs.existsSync(packaged)) return '';
  const [lines] = /^publisherName:.*(?:\r?\n[ -].*)*/m.exec(fs.readFileSync(packaged, 'utf8')) ?? [];
  return lines === undefined ? '' : `${lines}\n`;
}

function quietly(message?: unknown): void {
  console.error('[updates]', message instanceof Error ? message.message : message);
}
