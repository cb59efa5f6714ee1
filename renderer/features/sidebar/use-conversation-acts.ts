import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../node-core/api/conversation-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';
import { useScreen } from '../../screen.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** What can be done with a conversation from the sidebar. Failures are said in a toast. */
export interface ConversationActs {
  open(id: string): void;
  rename(id: string, title: string): void;
  pin(id: string, isPinned: boolean): void;
  /** Takes it out of view; the toast brings it back. */
  remove(conversation: ConversationView): void;
}

/** The acts of the sidebar. */
export function useConversationActs(): ConversationActs {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  const show = useScreen((state) => state.show);
  const newChat = useScreen((state) => state.newChat);
  const screen = useScreen((state) => state.screen);
  const attempt = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' }));
  };
  const open = (id: string) => show({ kind: 'chat', conversationId: id });
  return {
    open,
    rename: (id, title) => attempt(() => client.call('conversations.update', { id, title })),
    pin: (id, isPinned) => attempt(() => client.call('conversations.update', { id, isPinned })),
    remove: ({ id, title }) =>
      attempt(async () => {
        await client.call('conversations.delete', { id });
        if (screen.kind === 'chat' && screen.conversationId === id) newChat();
        const undo = () =>
          attempt(async () => {
            await client.call('conversations.restore', { id });
            open(id);
          });
        toasts.show({
          text: t('sidebar.deleted', { title: title || t('sidebar.untitled') }),
          action: { label: t('sidebar.undo'), run: undo },
        });
      }),
  };
}
