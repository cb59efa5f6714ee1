import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useChat } from '../chat-provider.tsx';
import { type Draft, emptyDraft } from './draft-store.ts';

/** The draft of a conversation and what changes it. */
export function useDraft(key: string): readonly [Draft, (change: (draft: Draft) => Draft) => void] {
  const { drafts } = useChat();
  const draft = useStore(drafts, (state) => state.drafts[key] ?? emptyDraft);
  const change = useCallback((next: (draft: Draft) => Draft) => drafts.getState().change(key, next), [drafts, key]);
  return [draft, change];
}
