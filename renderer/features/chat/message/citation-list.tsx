import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessagePart } from '../../../../node-core/api/conversation-views.ts';
import { FileLinesDialog, type FilePlace } from '../../../file-lines-dialog.tsx';
import { useScreen } from '../../../screen.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';
import { AttachmentViewer } from './attachment-viewer.tsx';

type Citation = Extract<MessagePart, { kind: 'citations' }>['citations'][number];

interface Looked {
  readonly attachmentId: string;
  readonly line: number;
}

/** The quotations of an answer, each compared with its source; a press leads there. */
export function CitationList({ citations }: { readonly citations: readonly Citation[] }) {
  const { t } = useTranslation();
  const showMessage = useScreen((state) => state.showMessage);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [file, setFile] = useState<FilePlace | null>(null);
  if (citations.length === 0) return null;
  const found = citations.filter(({ isFound }) => isFound).length;
  const open = ({ source }: Citation) => {
    if (source.kind === 'message') showMessage(source.conversationId, source.messageId);
    if (source.kind === 'file') setFile({ path: source.path, line: source.line });
    if (source.kind === 'attachment') setLooked({ attachmentId: source.attachmentId, line: source.line });
  };
  return (
    <section aria-label={t('chat.citations')} className="rounded-card border border-line bg-surface px-3.5 py-2.5">
      <p className="font-semibold text-small">{t('chat.citationsFound', { found, count: citations.length })}</p>
      <ol className="mt-1.5 grid gap-1">
        {citations.map((citation, place) => (
          // The list never changes once it is there.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place} className="flex items-start gap-2.5">
            <StatusGlyph status={citation.isFound ? 'ok' : 'warn'} className="mt-1" />
            <OneCitation citation={citation} onOpen={() => open(citation)} />
          </li>
        ))}
      </ol>
      <AttachmentViewer
        attachmentId={looked?.attachmentId ?? null}
        line={looked?.line ?? null}
        onClose={() => setLooked(null)}
      />
      <FileLinesDialog place={file} onClose={() => setFile(null)} />
    </section>
  );
}

function OneCitation({ citation, onOpen }: { readonly citation: Citation; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { source, isFound } = citation;
  const verdict = t(isFound ? 'chat.citationFound' : 'chat.citationNotFound');
  const words = (
    <>
      <q className="line-clamp-3 [overflow-wrap:anywhere]">{citation.quotation}</q>
      <span className="block text-ink-2 text-small">
        {sourceLabel(t, source)} · {verdict}
      </span>
    </>
  );
  if (source.kind === 'unknown') return <div className="min-w-0 flex-1 px-1.5 py-0.5">{words}</div>;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="min-w-0 flex-1 rounded-control px-1.5 py-0.5 text-start hover:bg-sunken"
    >
      {words}
    </button>
  );
}

function sourceLabel(t: TFunction, source: Citation['source']): string {
  switch (source.kind) {
    case 'file':
      if (source.page !== undefined) return t('chat.citationOnPage', { name: source.name, page: source.page });
      return t('chat.citationInFile', { name: source.name, line: source.line });
    case 'attachment':
      return t('chat.citationInFile', { name: source.name, line: source.line });
    case 'message':
      return t('chat.citationInMessage', { line: source.line });
    case 'unknown':
      return source.label;
  }
}
