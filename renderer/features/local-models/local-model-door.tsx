import { useEffect, useRef } from 'react';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { EngineNote } from './engine-note.tsx';
import { LocalModelCard } from './local-model-card.tsx';

interface LocalModelDoorProps {
  view: LocalModelsView;
  /** A model that was asked for here is ready to answer. */
  onReady: () => void;
}

/** The models that can be had with one click. */
export function LocalModelDoor({ view, onReady }: LocalModelDoorProps) {
  useWhenReady(view, onReady);
  const { engine } = view;
  if (engine === null) return null;
  return (
    <>
      <ul className="mt-3 flex flex-col gap-2.5">
        {recommendedFirst(view).map((model) => (
          <LocalModelCard
            key={model.id}
            model={model}
            engine={engine}
            isRecommended={model.id === view.recommendedId}
          />
        ))}
      </ul>
      <EngineNote engine={engine} />
    </>
  );
}

const recommendedFirst = ({ catalogue, recommendedId }: LocalModelsView) => [
  ...catalogue.filter(({ id }) => id === recommendedId),
  ...catalogue.filter(({ id }) => id !== recommendedId),
];

/** Tells once that a model which was under way has arrived; one that was here from the beginning is no news. */
function useWhenReady({ catalogue }: LocalModelsView, onReady: () => void): void {
  const underWay = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, state } of catalogue) {
      if (state.kind === 'here' && underWay.current.delete(id)) onReady();
      else if (['queued', 'checking', 'receiving', 'waiting', 'engine'].includes(state.kind)) underWay.current.add(id);
      else if (state.kind !== 'here') underWay.current.delete(id);
    }
  }, [catalogue, onReady]);
}
