import fs from 'node:fs';
import path from 'node:path';
import type { WentBack } from '../node/node-messages.ts';
import { previousFile } from './accept-release.ts';
import type { KeptPackages } from './kept-packages.ts';

/** What going back does to the system. */
export interface GoBackActs {
  /** `APPIMAGE` of the environment: the file that was started, where the app runs out of one. */
  readonly appImage: string | undefined;
  /** Opens a package with what the system has for it, its installer. Rejects if there is nothing. */
  readonly openPackage: (file: string) => Promise<void>;
  /** Shows an address in the browser. */
  readonly openAddress: (address: string) => Promise<void>;
  /** Starts this program when the present one has ended. */
  readonly relaunch: (program: string) => void;
  readonly quit: () => void;
}

/**
 * Installs the version that worked before: its kept package, if it is still the signed one, else the person is shown
 * where the feed has it.
 */
export async function goBack(
  { failedVersion, previousVersion }: WentBack,
  packages: KeptPackages,
  feed: string,
  acts: GoBackActs,
): Promise<void> {
  const kept = await packages.find(previousVersion);
  if (kept === null) {
    await acts.openAddress(previousAddress(packages, failedVersion, feed));
    return;
  }
  if (acts.appImage === undefined) await acts.openPackage(kept.file);
  else acts.relaunch(replaceAppImage(kept.file, acts.appImage, { failedVersion, previousVersion }));
  acts.quit();
}

/** Where the feed has the package of the version before, as the failed release's signed manifest names it. */
function previousAddress(packages: KeptPackages, failedVersion: string, feed: string): string {
  const manifest = packages.manifest(failedVersion);
  const name = packages.packageName(failedVersion);
  const file = manifest && name !== null ? previousFile(manifest, name) : undefined;
  return file ? new URL(file.name, feed).href : feed;
}

/**
 * Puts an AppImage in the place of the one that runs; a version in the file's name is put right.
 * @returns where it stands now
 */
export function replaceAppImage(file: string, appImage: string, { failedVersion, previousVersion }: WentBack): string {
  const name = path.basename(appImage).replaceAll(failedVersion, previousVersion);
  const place = path.join(path.dirname(appImage), name);
  const next = `${place}.next`;
  fs.copyFileSync(file, next);
  fs.chmodSync(next, 0o755);
  fs.renameSync(next, place);
  if (place !== appImage) fs.rmSync(appImage, { force: true });
  return place;
}
