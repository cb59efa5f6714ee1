import fs from 'node:fs';
import { app } from 'electron';
import { type Arrival, handoverOf } from './arrival.ts';
import { type Profile, type ProfileFacts, profileFolder } from './profile-folder.ts';

/** Whether this start is the one app of its data folder, and which profile it has. */
export interface ClaimedApp {
  readonly isFirst: boolean;
  readonly profile: Profile;
}

/**
 * Claims the place of the data folder's one app. Where another start has it, that one is told what this one should have
 * opened. Before the app is ready: it decides where Electron keeps its files.
 */
export function claimApp(
  folders: Pick<ProfileFacts, 'dataFolder' | 'defaultDataFolder'>,
  arrival: Arrival | null,
): ClaimedApp {
  const profile = profileFolder({
    ...folders,
    isFolderGiven: app.commandLine.hasSwitch('user-data-dir'),
    userData: app.getPath('userData'),
    realPath: (folder) => fs.realpathSync.native(folder),
  });
  if (profile.kind === 'other') {
    fs.mkdirSync(profile.folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', profile.folder);
  }
  return { isFirst: app.requestSingleInstanceLock(handoverOf(arrival)), profile };
}
