import type { Models } from '../../node-core/agents/models/create-models.ts';
import { FailureError } from '../../node-core/api/failures.ts';
import { type ModelsView, modelsSchema } from '../../node-core/api/model-views.ts';

/** Nobody asks for a model in particular. */
export const nothingAsked = { chat: null, caller: null, agent: null };

/** A signal that nothing aborts. */
export const never = new AbortController().signal;

/** Every view that a watcher sees. */
export const watch = async (models: Models): Promise<{ views: ModelsView[]; stop: () => void }> => {
  const views: ModelsView[] = [];
  const stop = await models.handlers.subscriptions['models.watch'](
    {},
    { next: (view) => views.push(modelsSchema.parse(view)) },
  );
  return { views, stop };
};

/** The failure that work ends with. */
export const failing = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof FailureError ? error.failure : error),
  );
