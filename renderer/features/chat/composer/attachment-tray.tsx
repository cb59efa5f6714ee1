import { FileText, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../../../messages/failure-text.ts';
import { formatBytes } from '../../../messages/numbers.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Spinner } from '../../../ui/spinner.tsx';
import type { DraftAttachment } from './draft-store.ts';

interface AttachmentTrayProps {
  readonly attachments: readonly DraftAttachment[];
  readonly onRemove: (attachment: DraftAttachment) => void;
}

/** The files that go with the next message. */
export function AttachmentTray({ attachments, onRemove }: AttachmentTrayProps) {
  const { t } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <ul aria-label={t('chat.attachments')} className="mb-2 flex flex-wrap gap-2">
      {attachments.map((attachment) => (
        <li
          key={attachment.key}
          className={classes(
            'flex min-w-0 max-w-full animate-appear items-center gap-2.5 rounded-control border py-1 ps-2 pe-1',
            attachment.state.kind === 'failed' ? 'border-bad/40 bg-bad-soft' : 'border-line bg-paper',
          )}
        >
          {attachment.preview ? (
            <img src={attachment.preview} alt="" className="size-9 rounded-[6px] object-cover" />
          ) : (
            <FileText aria-hidden="true" className="text-ink-2" />
          )}
          <span className="min-w-0">
            <span className="block max-w-56 truncate text-small">{attachment.name}</span>
            <AttachmentState attachment={attachment} />
          </span>
          <Button
            variant="quiet"
            size="sm"
            icon={<X />}
            label={t('chat.removeAttachment', { name: attachment.name })}
            onClick={() => onRemove(attachment)}
          />
        </li>
      ))}
    </ul>
  );
}

function AttachmentState({ attachment }: { readonly attachment: DraftAttachment }) {
  const { t, i18n } = useTranslation();
  const { state } = attachment;
  switch (state.kind) {
    case 'reading':
      return <Small>{t('chat.readingFile', { percent: Math.round(state.share * 100) })}</Small>;
    case 'sending':
      return (
        <Small>
          <Spinner className="size-3!" /> {t('chat.addingFile')}
        </Small>
      );
    case 'ready':
      return <Small>{formatBytes(attachment.sizeBytes, i18n.language)}</Small>;
    case 'failed':
      return (
        <span role="alert" className="block max-w-80 text-bad text-tiny">
          {failureText(t, state.failure)}
        </span>
      );
  }
}

function Small({ children }: { readonly children: React.ReactNode }) {
  return <span className="flex items-center gap-1 text-ink-3 text-tiny">{children}</span>;
}
