import { EventEmitter } from 'node:events';
import type { AutoUpdater } from 'electron';
import { classStandsFor, type Members } from './stands-for.ts';

/** The platform's updater: never has anything. */
class StandInUpdater extends EventEmitter implements Members<AutoUpdater> {
  setFeedURL(): void {}

  getFeedURL(): string {
    return '';
  }

  checkForUpdates(): void {
    this.emit('update-not-available');
  }

  quitAndInstall(): void {}
}
classStandsFor('autoUpdater', StandInUpdater);

export const autoUpdater = new StandInUpdater();
