import type { EngineParts } from '../../node-core/agents/local/engine-parts.ts';
import type { RunnableModels } from '../../node-core/agents/local/open-local-model.ts';
import { FailureError } from '../../node-core/api/failures.ts';
import type { LocalModelFile, LocalModelFiles } from '../../node-core/protocol/ports/local-models.ts';

/** Model files that a test puts there and takes away. */
export interface FakeModelFiles extends LocalModelFiles {
  /** Tells whoever wants to know. */
  set(files: readonly LocalModelFile[]): void;
}

export function createFakeModelFiles(files: readonly LocalModelFile[] = []): FakeModelFiles {
  const listeners = new Set<() => void>();
  let present = files;
  return {
    list: () => present,
    refresh: () => Promise.resolve(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      present = next;
      for (const listener of listeners) listener();
    },
  };
}

/** A computer without a model file, where no engine is ever asked. */
export const noLocalModels: RunnableModels = {
  files: createFakeModelFiles(),
  engine: {
    generate() {
      throw new Error('no engine was expected to be asked');
    },
    isAnswering: () => false,
    onChange: () => () => undefined,
    release: () => undefined,
    stop: () => undefined,
  },
};

/** The same, and nothing that could be fetched. */
export const noEngine: EngineParts = {
  engine: noLocalModels.engine,
  embeddings: {
    embed() {
      throw new Error('no engine was expected to be asked');
    },
    hasRoom: () => true,
    release: () => undefined,
    stop: () => undefined,
  },
  installer: {
    registry: null,
    state: () => ({ kind: 'absent', sizeBytes: null }),
    onChange: () => () => undefined,
    room: () => null,
    install: () => Promise.reject(new FailureError({ kind: 'engine-absent', reason: 'unsupported' })),
    installed() {
      throw new FailureError({ kind: 'engine-absent', reason: 'unsupported' });
    },
  },
};
