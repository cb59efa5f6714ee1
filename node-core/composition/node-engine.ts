import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { downloadFile } from '../agents/local/download/download-file.ts';
import type { DownloadMeans } from '../agents/local/download/download-order.ts';
import {
  defaultEngineLimits,
  embeddingEngineLimits,
  embeddingThreadsFor,
  threadsFor,
} from '../agents/local/engine/engine-limits.ts';
import { createEmbeddingEngine, createLocalEngine } from '../agents/local/engine/local-engine.ts';
import { isMemoryShort } from '../agents/local/engine/memory-rule.ts';
import type { EngineParts } from '../agents/local/engine-parts.ts';
import { createEngineInstaller } from '../agents/local/install/engine-installer.ts';
import { readEnginePackages } from '../agents/local/install/engine-packages.ts';
import type { NodeConfig } from '../config/node-config.ts';
import { readMemory } from '../platform/available-memory.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import { chooseVariant, readComputerFacts } from '../platform/engine-variant.ts';
import { pickVariables } from '../protocol/child-environment.ts';
import type { Host } from '../protocol/ports/host.ts';
import type { Log } from '../protocol/ports/log.ts';

/** What the engine of a node is composed from. */
interface EngineBase {
  readonly config: NodeConfig;
  readonly host: Host;
  readonly log: Log;
  readonly folder: { readonly places: FolderPlaces };
}

/** Where the drivers of a graphics card look for their own parts. */
const driverVariables = [
  'PATH',
  'LD_LIBRARY_PATH',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
  'VK_DRIVER_FILES',
  'VK_ICD_FILENAMES',
  'XDG_DATA_DIRS',
];

/** Composes the engine for local models. Starts and fetches nothing. */
export function createNodeEngine({ config, host, log, folder }: EngineBase, means: () => DownloadMeans): EngineParts {
  const installer = createEngineInstaller({
    packages: readEnginePackages(path.join(host.paths.resources, 'engine', 'packages.json')),
    variant: chooseVariant(readComputerFacts()),
    folder: folder.places.engine,
    registry: new URL(config.engineRegistry),
    mayBePlain: true,
    download: (order) => downloadFile(order, means()),
    log,
  });
  const base = {
    fork: host.fork,
    clock: host.clock,
    log,
    installed: () => installer.installed(),
    isMemoryShort: () => isMemoryShort(readMemory()),
    environment: pickVariables(process.env, driverVariables),
  };
  const processors = os.availableParallelism();
  const engine = createLocalEngine({ ...base, limits: { ...defaultEngineLimits, threads: threadsFor(processors) } });
  const embeddings = createEmbeddingEngine({
    ...base,
    limits: { ...embeddingEngineLimits, threads: embeddingThreadsFor(processors) },
  });
  return { engine, embeddings, installer };
}
