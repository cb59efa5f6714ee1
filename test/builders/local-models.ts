import { createHash } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { CatalogueModel } from '../../node-core/agents/local/catalogue.ts';
import { createLocalModels, type LocalModels } from '../../node-core/agents/local/create-local-models.ts';
import type { LocalModelsOptions } from '../../node-core/agents/local/local-models-options.ts';
import { type LocalModelsView, localModelsSchema } from '../../node-core/api/local-model-views.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createFakeEngineInstaller, type FakeEngineInstaller } from '../doubles/engine-installer.ts';
import type { FileServer } from '../doubles/file-server.ts';
import { fileServer } from './file-server.ts';
import { ggufFile } from './gguf-file.ts';
import { testStorage } from './models.ts';
import { tempFolder } from './temp-folder.ts';

const gib = 1024 ** 3;

/** A model of the catalogue that is served at `url`. */
export const catalogueModel = (id: string, content: Buffer, url: string): CatalogueModel => ({
  id,
  name: `Model ${id}`,
  maker: 'A maker',
  licence: 'Apache-2.0',
  goodAt: 'Short questions.',
  parameters: 4096,
  quantisation: 'Q4_K_M',
  contextTokens: 2048,
  cacheBytesPerToken: 1024,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  url,
});

/** Local models on a database and folders of their own, with two models at a server of the test. */
export interface TestLocalModels {
  readonly local: LocalModels;
  readonly engine: FakeEngineInstaller;
  readonly server: FileServer;
  readonly storage: Storage;
  readonly folder: string;
  /** What was chosen to answer, in order. */
  readonly chosen: string[];
  /** Files that the engine was told to let go, in order. */
  readonly released: string[];
  /** Every view that a watcher has seen. */
  readonly views: LocalModelsView[];
  readonly last: () => LocalModelsView;
  readonly state: (id: string) => LocalModelsView['catalogue'][number]['state']['kind'] | undefined;
  /** The same on the same database and folder, as after a restart. */
  again(): Promise<TestLocalModels>;
}

/** @param content of both models */
export async function testLocalModels(
  server: (content: Buffer) => Promise<FileServer> = fileServer,
  changes: Partial<LocalModelsOptions> = {},
): Promise<TestLocalModels> {
  const content = ggufFile({ dataBytes: 3_000_000 });
  const storage = await testStorage();
  const at = await server(content);
  return start({ content, storage, at, folder: path.join(tempFolder(), 'models') }, changes);
}

interface Ground {
  readonly content: Buffer;
  readonly storage: Storage;
  readonly at: FileServer;
  readonly folder: string;
}

async function start(ground: Ground, changes: Partial<LocalModelsOptions>): Promise<TestLocalModels> {
  const { content, storage, at, folder } = ground;
  const engine = createFakeEngineInstaller();
  const chosen: string[] = [];
  const released: string[] = [];
  const views: LocalModelsView[] = [];
  const local = await createLocalModels({
    storage,
    clock: { ...systemClock, after: (ms, action) => systemClock.after(ms < 9_000 ? 0 : ms, action) },
    catalogue: { models: ['one', 'two'].map((id) => catalogueModel(id, content, at.url)), embeddings: [] },
    usualFolder: folder,
    environment: {},
    random: () => 0,
    memory: async () => ({
      totalMemoryBytes: 16 * gib,
      freeMemoryBytes: 8 * gib,
      graphicsMemoryBytes: null,
      threads: 4,
      hasUnifiedGraphics: false,
    }),
    engine,
    release: (file) => void released.push(file),
    choose: async (id) => void chosen.push(id),
    reportBug: (error) => {
      throw error;
    },
    ...changes,
  });
  onTestFinished(() => local.stop());
  await local.handlers.subscriptions['localModels.watch'](
    {},
    { next: (view) => void views.push(localModelsSchema.parse(view)) },
  );
  const last = (): LocalModelsView => {
    const view = views.at(-1);
    if (view === undefined) throw new Error('no view yet');
    return view;
  };
  const state: TestLocalModels['state'] = (id) => last().catalogue.find((model) => model.id === id)?.state.kind;
  const again = async (): Promise<TestLocalModels> => {
    await local.stop();
    return start(ground, changes);
  };
  return { local, engine, server: at, storage, folder, chosen, released, views, last, state, again };
}
