import { FileText, Image } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '../../../../node-core/api/conversation-views.ts';
import { formatBytes } from '../../../messages/numbers.ts';
import { useCall } from '../../../rpc/use-call.ts';
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
        className="inline-flex max-w-full flex-col overflow-hidden rounded-control border border-line bg-surface text-small hover:bg-sunken"
      >
        {attachment.kind === 'image' && <Thumbnail attachment={attachment} />}
        <span className="flex max-w-full items-center gap-2 px-2.5 py-1">
          {attachment.kind === 'image' ? <Image aria-hidden="true" /> : <FileText aria-hidden="true" />}
          <span className="min-w-0 truncate">{attachment.name}</span>
          <span className="text-ink-3 text-tiny">{formatBytes(attachment.sizeBytes, i18n.language)}</span>
        </span>
      </button>
      <AttachmentViewer attachmentId={isOpen ? attachment.id : null} line={null} onClose={() => setOpen(false)} />
    </>
  );
}

/** The picture itself, in a box whose height does not change when it has come. The name below it says what it is. */
function Thumbnail({ attachment: { id, mediaType } }: { readonly attachment: AttachmentView }) {
  const { run } = useCall('attachments.read');
  const [base64, setBase64] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void run({ id }).then((outcome) => isCurrent && outcome.isOk && setBase64(outcome.value.base64));
    return () => {
      isCurrent = false;
    };
  }, [id, run]);
  return (
    <span className="grid h-36 min-w-36 place-items-center bg-sunken">
      {base64 !== null && (
        <img src={`data:${mediaType};base64,${base64}`} alt="" className="h-36 w-full max-w-72 object-cover" />
      )}
    </span>
  );
}
