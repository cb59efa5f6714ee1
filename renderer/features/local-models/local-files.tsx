import { HardDrive, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
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

function AddFile() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const add = useCall('localModels.addFile');
  const [path, setPath] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = await add.run({ path });
    if (!outcome.isOk) return;
    setPath('');
    toasts.show({ text: t('local.added') });
  };
  return (
    <form onSubmit={submit} className="mt-2 flex flex-col gap-2 border-line border-t pt-3">
      <Field label={t('local.addPath')} hint={t('local.addHint')}>
        <TextInput value={path} onChange={(event) => setPath(event.target.value)} dir="ltr" spellCheck={false} />
      </Field>
      <FailureNote failure={add.failure} onDismiss={add.clear} />
      <Button
        type="submit"
        size="sm"
        icon={<Plus />}
        className="self-start"
        isBusy={add.isRunning}
        disabled={path.trim() === ''}
      >
        {t('local.add')}
      </Button>
    </form>
  );
}
