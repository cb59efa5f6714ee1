import fs from 'node:fs';
import path from 'node:path';
import type { AppUpdater, ProgressInfo, UpdateCheckResult } from 'electron-updater';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import { fileNamed, refuseRelease } from './accept-release.ts';
import { compareVersions, isPrerelease, isVersion } from './compare-versions.ts';
import { isSignedBy, sha512Of } from './release-key.ts';
import { manifestName, type ReleaseFile, type ReleaseManifest, readManifest } from './release-manifest.ts';
import { checkRefusal, downloadRefusal, UpdateRefused } from './update-refused.ts';
import type { UpdateSource } from './update-source.ts';

/** The longest wait for the feed, and the longest silence of a download; ms. */
const silenceMs = 60_000;

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  | 'channel'
  | 'allowDowngrade'
  | 'autoRunAppAfterInstall'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
  | 'off'
>;

/** What looking for an update needs. */
export interface FindOptions {
  readonly source: UpdateSource;
  readonly updater: Updater;
  /** The version that runs. */
  readonly running: string;
  readonly clock: Pick<Clock, 'after'>;
  /** The text at an address, `null` if there is none; rejects if the server cannot be asked. */
  readonly fetchText: (address: string, signal: AbortSignal) => Promise<string | null>;
}

/** A release that may be downloaded: signed, newer, and what the feed says is what is signed. */
export interface FoundRelease {
  readonly manifest: ReleaseManifest;
  /** As it was served. */
  readonly manifestText: string;
  readonly check: Pick<UpdateCheckResult, 'updateInfo' | 'cancellationToken'>;
}

/** A downloaded package whose sum is the signed one. */
export interface DownloadedRelease {
  readonly manifest: ReleaseManifest;
  readonly manifestText: string;
  readonly file: string;
}

/** How much of a download is there: `share` 0 to 1. */
export type OnProgress = (share: number, bytesPerSecond: number) => void;

/** Asks the feed, then for the signed manifest. `null`: there is nothing newer. Throws `UpdateRefused`. */
export async function findRelease(options: FindOptions, channel: 'stable' | 'beta'): Promise<FoundRelease | null> {
  const { updater, running } = options;
  updater.channel = channel === 'stable' ? 'latest' : 'beta';
  // Setting the channel allows older versions; they are never wanted.
  updater.allowDowngrade = false;
  const check = await withinTime(options, () => updater.checkForUpdates()).catch((error) => {
    throw checkRefusal(error);
  });
  if (check === null) throw new UpdateRefused('cannot-install-here');
  const { version, files } = check.updateInfo;
  if (!isVersion(version)) throw new UpdateRefused('feed-unreadable');
  if (!check.isUpdateAvailable) {
    const isLeavingBeta = channel === 'stable' && isPrerelease(running);
    if (compareVersions(version, running) < 0 && !isLeavingBeta) throw new UpdateRefused('older-version');
    return null;
  }
  const { manifest, manifestText } = await fetchManifest(options, version);
  const refusal = refuseRelease({ manifest, offered: { version, files: files ?? [] }, running, channel });
  if (refusal !== null) throw new UpdateRefused(refusal);
  return { manifest, manifestText, check };
}

async function fetchManifest(options: FindOptions, version: string) {
  const address = new URL(manifestName(version), options.source.feed).href;
  const manifestText = await withinTime(options, (signal) => options.fetchText(address, signal)).catch((error) => {
    throw new UpdateRefused('unreachable', { cause: error });
  });
  if (manifestText === null) throw new UpdateRefused('manifest-missing');
  const { releaseKey } = options.source;
  const manifest = readManifest(manifestText, (bytes, signature) => isSignedBy(releaseKey, bytes, signature));
  if (manifest === null) throw new UpdateRefused('manifest-wrong-key');
  return { manifest, manifestText };
}

/**
 * Downloads a release and looks at what arrived. A file that is not the signed one is removed. Throws `UpdateRefused`;
 * a download that is silent for a minute, that is larger than what was signed, or that `signal` ends, is cut.
 */
export async function download(
  options: FindOptions,
  release: FoundRelease,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<DownloadedRelease> {
  const { updater, clock } = options;
  const token = release.check.cancellationToken;
  const cut = (): void => token?.cancel();
  let limit = clock.after(silenceMs, cut);
  const mostBytes = signedBytesOf(release);
  let isTooLarge = false;
  const progress = ({ percent, transferred, bytesPerSecond }: ProgressInfo): void => {
    if (transferred > mostBytes) {
      isTooLarge = true;
      cut();
      return;
    }
    limit.cancel();
    limit = clock.after(silenceMs, cut);
    onProgress(Math.min(1, Math.max(0, percent / 100)), Math.max(0, bytesPerSecond));
  };
  updater.on('download-progress', progress);
  signal.addEventListener('abort', cut);
  try {
    const files = await updater.downloadUpdate(token).catch((error) => {
      throw isTooLarge ? new UpdateRefused('package-changed', { cause: error }) : downloadRefusal(error);
    });
    const downloaded = { manifest: release.manifest, manifestText: release.manifestText, file: files[0] ?? '' };
    if (files.length !== 1) throw new UpdateRefused('package-changed');
    await verifyDownloaded(downloaded);
    return downloaded;
  } finally {
    limit.cancel();
    signal.removeEventListener('abort', cut);
    updater.off('download-progress', progress);
  }
}

/** The signed size of the largest file that the feed offers for this system. */
function signedBytesOf({ manifest, check }: FoundRelease): number {
  const offered = new Set(check.updateInfo.files.map((file) => file.sha512));
  return Math.max(0, ...manifest.files.filter((file) => offered.has(file.sha512)).map((file) => file.sizeBytes));
}

/** Looks at the package once more, byte for byte. Removes it and throws `UpdateRefused` if it is not the signed one. */
export async function verifyDownloaded({ manifest, file }: DownloadedRelease): Promise<void> {
  const signed = fileNamed(manifest, path.basename(file));
  const isSigned = signed !== undefined && (await isTheFile(file, signed).catch(() => false));
  if (isSigned) return;
  fs.rmSync(file, { force: true });
  throw new UpdateRefused('package-changed');
}

/** The size first, which costs nothing, and bounds what is read. */
async function isTheFile(file: string, signed: ReleaseFile): Promise<boolean> {
  return fs.statSync(file).size === signed.sizeBytes && (await sha512Of(file)) === signed.sha512;
}

async function withinTime<T>(
  { clock }: Pick<FindOptions, 'clock'>,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = new AbortController();
  const timer = clock.after(silenceMs, () => {
    stop.abort();
    reject(new UpdateRefused('unreachable'));
  });
  try {
    return await Promise.race([ask(stop.signal), promise]);
  } finally {
    timer.cancel();
  }
}
