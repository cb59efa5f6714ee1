import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';

/** Whether a local model is the one that answers, and what runs it is here, so that nothing is left to do. */
export function useIsAnswering(id: string, engine: NonNullable<LocalModelsView['engine']>): boolean {
  const models = useWatched('models.watch', {});
  return engine.kind === 'ready' && models.value?.chosen?.model.ref === `local/${id}`;
}
