import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallResult } from '../../../../node-core/api/contract.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { NumberedLines } from '../../../ui/numbered-lines.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { textFromBase64 } from './text-from-base64.ts';

type Content = CallResult<'attachments.read'>;

interface AttachmentViewerProps {
  /** `null`: closed. */
  readonly attachmentId: string | null;
  /** A line of a text to bring into view, from 1. */
  readonly line: number | null;
  readonly onClose: () => void;
}

/** Shows an attachment above the thread: a picture, or a text with its lines numbered. */
export function AttachmentViewer({ attachmentId, line, onClose }: AttachmentViewerProps) {
  const { t } = useTranslation();
  const { run, failure } = useCall('attachments.read');
  const [content, setContent] = useState<Content | null>(null);
  useEffect(() => {
    if (attachmentId === null) return;
    let isCurrent = true;
    setContent(null);
    void run({ id: attachmentId }).then((outcome) => isCurrent && outcome.isOk && setContent(outcome.value));
    return () => {
      isCurrent = false;
    };
  }, [attachmentId, run]);
  if (attachmentId === null) return null;
  return (
    <Dialog isOpen onOpenChange={onClose} title={content?.attachment.name ?? t('chat.attachment')} size="lg">
      <FailureNote failure={failure} />
      {!content && !failure && <Spinner label={t('chat.loadingAttachment')} />}
      {content && <AttachmentContent content={content} line={line} />}
    </Dialog>
  );
}

function AttachmentContent({ content, line }: { readonly content: Content; readonly line: number | null }) {
  const { attachment, base64 } = content;
  if (attachment.kind === 'image') {
    return (
      <img
        src={`data:${attachment.mediaType};base64,${base64}`}
        alt={attachment.name}
        className="mx-auto max-h-[70dvh] max-w-full rounded-control"
      />
    );
  }
  return <NumberedText text={textFromBase64(base64)} line={line} />;
}

/** Lines shown on each side of the one that is looked for; a whole file of two megabytes would stop the page. */
const linesAround = 1_000;

function NumberedText({ text, line }: { readonly text: string; readonly line: number | null }) {
  const from = Math.max(0, (line ?? 1) - 1 - linesAround);
  const lines = text.split(/\r?\n/).slice(from, from + 2 * linesAround);
  return <NumberedLines lines={lines} from={from + 1} target={line} />;
}
