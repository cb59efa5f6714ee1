import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limits, type UserMessageView } from '../../../../node-core/api/conversation-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';

interface EditPromptProps {
  readonly message: UserMessageView;
  readonly onDone: () => void;
}

/** Another version of a prompt; the old one stays reachable beside it. What is typed stays until it was accepted. */
export function EditPrompt({ message, onDone }: EditPromptProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(message.text);
  const { run, isRunning, failure } = useCall('thread.edit');
  const isEmpty = text.trim() === '' && message.attachments.length === 0;
  const send = async () => {
    if (isEmpty || isRunning) return;
    const outcome = await run({ messageId: message.id, text, attachmentIds: message.attachments.map(({ id }) => id) });
    if (outcome.isOk) onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onDone();
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <div className="rounded-[14px] border border-line bg-surface p-3 shadow-near">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit
        autoFocus
        aria-label={t('chat.editedMessage')}
        value={text}
        maxLength={limits.messageTextChars}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-80 min-h-12 w-full resize-none bg-transparent outline-none"
      />
      <FailureNote failure={failure} className="mb-2" />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="me-auto text-ink-3 text-tiny">{t('chat.editHint')}</span>
        <Button variant="quiet" size="sm" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button variant="primary" size="sm" disabled={isEmpty} isBusy={isRunning} onClick={() => void send()}>
          {t('chat.send')}
        </Button>
      </div>
    </div>
  );
}
