import { expect, it } from 'vitest';
import { type LlamaModule, openModel, TooLittleMemory } from '../../../node-core/agents/local/engine/llama-module.ts';

/** An engine that loads nothing, and logs these lines a moment after it has failed, as the real one may. */
function failing(lines: readonly string[]): LlamaModule {
  return {
    async getLlama({ logger }) {
      return {
        async loadModel() {
          setTimeout(() => {
            for (const line of lines) logger('error', line);
          }, 20);
          throw new Error('Failed to load model');
        },
      };
    },
    LlamaChat: class {
      chatWrapper = { generateContextState: () => ({ contextText: { tokenize: () => [] } }) };
      generateResponse = async () => ({ metadata: { stopReason: 'abort' } });
    },
  };
}

const order = { gpu: 'none', threads: 1, modelPath: '/m.gguf' } as const;
const last = 'llama_model_load_from_file_impl: failed to load model';

it('tells a lack of memory from a bad file, though the log comes after the failure', async () => {
  const memory = failing(['llama_model_load: error loading model: mmap failed: Cannot allocate memory', last]);
  await expect(openModel(memory, order)).rejects.toThrow(TooLittleMemory);
  const bad = failing(["llama_model_load: error loading model: tensor 'x' not found", last]);
  await expect(openModel(bad, order)).rejects.toThrow('Failed to load model');
});

it('waits no longer than a moment for an engine that logs nothing', async () => {
  await expect(openModel(failing([]), order)).rejects.toThrow('Failed to load model');
});
