import { useMemo, useRef } from 'react';
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

/** The acts of the sidebar; the same object between renders, so that the rows need not render again. */
export function useConversationActs(): ConversationActs {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  const show = useScreen((state) => state.show);
  const newChat = useScreen((state) => state.newChat);
  const screen = useScreen((state) => state.screen);
  const present = useRef(screen);
  present.current = screen;
  return useMemo(() => {
    const attempt = (work: () => Promise<unknown>) => {
      work().catch((error: unknown) => toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' }));
    };
    const open = (id: string) => show({ kind: 'chat', conversationId: id });
    const isShown = (id: string) => present.current.kind === 'chat' && present.current.conversationId === id;
    return {
      open,
      rename: (id, title) => attempt(() => client.call('conversations.update', { id, title })),
      pin: (id, isPinned) => attempt(() => client.call('conversations.update', { id, isPinned })),
      remove: ({ id, title }) =>
        attempt(async () => {
          await client.call('conversations.delete', { id });
          if (isShown(id)) newChat();
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
  }, [t, client, toasts, show, newChat]);
}
