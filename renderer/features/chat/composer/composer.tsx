import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { AttachmentTray } from './attachment-tray.tsx';
import type { Attachments } from './use-attachments.ts';
import { useDraft } from './use-draft.ts';

interface ComposerProps {
  readonly draftKey: string;
  readonly agentName: string;
  readonly isRunning: boolean;
  readonly attachments: Attachments;
  /** Why the last message could not be sent. */
  readonly failure: Failure | null;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  /** Pickers beside the buttons. */
  readonly pickers: ReactNode;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

const acceptedFiles =
  'image/png,image/jpeg,image/webp,text/*,.md,.csv,.json,.xml,.yaml,.yml,.toml,.log,.ts,.tsx,.js,.py';

/** Where the person writes. Enter sends, but never a text that a link brought; Shift+Enter makes a line; what an input method still composes is not sent. */
export function Composer(props: ComposerProps) {
  const { draftKey, agentName, isRunning, attachments, failure, input, pickers, onSend, onStop } = props;
  const { t } = useTranslation();
  const [draft, change] = useDraft(draftKey);
  const isReady = draft.attachments.every(({ state }) => state.kind === 'ready');
  const isEmpty = draft.text.trim() === '' && draft.attachments.length === 0;
  const canSend = !isEmpty && isReady && !isRunning;
  // An Enter that was meant for something else must not send what a stranger wrote.
  const sendsByEnter = draft.linked === null;

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229)
      return;
    event.preventDefault();
    if (canSend && sendsByEnter) onSend();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  };

  return (
    <div className="rounded-[14px] border border-line bg-surface px-3.5 pt-3 pb-2.5 shadow-float transition-colors focus-within:border-accent/55">
      <FailureNote failure={failure} className="mb-2" />
      <AttachmentTray attachments={draft.attachments} onRemove={attachments.remove} />
      <textarea
        ref={input}
        aria-label={t('chat.messageTo', { agent: agentName })}
        placeholder={t('chat.messageTo', { agent: agentName })}
        aria-keyshortcuts="/"
        rows={1}
        dir="auto"
        value={draft.text}
        maxLength={limits.messageTextChars}
        onChange={(event) => change((before) => ({ ...before, text: event.target.value }))}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="field-sizing-content block max-h-[min(40dvh,22rem)] min-h-11 w-full resize-none bg-transparent outline-none"
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <AttachButton onFiles={attachments.add} />
        {pickers}
        <span className="ms-auto flex items-center gap-2">
          {!sendsByEnter && <span className="text-ink-2 text-tiny">{t('links.onlyByButton')}</span>}
          {isRunning && (
            <span className="hidden sm:inline">
              <Kbd>{t('chat.escStops')}</Kbd>
            </span>
          )}
          {isRunning ? (
            <Button icon={<Square className="fill-current" />} onClick={onStop} aria-keyshortcuts="Escape">
              {t('chat.stop')}
            </Button>
          ) : (
            <Button variant="primary" icon={<ArrowUp />} disabled={!canSend} onClick={onSend}>
              {t('chat.send')}
            </Button>
          )}
        </span>
      </div>
    </div>
  );
}

function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        icon={<Paperclip />}
        label={t('chat.attach')}
        onClick={() => picker.current?.click()}
      />
      <input
        ref={picker}
        type="file"
        multiple
        accept={acceptedFiles}
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
