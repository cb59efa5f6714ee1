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

/** electron-updater for this system. It is loaded only here: nothing of it is needed where no feed is configured. */
export async function loadUpdater(options: UpdaterOptions): Promise<AppUpdater> {
  const { autoUpdater } = await import('electron-updater');
  configureUpdater(autoUpdater, options);
  return autoUpdater;
}

/** Tells an updater to do nothing by itself: it neither downloads nor installs before we have looked. */
export function configureUpdater(updater: AppUpdater, { source, folder, isPackaged }: UpdaterOptions): void {
  const feed = { provider: 'generic', url: source.feed } as const;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  // JSON is YAML. The packaged app-update.yml is not read: this build's feed is compiled in.
  const configFile = path.join(folder, 'app-update.yml');
  fs.writeFileSync(configFile, JSON.stringify({ ...feed, updaterCacheDirName: 'nunba-updater' }));
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

function quietly(message?: unknown): void {
  console.error('[updates]', message instanceof Error ? message.message : message);
}
