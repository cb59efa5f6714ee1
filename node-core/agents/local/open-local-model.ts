import { FailureError } from '../../api/failures.ts';
import type { LocalModelFile, LocalModelFiles } from '../../protocol/ports/local-models.ts';
import type { LanguageModel } from '../models/language-model.ts';
import type { LocalEngine } from './engine/local-engine.ts';
import { type LocalModelMeans, localLanguageModel } from './engine/local-language-model.ts';

/** Model files of this computer, and what runs them. */
export interface RunnableModels {
  readonly files: LocalModelFiles;
  readonly engine: LocalEngine;
}

/** Opens a model file by its id; loads nothing before it is asked. Throws `not-found`. */
export function openLocalModel(
  { files, engine }: RunnableModels,
  id: string,
  means: Omit<LocalModelMeans, 'engine' | 'look'>,
): LanguageModel {
  const find = (): LocalModelFile => {
    const file = files.list().find((each) => each.id === id);
    if (!file) throw new FailureError({ kind: 'not-found', what: 'model' });
    return file;
  };
  find();
  const look = async (): Promise<LocalModelFile> => {
    await files.refresh();
    return find();
  };
  return localLanguageModel({ ...means, engine, look });
}
