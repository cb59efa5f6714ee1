import type { UpdateFailureReason, UpdateView } from '../../node-core/api/shell-views.ts';
import type { Clock, Timer } from '../../node-core/protocol/ports/clock.ts';
import type { NodeLink } from '../node/node-link.ts';
import type { ChangedAtQuit } from './changed-at-quit.ts';
import type { FailedVersion } from './failed-version.ts';
import { type DownloadedRelease, download, type FindOptions, findRelease, verifyDownloaded } from './find-update.ts';
import type { KeptPackages } from './kept-packages.ts';
import { UpdateRefused } from './update-refused.ts';
import { firstCheckMs, nextCheckMs } from './update-schedule.ts';

/** The longest that quitting waits for the system to take an update; ms. */
const installTimeoutMs = 60_000;

/** What the updates need of the rest of the shell. */
export interface UpdatesOptions extends FindOptions {
  readonly clock: Clock;
  /** 0 to 1 */
  readonly random: () => number;
  /** The channel that the person chose; told at once and on every change. */
  readonly watchChannel: (listener: (channel: 'stable' | 'beta') => void) => () => void;
  readonly node: Pick<NodeLink, 'call'>;
  readonly packages: KeptPackages;
  readonly failedVersion: FailedVersion;
  readonly changedAtQuit: ChangedAtQuit;
  readonly show: (view: UpdateView) => void;
  /** Asks everything to close; ends with `finish`. */
  readonly quit: () => void;
}

/**
 * Keeps this app up to date: looks, downloads in the background, verifies, and installs when the app ends. Nothing is
 * handed to the system that the release key has not signed, and not before there is a snapshot of the database.
 */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly #stopped = new AbortController();
  readonly #stopWatching: () => void;
  #channel: 'stable' | 'beta' = 'stable';
  #timer: Timer | null = null;
  /** A first start failed: until the node runs again, something else is shown and nothing is looked for. */
  #isPaused = false;
  #preparing: Promise<boolean> | null = null;
  #failures: UpdateFailureReason[] = [];
  #busy: Promise<void> | null = null;
  #ready: DownloadedRelease | null = null;
  /** The snapshot is there: `finish` installs, and starts the new version if the person asked for that. */
  #install: { readonly release: DownloadedRelease; readonly isRestart: boolean } | null = null;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    const at = options.changedAtQuit.take();
    this.#show(at === null ? { kind: 'idle', lastCheckedAt: null } : { kind: 'failed', reason: 'package-changed', at });
    this.#arm(firstCheckMs);
    this.#stopWatching = options.watchChannel((channel) => this.#follow(channel));
    // Without a listener its errors would end the process; each is also thrown where it happened.
    options.updater.on('error', () => undefined);
  }

  /** Looks for an update and downloads it. Ends when that is done; joins a look that is under way. */
  check(): Promise<void> {
    if (this.#stopped.signal.aborted || this.#isPaused || this.#ready !== null) return Promise.resolve();
    this.#busy ??= this.#check().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
  }

  /** Installs what is ready and starts it; what stands in the way is shown. */
  async install(): Promise<void> {
    if (this.#ready === null || this.#install !== null) return;
    if (await this.#prepare(this.#ready, true)) this.#options.quit();
  }

  /** Before the node stops: what is ready is installed when everything has ended. Never rejects. */
  async beforeQuit(): Promise<void> {
    if (this.#ready !== null && this.#install === null) await this.#prepare(this.#ready, false);
    this.stop();
  }

  /**
   * The last act: hands the package to the system, which ends the app. Without one, or if it is no longer the one that
   * was signed, `end` does. Never rejects.
   */
  async finish(end: () => void): Promise<void> {
    if (this.#install === null) {
      end();
      return;
    }
    const { updater, clock, changedAtQuit } = this.#options;
    const { release, isRestart } = this.#install;
    const limit = clock.after(installTimeoutMs, end);
    try {
      // Whatever has happened to it while the node stopped: only what was signed and prepared is handed over.
      await verifyDownloaded(release);
    } catch (error) {
      console.error('[updates] not installed:', error);
      changedAtQuit.note(clock.now());
      limit.cancel();
      end();
      return;
    }
    updater.on('error', end);
    // Only macOS asks this; elsewhere the second argument says it.
    updater.autoRunAppAfterInstall = isRestart;
    updater.quitAndInstall(true, isRestart);
  }

  /** Shows and looks for nothing until `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#timer?.cancel();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#show({ kind: 'idle', lastCheckedAt: null });
    this.#arm(firstCheckMs);
  }

  /** Idempotent. */
  stop(): void {
    this.#timer?.cancel();
    this.#stopWatching();
    this.#stopped.abort();
  }

  #follow(channel: 'stable' | 'beta'): void {
    if (channel === this.#channel) return;
    this.#channel = channel;
    // It is on its way to the system already, and a look would replace its file; the next start follows the channel.
    if (this.#preparing !== null || this.#install !== null) return;
    // What is ready may be of the channel that was left; the file is kept, so looking again costs little.
    this.#ready = null;
    void Promise.resolve(this.#busy).then(() => this.check());
  }

  async #check(): Promise<void> {
    this.#timer?.cancel();
    try {
      this.#show({ kind: 'checking' });
      await this.#look();
      this.#failures = [];
    } catch (error) {
      this.#refused(error);
    }
    this.#arm(nextCheckMs(this.#failures, this.#options.random()));
  }

  #arm(delayMs: number): void {
    if (this.#stopped.signal.aborted || this.#isPaused) return;
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(delayMs, () => void this.check());
  }

  #show(view: UpdateView): void {
    if (!this.#isPaused) this.#options.show(view);
  }

  async #look(): Promise<void> {
    const { clock, failedVersion } = this.#options;
    const channel = this.#channel;
    const release = await findRelease(this.#options, channel);
    if (release === null) {
      this.#show({ kind: 'idle', lastCheckedAt: clock.now() });
      return;
    }
    const { version, notes } = release.manifest;
    if (failedVersion.get() === version) throw new UpdateRefused('failed-before');
    const progress = (share: number, bytesPerSecond: number): void =>
      this.#show({ kind: 'downloading', version, share, bytesPerSecond });
    progress(0, 0);
    const downloaded = await download(this.#options, release, progress, this.#stopped.signal);
    // The person changed the channel while it was on its way.
    if (channel !== this.#channel) return;
    this.#ready = downloaded;
    this.#show({ kind: 'ready', version, notes });
  }

  #prepare(release: DownloadedRelease, isRestart: boolean): Promise<boolean> {
    this.#preparing ??= this.#makeReady(release, isRestart).finally(() => {
      this.#preparing = null;
    });
    return this.#preparing;
  }

  /** Has a snapshot made, looks at the package before and after, and keeps it for the day it is to be gone back to. */
  async #makeReady(release: DownloadedRelease, isRestart: boolean): Promise<boolean> {
    const { packages, running } = this.#options;
    const { version } = release.manifest;
    this.#show({ kind: 'installing', version });
    try {
      await verifyDownloaded(release);
      await this.#snapshot(version);
      // A snapshot of a large database takes long enough for somebody to exchange the file.
      await verifyDownloaded(release);
      keepPackage(packages, { version, file: release.file, manifestText: release.manifestText }, running);
      this.#install = { release, isRestart };
      return true;
    } catch (error) {
      this.#ready = null;
      this.#refused(error);
      this.#arm(nextCheckMs(this.#failures, this.#options.random()));
      return false;
    }
  }

  async #snapshot(toVersion: string): Promise<void> {
    try {
      await this.#options.node.call('storage.prepareUpdate', { toVersion });
    } catch (error) {
      throw new UpdateRefused('snapshot-failed', { cause: error });
    }
  }

  #refused(error: unknown): void {
    const reason = error instanceof UpdateRefused ? error.reason : 'install-failed';
    console.error(`[updates] ${reason}:`, error instanceof Error ? (error.cause ?? error.message) : error);
    this.#failures = [...this.#failures, reason].slice(-10);
    this.#show({ kind: 'failed', reason, at: this.#options.clock.now() });
  }
}

/** A package that cannot be kept is no reason against the update: going back then leads to the feed. */
function keepPackage(packages: KeptPackages, kept: Parameters<KeptPackages['keep']>[0], running: string): void {
  try {
    packages.keep(kept, running);
  } catch (error) {
    console.error('[updates] the package could not be kept:', error);
  }
}
