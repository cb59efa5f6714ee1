import type { ModelsView, ModelView, ProviderView } from '../../node-core/api/model-views.ts';

type Program = ModelsView['programs'][number];

/** A program on this computer; absent unless said otherwise. */
export function aProgram(more: Partial<Program> = {}): Program {
  return {
    kind: 'ollama',
    name: 'Ollama',
    url: 'http://127.0.0.1:11434',
    state: 'absent',
    models: [],
    providerId: null,
    ...more,
  };
}

/** A provider that the person added, on this computer. */
export function aProvider(more: Partial<ProviderView> = {}): ProviderView {
  return {
    id: 'lab',
    kind: 'openai-compatible',
    name: 'Lab',
    url: 'http://127.0.0.1:8080/v1',
    location: { kind: 'this-computer' },
    source: 'person',
    setBy: null,
    hasKey: false,
    trustedCertificate: null,
    state: { kind: 'unknown' },
    ...more,
  };
}

/** A model of a provider. */
export function aModel(provider: ProviderView, modelId: string): ModelView {
  const { id: providerId, location } = provider;
  return { ref: `${providerId}/${modelId}`, providerId, modelId, name: modelId, location, canSee: false };
}

/** What `models.watch` gives where nothing is set up. */
export function modelsView(more: Partial<ModelsView> = {}): ModelsView {
  return { providers: [], models: [], chosen: null, programs: [aProgram()], lookedAt: 1, ...more };
}
