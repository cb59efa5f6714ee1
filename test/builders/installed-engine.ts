import fs from 'node:fs';
import path from 'node:path';
import { engineCache } from '../../build/engine/fetch-packages.ts';
import { downloadFile } from '../../node-core/agents/local/download/download-file.ts';
import type { InstalledEngine } from '../../node-core/agents/local/engine/local-engine.ts';
import {
  createEngineInstaller,
  type LocalEngineInstaller,
} from '../../node-core/agents/local/install/engine-installer.ts';
import type { EngineVariant } from '../../node-core/platform/engine-variant.ts';
import { chooseVariant, readComputerFacts } from '../../node-core/platform/engine-variant.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { enginePackages, startEngineMirror } from '../doubles/engine-mirror.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The engine of this computer. */
export const engineVariant: EngineVariant = chooseVariant(readComputerFacts()) ?? { gpu: 'none', binaries: [] };

/** The product's installer, that installs from a mirror into `folder`. */
export function installerFrom(registry: URL, folder: string): LocalEngineInstaller {
  const means = { clock: systemClock, random: Math.random, proxyFor: () => null, spareBytes: 0 };
  return createEngineInstaller({
    packages: enginePackages,
    variant: engineVariant,
    folder,
    registry,
    mayBePlain: true,
    download: (order) => downloadFile(order, means),
    log: createRecordedLog(),
  });
}

/**
 * The folder of an engine that the product's installer has installed from a local mirror: once for this checkout, because
 * it takes some seconds. What is in it is as in `<data folder>/engine`.
 */
export async function installedEngineFolder(): Promise<string> {
  const folder = path.join(engineCache(root), `installed-${engineVariant.gpu}`);
  if (fs.existsSync(path.join(folder, enginePackages.version, 'engine.json'))) return folder;
  const own = fs.mkdtempSync(`${folder}-`);
  const mirror = await startEngineMirror();
  try {
    await installerFrom(mirror.url, own).install(new AbortController().signal);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(own, folder);
  } catch (error) {
    fs.rmSync(own, { recursive: true, force: true });
    // Another test was faster.
    if (!fs.existsSync(path.join(folder, enginePackages.version, 'engine.json'))) throw error;
  } finally {
    await mirror.close();
  }
  return folder;
}

/** The same as the engine takes it; it computes with the processor, as on a computer without a graphics card. */
export async function installedEngine(): Promise<InstalledEngine> {
  return { folder: path.join(await installedEngineFolder(), enginePackages.version), gpu: 'none' };
}
