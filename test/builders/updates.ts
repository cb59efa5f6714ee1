import fs from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { ChangedAtQuit } from '../../electron/updates/changed-at-quit.ts';
import { FailedVersion } from '../../electron/updates/failed-version.ts';
import { fetchText } from '../../electron/updates/fetch-text.ts';
import { KeptPackages } from '../../electron/updates/kept-packages.ts';
import { configureUpdater } from '../../electron/updates/load-updater.ts';
import { Updates } from '../../electron/updates/updates.ts';
import type { UpdateView } from '../../node-core/api/shell-views.ts';
import { createFakeClock } from '../doubles/clock.ts';
import type { ReleaseFeed } from '../doubles/updates/release-feed.ts';
import { tempFolder } from './temp-folder.ts';

/** What is different from an app that follows the stable channel and knows the feed's own key. */
interface StartOptions {
  readonly channel?: 'stable' | 'beta';
  readonly publicKey?: string;
  /** What the quitting before has noted. */
  readonly changedAtQuit?: ChangedAtQuit;
  readonly call?: (name: string, input: unknown) => Promise<unknown>;
}

/**
 * The updates of an installed Nunba 0.1.0 with the real electron-updater for AppImages; only what would replace the
 * program is doubled.
 */
export async function startTestUpdates(feed: ReleaseFeed, options: StartOptions = {}) {
  const home = tempFolder();
  vi.stubEnv('XDG_CACHE_HOME', path.join(home, 'cache'));
  vi.stubEnv('NUNBA_TEST_USER_DATA', path.join(home, 'user-data'));
  vi.stubEnv('APPIMAGE', path.join(home, 'Nunba.AppImage'));
  const { AppImageUpdater } = await import('electron-updater');
  const updater = new AppImageUpdater();
  const source = { feed: feed.address, releaseKey: Buffer.from(options.publicKey ?? feed.publicKey, 'base64') };
  const folder = path.join(home, 'user-data', 'updates');
  configureUpdater(updater, { source, folder, isPackaged: true }, { system: 'linux', resources: home });
  const installs: unknown[][] = [];
  updater.quitAndInstall = (...args: unknown[]) => void installs.push(args);
  const views: UpdateView[] = [];
  const asked: unknown[][] = [];
  const quits: string[] = [];
  const clock = createFakeClock(1_000);
  const packages = new KeptPackages(path.join(folder, 'packages'), source.releaseKey);
  const failedVersion = new FailedVersion(path.join(folder, 'failed-version'));
  const changedAtQuit = options.changedAtQuit ?? new ChangedAtQuit(path.join(folder, 'changed-at-quit'));
  const call = options.call ?? (() => Promise.resolve({ snapshot: {} }));
  const follow: { channel: (channel: 'stable' | 'beta') => void } = { channel: () => undefined };
  const updates = new Updates({
    source,
    updater,
    packages,
    failedVersion,
    changedAtQuit,
    running: '0.1.0',
    clock,
    random: () => 0,
    fetchText: (address, signal) => fetchText(updater.netSession, address, signal),
    watchChannel: (listener) => {
      follow.channel = listener;
      listener(options.channel ?? 'stable');
      return () => undefined;
    },
    node: {
      call: (async (name: string, input: unknown) => {
        asked.push([name, input]);
        return call(name, input);
      }) as never,
    },
    show: (view) => void views.push(view),
    quit: () => void quits.push('quit'),
  });
  onTestFinished(() => updates.stop());
  const pending = (): readonly string[] => {
    const pendingFolder = path.join(home, 'cache', 'nunba-updater', 'pending');
    return fs.existsSync(pendingFolder) ? fs.readdirSync(pendingFolder).filter((name) => /AppImage/.test(name)) : [];
  };
  return {
    updates,
    views,
    last: () => views.at(-1),
    installs,
    asked,
    quits,
    clock,
    packages,
    failedVersion,
    changedAtQuit,
    pending,
    follow,
  };
}
