import type { Failure } from '../../api/failures.ts';
import type { ModelsView, ProviderView } from '../../api/model-views.ts';
import type { ModelFact } from '../../protocol/node-facts.ts';
import type { UnreachableCause } from '../../protocol/state-reason.ts';

/** What real requests have shown of the model that answers where nothing else is said. */
export interface ChosenModelFact {
  readonly model: ModelFact;
  /** When its host last answered in this run, ms since the epoch; `null`: it was not asked, or failed since. */
  readonly answeredAt: number | null;
}

/**
 * Whether the chosen model can be reached, as far as the last request to its host has shown. Nobody is asked for this:
 * of a model that nobody has used yet, nothing is said. Pure.
 */
export function chosenModelFact({ chosen, providers }: Pick<ModelsView, 'chosen' | 'providers'>): ChosenModelFact {
  if (chosen === null) return { model: withoutModel(providers), answeredAt: null };
  const model = chosen.model.modelId.slice(0, 300);
  const state = providers.find(({ id }) => id === chosen.model.providerId)?.state ?? unknown;
  if (state.kind === 'answering') {
    return { model: { kind: 'answers', model, lookedAt: state.at }, answeredAt: state.at };
  }
  if (state.kind !== 'failing') return { model: { kind: 'not-asked', model }, answeredAt: null };
  return {
    model: unreachableFact(model, state) ?? { kind: 'answered-badly', model, lookedAt: state.at },
    answeredAt: null,
  };
}

/** A provider that is not reached may be why there is no model to choose. */
function withoutModel(providers: ModelsView['providers']): ModelFact {
  for (const { name, state } of providers) {
    const fact = state.kind === 'failing' ? unreachableFact(name.slice(0, 300), state) : null;
    if (fact) return fact;
  }
  return { kind: 'none' };
}

function unreachableFact(
  model: string,
  { since, at, failure }: Extract<ProviderView['state'], { kind: 'failing' }>,
): ModelFact | null {
  const trouble = unreachable(failure);
  return trouble && { kind: 'unreachable', model, ...trouble, since, checkedAt: at };
}

const unknown: ProviderView['state'] = { kind: 'unknown' };

/** Failures that mean that no request gets through. A single bad answer does not. */
function unreachable(failure: Failure): { readonly host: string; readonly cause: UnreachableCause } | null {
  if (failure.kind === 'model-unreachable') return { host: failure.host, cause: failure.cause };
  return failure.kind === 'model-refused-key' ? { host: failure.host, cause: 'key' } : null;
}
