import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { FetchMessage } from './fetch-electron.ts';

/**
 * Runs in a process of its own, so that a download that hangs can be ended: fetches Electron with the package's own
 * downloader (its cache, mirrors and checksums) and reports progress, then lets the package unpack it.
 * Argument: the folder of the `electron` package.
 */
interface Progress {
  readonly transferred: number;
  readonly total: number | null;
}
/** What is used here of `@electron/get`, a dependency of the electron package and not of ours. */
interface ElectronGet {
  downloadArtifact(details: object): Promise<string>;
}

const reportEveryMs = 100;
const packageFolder = process.argv[2] ?? '';
const requireThere = createRequire(path.join(packageFolder, 'package.json'));

process.on('disconnect', () => process.exit(1));
try {
  await download();
  tell({ kind: 'unpacking' });
  // Finds the archive in the cache, unpacks it and ends the process with its own exit code.
  await import(pathToFileURL(path.join(packageFolder, 'install.js')).href);
  process.channel?.unref();
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  tell({ kind: 'failed', reason: cause instanceof Error ? cause.message : String(cause) }, () => process.exit(1));
}

async function download(): Promise<void> {
  const { version } = requireThere('./package.json') as { version: string };
  const get = (await import(pathToFileURL(requireThere.resolve('@electron/get')).href)) as ElectronGet;
  let lastReport = 0;
  const getProgressCallback = async ({ transferred, total }: Progress): Promise<void> => {
    if (performance.now() - lastReport < reportEveryMs) return;
    lastReport = performance.now();
    tell({ kind: 'progress', transferred, total });
  };
  await get.downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    cacheRoot: process.env.electron_config_cache,
    checksums: process.env.electron_use_remote_checksums ? undefined : requireThere('./checksums.json'),
    downloadOptions: { quiet: true, getProgressCallback },
  });
}

function tell(message: FetchMessage, then: () => void = () => undefined): void {
  process.send?.(message, then);
}
