import { FileText, Image } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '../../../../node-core/api/conversation-views.ts';
import { formatBytes } from '../../../messages/numbers.ts';
import { AttachmentViewer } from './attachment-viewer.tsx';

/** An attachment of a sent message; a press shows it. */
export function AttachmentChip({ attachment }: { readonly attachment: AttachmentView }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        title={t('chat.showAttachment')}
        onClick={() => setOpen(true)}
        className="inline-flex max-w-full items-center gap-2 rounded-control border border-line bg-surface px-2.5 py-1 text-small hover:bg-sunken"
      >
        {attachment.kind === 'image' ? <Image aria-hidden="true" /> : <FileText aria-hidden="true" />}
        <span className="min-w-0 truncate">{attachment.name}</span>
        <span className="text-ink-3 text-tiny">{formatBytes(attachment.sizeBytes, i18n.language)}</span>
      </button>
      <AttachmentViewer attachmentId={isOpen ? attachment.id : null} line={null} onClose={() => setOpen(false)} />
    </>
  );
}
