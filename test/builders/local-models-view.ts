import type { CatalogueModelView, LocalFileView, LocalModelsView } from '../../node-core/api/local-model-views.ts';

/** A model that is offered, fits and is not here, unless said otherwise. */
export const offered = (more: Partial<CatalogueModelView> = {}): CatalogueModelView => ({
  id: 'small',
  name: 'Small Instruct',
  maker: 'A maker',
  licence: 'Apache-2.0',
  goodAt: 'Short questions.',
  parameters: 1_540_000_000,
  quantisation: 'Q4_K_M',
  contextTokens: 32_768,
  sizeBytes: 1_000_000_000,
  sha256: 'a'.repeat(64),
  url: 'https://hub.example/small.gguf',
  host: 'hub.example',
  fit: { verdict: 'fits', reasons: [] },
  state: { kind: 'absent' },
  ...more,
});

/** A file of the person that is there, unless said otherwise. */
export const localFile = (more: Partial<LocalFileView> = {}): LocalFileView => ({
  id: 'file-1',
  name: 'My model',
  path: '/models/mine.gguf',
  sizeBytes: 2_000_000_000,
  contextTokens: 8192,
  parameters: 3e9,
  architecture: 'llama',
  quantisation: 'Q5_K_M',
  hasChatTemplate: true,
  source: 'person',
  presence: 'here',
  fit: { verdict: 'fits', reasons: [] },
  work: null,
  ...more,
});

/** Local models of a Nunba that can run them. */
export const localModelsView = (more: Partial<LocalModelsView> = {}): LocalModelsView => ({
  engine: { kind: 'absent', sizeBytes: null },
  catalogue: [offered()],
  recommendedId: 'small',
  files: [],
  embeddings: { catalogue: [], files: [], usedId: null },
  folder: { path: '/data/models', isDefault: true, freeBytes: 50e9 },
  mirror: null,
  proxy: null,
  proxyInUse: null,
  ...more,
});
