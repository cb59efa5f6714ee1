import path from 'node:path';
import { app, shell } from 'electron';
import type { ShellCallHandlers } from '../../node-core/api/shell-contract.ts';
import type { WentBack } from '../node/node-messages.ts';
import { shellClock } from '../node/shell-clock.ts';
import type { ShellNode } from '../node/start-node.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { ChangedAtQuit } from './changed-at-quit.ts';
import { FailedVersion } from './failed-version.ts';
import { fetchText } from './fetch-text.ts';
import { goBack } from './go-back.ts';
import { KeptPackages } from './kept-packages.ts';
import { loadUpdater } from './load-updater.ts';
import { type UpdateSource, updateSource } from './update-source.ts';
import { Updates } from './updates.ts';

/** What the updates are to the rest of the shell. */
export interface ShellUpdates {
  readonly handlers: Pick<ShellCallHandlers, Extract<keyof ShellCallHandlers, `updates.${string}`>>;
  /** While the node still runs: readies what is to be installed. Never rejects. */
  beforeQuit(): Promise<void>;
  /** The last act of the app; calls `end`, or has the update installed, which ends the app. */
  finish(end: () => void): void;
}

interface UpdatesParts {
  readonly state: ShellState;
  readonly node: Pick<ShellNode, 'link' | 'onReady' | 'onWentBack'>;
}

/** Keeps the app up to date, if this build names a feed; else nothing of it is loaded and no request is ever made. */
export function startUpdates(parts: UpdatesParts): ShellUpdates {
  const source = updateSource();
  return source === null ? noUpdates : followFeed(parts, source);
}

const noUpdates: ShellUpdates = {
  handlers: { 'updates.check': () => ({}), 'updates.install': () => ({}), 'updates.goBack': () => ({}) },
  beforeQuit: () => Promise.resolve(),
  finish: (end) => end(),
};

function followFeed(parts: UpdatesParts, source: UpdateSource): ShellUpdates {
  const folder = path.join(app.getPath('userData'), 'updates');
  const packages = new KeptPackages(path.join(folder, 'packages'), source.releaseKey);
  const failedVersion = new FailedVersion(path.join(folder, 'failed-version'));
  const loading = openUpdates(parts, { source, folder, packages, failedVersion });
  const wentBack = watchFirstStart(parts, { packages, failedVersion, loading });
  let loaded: Updates | null = null;
  void loading.then((updates) => {
    loaded = updates;
  });
  return {
    handlers: {
      'updates.check': async () => {
        await (await loading)?.check();
        return {};
      },
      'updates.install': async () => {
        await (await loading)?.install();
        return {};
      },
      'updates.goBack': async () => {
        const failed = wentBack();
        if (failed) await goBack(failed, packages, source.feed, { ...goBackActs, appImage: process.env.APPIMAGE });
        return {};
      },
    },
    beforeQuit: async () => loaded?.beforeQuit(),
    finish: (end) => {
      if (loaded) void loaded.finish(end);
      else end();
    },
  };
}

interface Opened {
  readonly source: UpdateSource;
  readonly folder: string;
  readonly packages: KeptPackages;
  readonly failedVersion: FailedVersion;
}

/** `null` if electron-updater cannot be set up, which is told to the log and shown. */
async function openUpdates({ state, node }: UpdatesParts, opened: Opened): Promise<Updates | null> {
  const { source, folder, packages, failedVersion } = opened;
  try {
    const updater = await loadUpdater({ source, folder, isPackaged: app.isPackaged });
    return new Updates({
      source,
      updater,
      packages,
      failedVersion,
      changedAtQuit: new ChangedAtQuit(path.join(folder, 'changed-at-quit')),
      running: app.getVersion(),
      clock: shellClock,
      random: Math.random,
      fetchText: (address, signal) => fetchText(updater.netSession, address, signal),
      watchChannel: (listener) => state.watch((view) => listener(view.settings.updateChannel)),
      node: node.link,
      show: (update) => state.update({ update }),
      quit: () => app.quit(),
    });
  } catch (error) {
    console.error('[updates] cannot be looked for:', error);
    state.update({ update: { kind: 'failed', reason: 'install-failed', at: Date.now() } });
    return null;
  }
}

interface FirstStart {
  readonly packages: KeptPackages;
  readonly failedVersion: FailedVersion;
  readonly loading: Promise<Updates | null>;
}

/** Shows a first start that failed until the node runs again; that version is not installed again by itself. */
function watchFirstStart({ state, node }: UpdatesParts, start: FirstStart): () => WentBack | null {
  let present: WentBack | null = null;
  node.onWentBack((failed) => {
    present = failed;
    start.failedVersion.set(failed.failedVersion);
    void Promise.all([start.loading, start.packages.find(failed.previousVersion)]).then(([updates, kept]) => {
      if (present !== failed) return;
      updates?.pause();
      state.update({ update: { kind: 'went-back', ...failed, isPreviousKept: kept !== null } });
    });
  });
  node.onReady(() => {
    if (present === null) return;
    present = null;
    void start.loading.then((updates) => updates?.resume());
  });
  return () => present;
}

const goBackActs = {
  openPackage: async (file: string) => {
    const problem = await shell.openPath(file);
    if (problem !== '') throw new Error(problem);
  },
  openAddress: (address: string) => shell.openExternal(address),
  relaunch: (program: string) => app.relaunch({ execPath: program, args: process.argv.slice(1) }),
  quit: () => app.quit(),
};
