import { HardDrive, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalFileView, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { FitLine } from './fit-line.tsx';
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
              <LocalFileRow
                key={file.id}
                file={file}
                engine={catalogue.some(({ id }) => id === file.id) ? null : engine}
              />
            ))}
          </ul>
        )}
        <AddFile />
      </Card>
    </Section>
  );
}

interface LocalFileRowProps {
  file: LocalFileView;
  /** `null`: it is offered above, where it is chosen as well. */
  engine: EngineView | null;
}

function LocalFileRow({ file, engine }: LocalFileRowProps) {
  const { t, i18n } = useTranslation();
  const facts = [
    formatBytes(file.sizeBytes, i18n.language),
    file.architecture,
    file.quantisation,
    t('local.context', { count: file.contextTokens }),
    file.hasChatTemplate ? null : t('local.withoutTemplate'),
  ];
  return (
    <li className="flex items-start gap-3 py-3 first:pt-1">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="font-semibold [overflow-wrap:anywhere]">{file.name}</span>
        <span className="text-ink-2 text-small [overflow-wrap:anywhere]">
          {facts.filter((fact) => fact !== null).join(' · ')}
        </span>
        <span dir="ltr" className="text-ink-2 text-small [overflow-wrap:anywhere]">
          {file.path}
        </span>
        {file.presence === 'here' ? (
          <FitLine fit={file.fit} />
        ) : (
          <p className="flex items-start gap-2 text-small">
            <StatusGlyph status="bad" />
            {t(`local.${file.presence}`)}
          </p>
        )}
        {file.presence === 'here' && engine !== null && <UseFile file={file} engine={engine} />}
      </div>
      <RemoveFile file={file} />
    </li>
  );
}

function RemoveFile({ file }: { file: LocalFileView }) {
  const { t, i18n } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const remove = useCall('localModels.remove');
  const { name } = file;
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        icon={<Trash2 />}
        label={t('local.removeOf', { name })}
        isBusy={remove.isRunning}
        onClick={() => setAsked(true)}
      />
      <ConfirmDialog
        isOpen={isAsked}
        onOpenChange={setAsked}
        title={t('local.removeTitle', { name })}
        description={
          file.source === 'catalogue'
            ? t('local.removeDownloaded', { size: formatBytes(file.sizeBytes, i18n.language) })
            : t('local.removeNamed')
        }
        confirmLabel={t('local.remove')}
        isDanger
        onConfirm={() => void remove.run({ id: file.id })}
      />
      <FailureNote failure={remove.failure} onDismiss={remove.clear} />
    </>
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
