import type { ModelsView } from '../../../node-core/api/model-views.ts';

type ProgramKind = ModelsView['programs'][number]['kind'];

/** Where a person gets each program. Opened only when they click it. */
export const programHomes: Readonly<Record<ProgramKind, string>> = {
  ollama: 'https://ollama.com/download',
  'lm-studio': 'https://lmstudio.ai/download',
  'llama-cpp': 'https://github.com/ggml-org/llama.cpp#quick-start',
  vllm: 'https://docs.vllm.ai/en/latest/getting_started/installation/',
  jan: 'https://jan.ai/download',
};
