import { HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { AddFile } from './add-file.tsx';
import { LocalFileRow } from './local-file-row.tsx';
import { UseFile } from './use-file.tsx';

type EngineView = NonNullable<LocalModelsView['engine']>;

/** The model files that are known, and a form for one more. */
export function LocalFiles({ view, engine }: { view: LocalModelsView; engine: EngineView }) {
  const { t } = useTranslation();
  const { files, catalogue } = view;
  return (
    <Section title={t('local.files')} hint={t('local.filesHint')}>
      <Card>
        {files.length === 0 ? (
          <EmptyState icon={<HardDrive />} title={t('local.noFiles')}>
            {t('local.noFilesHint')}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {files.map((file) => (
              <LocalFileRow key={file.id} file={file}>
                {/* What is offered is chosen above. */}
                {catalogue.every(({ id }) => id !== file.id) && <UseFile file={file} engine={engine} />}
              </LocalFileRow>
            ))}
          </ul>
        )}
        <AddFile />
      </Card>
    </Section>
  );
}
