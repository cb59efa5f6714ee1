import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Section } from '../../ui/page.tsx';
import { EngineNote } from './engine-note.tsx';
import { LocalFiles } from './local-files.tsx';
import { LocalModelCard } from './local-model-card.tsx';
import { LocalPlaces } from './local-places.tsx';
import { MeaningSection } from './meaning-section.tsx';

/** Settings, Models: the models that Nunba runs by itself. Nothing is shown where it can run none. */
export function LocalModelsSection() {
  const { t } = useTranslation();
  const local = useWatched('localModels.watch', {});
  const engine = local.value?.engine ?? null;
  if (!local.value || engine === null) return <FailureNote failure={local.failure} />;
  return (
    <>
      <Section title={t('local.offered')} hint={t('local.offeredHint')}>
        <ul className="flex flex-col gap-2.5">
          {local.value.catalogue.map((model) => (
            <LocalModelCard
              key={model.id}
              model={model}
              engine={engine}
              isRecommended={model.id === local.value?.recommendedId}
            />
          ))}
        </ul>
        <EngineNote engine={engine} />
      </Section>
      <LocalFiles view={local.value} engine={engine} />
      <MeaningSection view={local.value} engine={engine} />
      <LocalPlaces view={local.value} />
    </>
  );
}
