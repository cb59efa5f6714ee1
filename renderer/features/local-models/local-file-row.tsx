import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalFileView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { FitLine } from './fit-line.tsx';
import { wordsOf } from './words-of.ts';

interface LocalFileRowProps {
  file: LocalFileView;
  /** What can be done with it while it is here. */
  children: ReactNode;
  /** It writes no text, so nothing is said of what it would need for that. */
  isForMeaning?: boolean;
}

/** A model file: what it is, where it lies, whether it fits; it can be removed. */
export function LocalFileRow({ file, children, isForMeaning = false }: LocalFileRowProps) {
  const { t, i18n } = useTranslation();
  const facts = [
    formatBytes(file.sizeBytes, i18n.language),
    file.architecture,
    file.quantisation,
    isForMeaning ? null : t('local.context', { count: wordsOf(file.contextTokens) }),
    file.hasChatTemplate || isForMeaning ? null : t('local.withoutTemplate'),
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
        {file.presence === 'here' && children}
      </div>
      <RemoveFile file={file} />
    </li>
  );
}

/** Removes a model file, after it was asked. */
export function RemoveFile({ file }: { file: LocalFileView }) {
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
