import fs from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../../api/failures.ts';
import type { EngineVariant } from '../../../platform/engine-variant.ts';
import type { EngineInstaller, EngineState } from '../../../protocol/ports/local-models.ts';
import type { Log } from '../../../protocol/ports/log.ts';
import { diskFailure, type Room } from '../download/download-failures.ts';
import type { DownloadOrder } from '../download/download-order.ts';
import { abortable } from '../engine/abortable.ts';
import type { InstalledEngine } from '../engine/local-engine.ts';
import { type EnginePackage, type EnginePackages, packagesFor } from './engine-packages.ts';
import { engineFolder, markInstalled, readInstalledGpu } from './installed-engine.ts';
import { unpackPackage } from './unpack-package.ts';

/** What the engine's installer is made with. */
export interface EngineInstallerOptions {
  readonly packages: EnginePackages;
  /** `null`: there is no engine for this computer. */
  readonly variant: EngineVariant | null;
  /** Absolute; holds a folder for each version. Made when it is needed. */
  readonly folder: string;
  /** Base address of the registry. */
  readonly registry: URL;
  /** The person named that registry, so it may be http. */
  readonly mayBePlain: boolean;
  /** Downloads one file; rejects with a FailureError. */
  readonly download: (order: DownloadOrder) => Promise<void>;
  readonly log: Log;
}

/** Fetches the engine, and knows where it is. */
export interface LocalEngineInstaller extends EngineInstaller {
  /** Throws `engine-absent`. */
  installed(): InstalledEngine;
  /** What it is fetched from; `null`: nothing is ever fetched. */
  readonly registry: URL | null;
}

/** Looks whether the engine is there; fetches nothing by itself. */
export function createEngineInstaller(options: EngineInstallerOptions): LocalEngineInstaller {
  return new Installer(options);
}

class Installer implements LocalEngineInstaller {
  readonly #options: EngineInstallerOptions;
  readonly #packages: readonly EnginePackage[];
  readonly #listeners = new Set<() => void>();
  #state: EngineState;
  #running: Promise<void> | null = null;

  constructor(options: EngineInstallerOptions) {
    this.#options = options;
    this.#packages = options.variant === null ? [] : packagesFor(options.packages, options.variant);
    const { version } = options.packages;
    const isThere = readInstalledGpu(options.folder, version) !== null;
    this.#state = isThere ? { kind: 'ready', version } : this.#absent();
  }

  get registry(): URL | null {
    return this.#options.variant === null ? null : this.#options.registry;
  }

  state(): EngineState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  installed(): InstalledEngine {
    const { folder, packages, variant } = this.#options;
    if (variant === null) throw new FailureError({ kind: 'engine-absent', reason: 'unsupported' });
    const gpu = readInstalledGpu(folder, packages.version);
    if (gpu === null) throw new FailureError({ kind: 'engine-absent', reason: 'not-fetched' });
    return { folder: engineFolder(folder, packages.version), gpu };
  }

  async install(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running) return abortable(this.#running, signal);
    if (this.#options.variant === null) throw new FailureError({ kind: 'engine-absent', reason: 'unsupported' });
    const { folder, packages } = this.#options;
    // Looked at again: somebody may have tidied it away since.
    if (this.#state.kind === 'ready' && readInstalledGpu(folder, packages.version) !== null) return;
    this.#running = this.#install(this.#options.variant, signal).finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #install(variant: EngineVariant, signal: AbortSignal): Promise<void> {
    const { folder, packages, log } = this.#options;
    const { version } = packages;
    const part = `${engineFolder(folder, version)}.part`;
    try {
      const archives = path.join(part, 'archives');
      await this.#downloadAll(archives, signal);
      await fs.rm(path.join(part, 'node_modules'), { recursive: true, force: true });
      for (const [index, { path: place }] of this.#packages.entries()) {
        await unpackPackage(archiveFile(archives, index), path.join(part, place), signal);
      }
      await fs.rm(archives, { recursive: true, force: true });
      markInstalled(part, { version, gpu: variant.gpu });
      await fs.rm(engineFolder(folder, version), { recursive: true, force: true });
      await fs.rename(part, engineFolder(folder, version));
      this.#become({ kind: 'ready', version });
      log.info({ version, gpu: variant.gpu }, 'The engine for local models is here.');
      await this.#removeOthers();
    } catch (error) {
      // What has arrived stays for the next time.
      const reason = signal.aborted ? signal.reason : await diskFailure(error, folder, () => this.#room());
      this.#become(signal.aborted ? this.#absent() : { kind: 'failed', error: reason });
      throw reason;
    }
  }

  async #downloadAll(archives: string, signal: AbortSignal): Promise<void> {
    const totalBytes = sizeOf(this.#packages);
    let beforeBytes = 0;
    this.#become({ kind: 'fetching', receivedBytes: 0, totalBytes });
    for (const [index, each] of this.#packages.entries()) {
      const to = archiveFile(archives, index);
      if (!(await hasSize(to, each.sizeBytes))) {
        await this.#options.download({
          url: tarballUrl(this.#options.registry, each),
          mayBePlain: this.#options.mayBePlain,
          to,
          expected: { size: { kind: 'exact', bytes: each.sizeBytes }, integrity: each.integrity },
          signal,
          onStep: (step) => {
            if (step.kind !== 'receiving') return;
            this.#become({ kind: 'fetching', receivedBytes: beforeBytes + step.receivedBytes, totalBytes });
          },
        });
      }
      beforeBytes += each.sizeBytes;
      this.#become({ kind: 'fetching', receivedBytes: beforeBytes, totalBytes });
    }
  }

  /** Other versions are of no use any more, and neither are parts of them. */
  async #removeOthers(): Promise<void> {
    const { folder, packages, log } = this.#options;
    for (const name of await fs.readdir(folder)) {
      if (name === packages.version) continue;
      await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch((error: unknown) => {
        log.warn({ error, name }, 'An older engine could not be removed.');
      });
    }
  }

  async #room(): Promise<Room> {
    const { bavail, bsize } = await fs.statfs(this.#options.folder);
    return { neededBytes: this.#neededBytes, freeBytes: bavail * bsize };
  }

  /** Unpacked it takes about three times as much. */
  get #neededBytes(): number {
    return sizeOf(this.#packages) * 4;
  }

  room(): { readonly folder: string; readonly neededBytes: number } | null {
    if (this.#options.variant === null || this.#state.kind === 'ready') return null;
    return { folder: this.#options.folder, neededBytes: this.#neededBytes };
  }

  #absent(): EngineState {
    return { kind: 'absent', sizeBytes: this.#packages.length === 0 ? null : sizeOf(this.#packages) };
  }

  #become(state: EngineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const sizeOf = (packages: readonly EnginePackage[]): number =>
  packages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const archiveFile = (folder: string, index: number): string => path.join(folder, `${index}.tgz`);

/** Only a whole file with the right checksum ever gets its name. */
const hasSize = async (file: string, bytes: number): Promise<boolean> =>
  fs.stat(file).then(
    ({ size }) => size === bytes,
    () => false,
  );

/** Where a registry of npm's keeps a package's file. */
export function tarballUrl(registry: URL, { name, version }: Pick<EnginePackage, 'name' | 'version'>): URL {
  const base = registry.href.replace(/\/*$/, '/');
  return new URL(`${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`, base);
}
