import type { Breaker } from '../protocol/ports/breaker.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import { openLocalModel, type RunnableModels } from './local/open-local-model.ts';
import type { ChosenModel } from './models/create-models.ts';
import { type LanguageModel, openLanguageModel } from './models/language-model.ts';
import type { RefusalContext } from './models/refusal-failure.ts';

/** What any model is opened with. */
export interface OpenMeans {
  readonly clock: Clock;
  /** Makes ids for calls of tools. */
  readonly ids: () => string;
  readonly breaker: Pick<Breaker, 'pass'>;
  readonly local: RunnableModels;
}

/** A model that can be asked, and who it is for the sentences of what it refuses with. */
export interface OpenedModel {
  readonly language: LanguageModel;
  readonly context: RefusalContext;
}

/** Opens the chosen model, of a provider or of this computer. Contacts nobody yet. */
export async function openModel({ access, model }: ChosenModel, means: OpenMeans): Promise<OpenedModel> {
  const { clock, ids, breaker, local } = means;
  const permit = (): void => breaker.pass();
  const { modelId } = model;
  const about = { model: modelId, now: clock.now() };
  if (access.kind === 'local') {
    const language = openLocalModel(local, modelId, { ids, permit });
    return { language, context: { ...about, host: 'This computer', key: null } };
  }
  const language = await openLanguageModel(access, modelId, clock, permit);
  return { language, context: { ...about, host: new URL(access.url).host, key: access.key } };
}
