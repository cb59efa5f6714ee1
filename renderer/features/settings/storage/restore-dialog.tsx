import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallResult } from '../../../../node-core/api/contract.ts';
import type { BackupView } from '../../../../node-core/api/node-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { useToasts } from '../../../ui/toast.tsx';

type Preview = CallResult<'storage.previewRestore'>;
type Mode = 'merge' | 'replace';

interface RestoreDialogProps {
  /** `null`: closed. */
  backup: BackupView | null;
  onClose: () => void;
  onRestored: () => void;
}

/** Shows what restoring a backup would change, and asks how; a copy of the present is made first. */
export function RestoreDialog({ backup, onClose, onRestored }: RestoreDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={backup !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('storage.restoreTitle')}
      description={
        backup && (
          <>
            {t('storage.restoreFrom')} <RelativeTime at={backup.at} /> · <span dir="ltr">{backup.name}</span>
          </>
        )
      }
    >
      {backup && <Restore name={backup.name} onClose={onClose} onRestored={onRestored} />}
    </Dialog>
  );
}

interface RestoreProps {
  name: string;
  onClose: () => void;
  onRestored: () => void;
}

function Restore({ name, onClose, onRestored }: RestoreProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { run: askPreview, failure: previewFailure } = useCall('storage.previewRestore');
  const restore = useCall('storage.restore');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [mode, setMode] = useState<Mode>('merge');
  useEffect(() => {
    void askPreview({ name }).then((outcome) => outcome.isOk && setPreview(outcome.value));
  }, [askPreview, name]);
  const confirm = async () => {
    const outcome = await restore.run({ name, mode });
    if (!outcome.isOk) return;
    const { conversationsAdded: count, copyOfPresent } = outcome.value;
    const text = mode === 'merge' ? t('storage.merged', { count }) : t('storage.replaced');
    toasts.show({ text: `${text} ${t('storage.presentKept', { name: copyOfPresent.name })}` });
    onRestored();
    onClose();
  };
  if (!preview) {
    return previewFailure ? <FailureNote failure={previewFailure} /> : <Spinner label={t('storage.previewing')} />;
  }
  return (
    <div className="flex flex-col gap-4">
      <Comparison preview={preview} />
      <RadioCards
        legend={t('storage.modeLegend')}
        value={mode}
        onChange={setMode}
        disabled={restore.isRunning}
        options={[
          {
            value: 'merge',
            label: t('storage.merge'),
            hint: t('storage.mergeHint', { count: preview.onlyInBackupCount }),
          },
          {
            value: 'replace',
            label: t('storage.replace'),
            hint: t('storage.replaceHint', { count: preview.onlyInPresentCount }),
          },
        ]}
      />
      <p className="text-ink-2 text-small">{t('storage.copyFirst')}</p>
      <FailureNote failure={restore.failure} />
      <div className="flex flex-wrap gap-2.5">
        <Button variant="primary" isBusy={restore.isRunning} onClick={confirm}>
          {restore.isRunning ? t('storage.restoring') : t('storage.restore')}
        </Button>
        <Button variant="quiet" disabled={restore.isRunning} onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Comparison({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const words = ({ conversations, messages }: Preview['inBackup']) =>
    `${t('storage.conversations', { count: conversations })} · ${t('storage.messages', { count: messages })}`;
  const hidden = preview.onlyInBackupCount - preview.onlyInBackup.length;
  return (
    <>
      <Facts>
        <Fact name={t('storage.inBackup')}>{words(preview.inBackup)}</Fact>
        <Fact name={t('storage.inPresent')}>
          {preview.inPresent ? words(preview.inPresent) : t('storage.unreadable')}
        </Fact>
      </Facts>
      {preview.onlyInBackup.length > 0 && (
        <div>
          <p className="font-medium">{t('storage.onlyInBackup', { count: preview.onlyInBackupCount })}</p>
          <ul className="mt-1 max-h-40 divide-y divide-line overflow-y-auto rounded-card border border-line px-3">
            {preview.onlyInBackup.map((conversation) => (
              <li key={conversation.id} className="flex justify-between gap-4 py-1.5">
                <span className="min-w-0 truncate">{conversation.title}</span>
                <span className="text-ink-3 text-tiny">
                  <RelativeTime at={conversation.updatedAt} />
                </span>
              </li>
            ))}
            {hidden > 0 && <li className="py-1.5 text-ink-2">{t('storage.andMore', { count: hidden })}</li>}
          </ul>
        </div>
      )}
    </>
  );
}
