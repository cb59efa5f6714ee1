import type { ModelsView, ModelView } from '../../api/model-views.ts';
import { canSee } from './can-see.ts';
import { modelWithoutList } from './chat-models.ts';
import { chooseModel, type KnownProvider, splitRef } from './choose-model.ts';
import type { ProgramView } from './discover-programs.ts';
import { locationOf, type Provider, providerView } from './provider.ts';

/** Everything that the view of the models is computed from. */
export interface ModelFacts {
  readonly providers: readonly Provider[];
  /** The model that the person chose as default. */
  readonly chosen: string | null;
  readonly programs: readonly ProgramView[];
  readonly lookedAt: number | null;
}

/** The models of the providers as far as they are known, for the choice. Pure. */
export function knownProviders({
  providers,
  chosen,
}: Pick<ModelFacts, 'providers' | 'chosen'>): readonly KnownProvider[] {
  const chosenRef = chosen === null ? null : splitRef(chosen);
  return providers.map((provider) => {
    const isListed = provider.models.length > 0;
    const ownChosen = !isListed && chosenRef?.providerId === provider.id ? chosenRef.modelId : null;
    const guessed = isListed || provider.kind === 'local' ? null : modelWithoutList(provider.kind);
    const said = [provider.namedModel, ...provider.models, ownChosen].filter((id) => id !== null);
    return {
      id: provider.id,
      models: said.length > 0 ? [...new Set(said)] : guessed === null ? [] : [guessed],
      isListed,
      namedInEnvironment: provider.namedModel,
    };
  });
}

/** One model as everybody sees it. */
export function modelView(provider: Provider, modelId: string): ModelView {
  const sees = provider.kind !== 'local' && canSee(modelId);
  const location = locationOf(provider);
  const name = provider.modelNames[modelId] ?? modelId;
  return { ref: `${provider.id}/${modelId}`, providerId: provider.id, modelId, name, location, canSee: sees };
}

/** The view that the page watches. Pure. */
export function modelsView(facts: ModelFacts): ModelsView {
  const known = knownProviders(facts);
  const byId = new Map(facts.providers.map((provider) => [provider.id, provider]));
  const choice = chooseModel({ chat: null, caller: null, agent: null, chosen: facts.chosen }, known);
  const provider = choice.kind === 'model' ? byId.get(choice.providerId) : undefined;
  const chosen =
    choice.kind === 'model' && provider
      ? { model: modelView(provider, choice.modelId), providerName: provider.name, reason: choice.reason }
      : null;
  return {
    providers: facts.providers.map(providerView),
    models: known.flatMap(({ id, models }) => {
      const owner = byId.get(id);
      return owner ? models.map((modelId) => modelView(owner, modelId)) : [];
    }),
    chosen,
    programs: facts.programs.map((program) => ({
      ...program,
      providerId: facts.providers.find(({ url }) => url !== '' && isSameAddress(url, program.url))?.id ?? null,
    })),
    lookedAt: facts.lookedAt,
  };
}

/** Whether two base addresses lead to the same place; `localhost` is 127.0.0.1. */
export function isSameAddress(a: string, b: string): boolean {
  const plain = (url: string): string => url.replace('://localhost', '://127.0.0.1').replace(/\/$/, '');
  return plain(a) === plain(b);
}
