import type { ShelvedFile } from '../../node-core/agents/local/model-shelf.ts';

/** A downloaded model for embeddings that is here, unless said otherwise. */
export const shelvedFile = (changes: Partial<ShelvedFile> = {}, architecture = 'nomic-bert'): ShelvedFile => ({
  id: 'meaning',
  name: 'Meaning',
  source: 'catalogue',
  presence: 'here',
  path: '/models/meaning.gguf',
  sizeBytes: 10,
  modifiedAt: 5,
  header: {
    architecture,
    name: null,
    contextTokens: 512,
    quantisation: null,
    hasChatTemplate: false,
    parameters: 1,
    cacheBytesPerToken: 1,
    dimensions: 2,
  },
  ...changes,
});
