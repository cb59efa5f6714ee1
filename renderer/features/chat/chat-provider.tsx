import { createContext, type ReactNode, useContext, useState } from 'react';
import { createDraftStore, type DraftStore } from './composer/draft-store.ts';
import { Highlighter } from './markdown/highlighter.ts';
import { startHighlightWorker } from './markdown/start-highlight-worker.ts';

/** What the chat keeps while other screens are shown. */
export interface ChatState {
  readonly drafts: DraftStore;
  readonly highlighter: Highlighter;
}

const ChatContext = createContext<ChatState | null>(null);

interface ChatProviderProps {
  /** Where drafts outlive the page, `null` where the browser has no such place. */
  readonly storage: Storage | null;
  readonly children: ReactNode;
}

/** Hands the chat's state to everything below it. */
export function ChatProvider({ storage, children }: ChatProviderProps) {
  const [state] = useState<ChatState>(() => ({
    drafts: createDraftStore(storage),
    highlighter: new Highlighter(startHighlightWorker),
  }));
  return <ChatContext value={state}>{children}</ChatContext>;
}

/** The chat's state. */
export function useChat(): ChatState {
  const state = useContext(ChatContext);
  if (!state) throw new Error('outside of a ChatProvider');
  return state;
}
