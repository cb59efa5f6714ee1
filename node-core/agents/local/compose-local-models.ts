import { nvidiaSmi, readNvidiaMemory } from '../../platform/nvidia-memory.ts';
import { proxyEnvironment } from '../../platform/proxy-environment.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { EngineInstaller } from '../../protocol/ports/local-models.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import { loadCatalogue } from './catalogue.ts';
import { createLocalModels, type LocalModels } from './create-local-models.ts';
import { createMemoryReader } from './machine-room.ts';

/** What a node gives its local models. */
export interface LocalModelsBase {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly resourcesFolder: string;
  /** Where downloads go unless the person chooses another folder. */
  readonly modelsFolder: string;
  /** `null`: nothing here runs models, so none is offered. */
  readonly engine: EngineInstaller | null;
  /** Lets go of a model's file. @param path of the file */
  readonly release: (path: string) => void;
  /** Makes a model that is here the one that answers. @param id of its file */
  readonly choose: (id: string) => Promise<void>;
  readonly log: Log;
  /** Makes a ULID. */
  readonly ids: () => string;
}

/** Local models of this machine, with its memory and its proxies. */
export async function composeLocalModels(base: LocalModelsBase): Promise<LocalModels> {
  const reportBug = (error: unknown, where: string): string => {
    const incident = base.ids().slice(-12);
    base.log.error({ incident, where, error }, `Something went wrong in ${where} (${incident}).`);
    return incident;
  };
  return createLocalModels({
    ...base,
    reportBug,
    catalogue: await loadCatalogue(base.resourcesFolder),
    usualFolder: base.modelsFolder,
    environment: proxyEnvironment(),
    random: Math.random,
    memory: createMemoryReader(() => readNvidiaMemory(nvidiaSmi())),
  });
}
