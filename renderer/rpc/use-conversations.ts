import type { ConversationView } from '../../node-core/api/conversation-views.ts';
import { useFolded } from './use-watched.ts';
import type { Fold, Watched } from './watch-cache.ts';

type Conversations = readonly ConversationView[];

/** Keeps the list of conversations: newest change first, as the node gives it. */
export const foldConversations: Fold<'conversations.watch', Conversations> = (known, item) => {
  switch (item.kind) {
    case 'all':
      return item.conversations;
    case 'changed':
      return [item.conversation, ...(known ?? []).filter(({ id }) => id !== item.conversation.id)].sort(
        (a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1),
      );
    case 'removed':
      return (known ?? []).filter(({ id }) => id !== item.id);
  }
};

/** All conversations, newest change first. */
export function useConversations(): Watched<Conversations> {
  return useFolded('conversations.watch', {}, 'list', foldConversations);
}
