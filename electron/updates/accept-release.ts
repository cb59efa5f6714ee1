import type { UpdateFailureReason } from '../../node-core/api/shell-views.ts';
import { compareVersions } from './compare-versions.ts';
import type { ReleaseFile, ReleaseManifest } from './release-manifest.ts';

/** A release that the feed offers, beside what its manifest says. */
export interface OfferedRelease {
  readonly manifest: ReleaseManifest;
  /** What the feed says; nobody has signed that. */
  readonly offered: { readonly version: string; readonly files: readonly { readonly sha512?: string }[] };
  /** The version that runs. */
  readonly running: string;
  readonly channel: 'stable' | 'beta';
}

/**
 * Whether a release may be downloaded: newer than what runs, of a channel that the person takes, and in the feed
 * nothing that the manifest does not say too. `null`: it may.
 */
export function refuseRelease({ manifest, offered, running, channel }: OfferedRelease): UpdateFailureReason | null {
  if (compareVersions(manifest.version, running) <= 0) return 'older-version';
  if (manifest.version !== offered.version) return 'feed-unreadable';
  if (channel === 'stable' && manifest.channel !== 'stable') return 'feed-unreadable';
  const signed = new Set(manifest.files.map((file) => file.sha512));
  const isSigned = offered.files.every((file) => file.sha512 !== undefined && signed.has(file.sha512));
  return isSigned && offered.files.length > 0 ? null : 'package-changed';
}

/** The entry of a downloaded file; `undefined` if the release has no file of this name. */
export const fileNamed = (manifest: ReleaseManifest, name: string): ReleaseFile | undefined =>
  manifest.files.find((file) => file.name === name);

/** The package of the version before for the same system: named as this one is, but for the version. */
export function previousFile(manifest: ReleaseManifest, name: string): ReleaseFile | undefined {
  const { previous, version } = manifest;
  return previous?.files.find((file) => file.name === name.replaceAll(version, previous.version));
}
