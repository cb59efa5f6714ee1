import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createModels, type Models } from '../../node-core/agents/models/create-models.ts';
import type { ModelsOptions } from '../../node-core/agents/models/models-options.ts';
import type { EnvironmentProvider } from '../../node-core/agents/models/provider.ts';
import type { ProviderDraft } from '../../node-core/api/model-views.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createFakeBreaker } from '../doubles/breaker.ts';
import { noLocalModels } from '../doubles/local-models.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createFakeSecrets, type FakeSecrets } from '../doubles/secrets.ts';
import { tempFolder } from './temp-folder.ts';

/** Models on a database of their own. */
export interface TestModels {
  readonly models: Models;
  readonly secrets: FakeSecrets;
  readonly storage: Storage;
  /** The same, started anew. */
  again(changes?: Partial<ModelsOptions>): Promise<Models>;
}

/** A database in a folder of its own; closed when the test ends. */
export async function testStorage(): Promise<Storage> {
  const folder = tempFolder();
  const backupsFolder = path.join(folder, 'backups');
  const file = path.join(folder, 'nunba.db');
  const storage = await openStorage({ file, backupsFolder, clock: systemClock, log: createRecordedLog() });
  onTestFinished(() => storage.close());
  return storage;
}

/** Models that know no program and no environment but what the test gives them. */
export async function testModels(changes: Partial<Omit<ModelsOptions, 'storage'>> = {}): Promise<TestModels> {
  const storage = await testStorage();
  const secrets = createFakeSecrets();
  const base = {
    storage,
    secrets,
    onSecretsChanged: () => () => undefined,
    clock: systemClock,
    breaker: createFakeBreaker(),
    environment: [],
    ownPorts: () => [6777],
    local: noLocalModels.files,
    programs: [],
    ...changes,
  };
  const again = async (more: Partial<ModelsOptions> = {}): Promise<Models> => {
    const models = await createModels({ ...base, ...more });
    onTestFinished(() => models.stop());
    return models;
  };
  return { models: await again(), secrets, storage, again };
}

/** A provider as the person enters it. */
export function draft(changes: Partial<ProviderDraft> & Pick<ProviderDraft, 'url'>): ProviderDraft {
  return { kind: 'openai-compatible', name: '', key: null, trustedCertificate: null, ...changes };
}

/** A provider as the environment names it. */
export function environmentProvider(
  changes: Partial<EnvironmentProvider> & Pick<EnvironmentProvider, 'url'>,
): EnvironmentProvider {
  const sourceName = 'HEVOLVE_LLM_ENDPOINT_URL';
  return {
    id: 'env-endpoint',
    kind: 'openai-compatible',
    name: 'endpoint',
    key: null,
    model: null,
    sourceName,
    ...changes,
  };
}
