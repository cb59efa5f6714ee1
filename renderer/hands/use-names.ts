import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConversations } from '../rpc/use-conversations.ts';
import { useWatched } from '../rpc/use-watched.ts';

/** What agents and chats are called now. */
export interface Names {
  agent(id: string): string;
  /** `null`: it was deleted. */
  chat(id: string): string | null;
}

/** The names of agents and chats, also of those that are gone. */
export function useNames(): Names {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {}).value;
  const conversations = useConversations().value;
  return useMemo(() => {
    const agentNames = new Map((agents ?? []).map(({ id, name }) => [id, name]));
    const titles = new Map((conversations ?? []).map(({ id, title }) => [id, title || t('sidebar.untitled')]));
    return {
      agent: (id) => agentNames.get(id) ?? t('chat.removedAgent'),
      chat: (id) => titles.get(id) ?? null,
    };
  }, [agents, conversations, t]);
}
