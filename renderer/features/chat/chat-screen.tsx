import type { ReactNode } from 'react';
import { useScreen } from '../../screen.tsx';
import { Conversation } from './conversation.tsx';
import { NewConversation } from './new-conversation.tsx';

interface ChatScreenProps {
  /** `null`: a new one. */
  readonly conversationId: string | null;
  /** Opens the sidebar where there is no room for it. */
  readonly menuButton: ReactNode;
}

/** Where the person and an agent write to each other. */
export function ChatScreen({ conversationId, menuButton }: ChatScreenProps) {
  const newChats = useScreen((state) => state.newChats);
  if (conversationId === null) return <NewConversation key={newChats} menuButton={menuButton} />;
  return <Conversation key={conversationId} id={conversationId} menuButton={menuButton} />;
}
