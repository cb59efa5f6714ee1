import { useTranslation } from 'react-i18next';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { Card, Section } from '../../ui/page.tsx';
import { LocalFileRow } from './local-file-row.tsx';
import { LocalModelCard } from './local-model-card.tsx';
import { UseForMeaning } from './use-for-meaning.tsx';

type EngineView = NonNullable<LocalModelsView['engine']>;

/** Settings, Models: models that find what means the same with other words, and which of them is used. */
export function MeaningSection({ view, engine }: { view: LocalModelsView; engine: EngineView }) {
  const { t } = useTranslation();
  const { catalogue, files, usedId } = view.embeddings;
  const own = files.filter((file) => catalogue.every(({ id }) => id !== file.id));
  return (
    <Section title={t('local.meaning')} hint={t('local.meaningHint')}>
      <ul className="flex flex-col gap-2.5">
        {catalogue.map((model) => {
          const file = files.find(({ id }) => id === model.id);
          const here = file && <UseForMeaning file={file} engine={engine} isUsed={usedId === model.id} isRemovable />;
          return <LocalModelCard key={model.id} model={model} engine={engine} here={here ?? null} />;
        })}
      </ul>
      {own.length > 0 && (
        <Card className="mt-2.5">
          <ul className="divide-y divide-line">
            {own.map((file) => (
              <LocalFileRow key={file.id} file={file} isForMeaning>
                <UseForMeaning file={file} engine={engine} isUsed={usedId === file.id} />
              </LocalFileRow>
            ))}
          </ul>
        </Card>
      )}
    </Section>
  );
}
