import fs from 'node:fs';
import path from 'node:path';
import { fileNamed } from './accept-release.ts';
import { isVersion } from './compare-versions.ts';
import { isSignedBy, sha512Of } from './release-key.ts';
import { type ReleaseManifest, readManifest } from './release-manifest.ts';

const manifestIn = (folder: string): string => path.join(folder, 'release-manifest.json');

/** A package that was verified, with the signed text that says so. */
export interface VerifiedPackage {
  readonly version: string;
  readonly file: string;
  /** As it was served. */
  readonly manifestText: string;
}

/**
 * Packages that were installed from here, each beside its signed manifest in a folder of its version. Only the running
 * version and the one that takes its place are kept.
 */
export class KeptPackages {
  readonly #folder: string;
  readonly #releaseKey: Uint8Array;

  constructor(folder: string, releaseKey: Uint8Array) {
    this.#folder = folder;
    this.#releaseKey = releaseKey;
  }

  /** Keeps a package that is about to be installed. Throws the file system's errors. */
  keep({ version, file, manifestText }: VerifiedPackage, running: string): void {
    this.#removeAllBut([version, running]);
    const folder = this.#folderOf(version);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(manifestIn(folder), manifestText);
    copyOrLink(file, path.join(folder, path.basename(file)));
  }

  /** The kept package of a version, verified anew; `null` if there is none or it has changed. */
  async find(version: string): Promise<VerifiedPackage | null> {
    const manifest = this.manifest(version);
    const file = manifest && this.#packageIn(version, manifest);
    if (!manifest || !file) return null;
    const sum = await sha512Of(file).catch(() => null);
    const isWhole = sum !== null && sum === fileNamed(manifest, path.basename(file))?.sha512;
    return isWhole
      ? { version, file, manifestText: fs.readFileSync(manifestIn(this.#folderOf(version)), 'utf8') }
      : null;
  }

  /** What was signed about a kept version; `null` if there is nothing that the release key has signed. */
  manifest(version: string): ReleaseManifest | null {
    try {
      const text = fs.readFileSync(manifestIn(this.#folderOf(version)), 'utf8');
      const manifest = readManifest(text, (bytes, signature) => isSignedBy(this.#releaseKey, bytes, signature));
      return manifest?.version === version ? manifest : null;
    } catch {
      return null;
    }
  }

  /** Name of the kept package of a version. */
  packageName(version: string): string | null {
    const manifest = this.manifest(version);
    const file = manifest && this.#packageIn(version, manifest);
    return file ? path.basename(file) : null;
  }

  #packageIn(version: string, manifest: ReleaseManifest): string | null {
    const folder = this.#folderOf(version);
    const name = fs.readdirSync(folder).find((entry) => fileNamed(manifest, entry) !== undefined);
    return name === undefined ? null : path.join(folder, name);
  }

  #folderOf(version: string): string {
    if (!isVersion(version)) throw new Error('A kept package has the name of a version.');
    return path.join(this.#folder, version);
  }

  #removeAllBut(versions: readonly string[]): void {
    if (!fs.existsSync(this.#folder)) return;
    for (const name of fs.readdirSync(this.#folder)) {
      if (isVersion(name) && !versions.includes(name)) {
        fs.rmSync(path.join(this.#folder, name), { recursive: true, force: true });
      }
    }
  }
}

/** A link costs no space; between two disks there is none. */
function copyOrLink(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch {
    fs.copyFileSync(from, to);
  }
}
