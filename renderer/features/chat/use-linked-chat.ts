import { useEffect } from 'react';
import { useShell, useShellView } from '../../rpc/shell-provider.tsx';
import { useScreen } from '../../screen.tsx';
import { useChat } from './chat-provider.tsx';
import { newConversationKey } from './composer/draft-store.ts';
import { withLinked } from './composer/linked-part.ts';

/**
 * Opens a new chat with what a link brought. It waits in the shell until it is in the draft, and it is told from what is
 * there already by its id, so that neither a reload nor a late answer loses it or adds it twice. Never sends anything.
 * @param canOpen false while something else, such as the welcome, must be done first
 */
export function useLinkedChat(canOpen: boolean): void {
  const shell = useShell();
  const linked = useShellView()?.linkedChat ?? null;
  const { drafts } = useChat();
  const newChat = useScreen((state) => state.newChat);
  useEffect(() => {
    if (!shell || !linked || !canOpen) return;
    const isThere = drafts.getState().drafts[newConversationKey]?.linked?.id === linked.id;
    if (!isThere) {
      drafts.getState().change(newConversationKey, (draft) => withLinked(draft, linked));
      newChat(linked.agentId);
    }
    // If the shell does not hear it, it shows the same link again, which changes nothing.
    shell.call('linkedChat.taken', { id: linked.id }).catch(() => undefined);
  }, [shell, linked, canOpen, drafts, newChat]);
}
