import { useTranslation } from 'react-i18next';
import { useScreen } from '../screen.tsx';
import type { Names } from './use-names.ts';

interface ChatLinkProps {
  readonly conversationId: string;
  /** The answer to bring into view; `null`: the end of the chat. */
  readonly messageId: string | null;
  readonly names: Names;
}

/** Leads to the chat in which something was done; says so where that is gone. */
export function ChatLink({ conversationId, messageId, names }: ChatLinkProps) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const showMessage = useScreen((state) => state.showMessage);
  const title = names.chat(conversationId);
  if (title === null) return t('hands.deletedChat');
  return (
    <button
      type="button"
      dir="auto"
      className="rounded-tag text-start text-accent underline underline-offset-2 [overflow-wrap:anywhere] hover:text-accent-strong"
      onClick={() =>
        messageId === null ? show({ kind: 'chat', conversationId }) : showMessage(conversationId, messageId)
      }
    >
      {title}
    </button>
  );
}
