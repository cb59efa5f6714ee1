import type { AgentView } from '../../../node-core/api/agent-views.ts';
import type { ConversationView, SearchHit } from '../../../node-core/api/conversation-views.ts';

/** One line of the search's results. */
export type SearchEntry =
  | { readonly kind: 'agent'; readonly key: string; readonly agent: AgentView }
  | { readonly kind: 'conversation'; readonly key: string; readonly conversation: ConversationView }
  | { readonly kind: 'message'; readonly key: string; readonly hit: SearchHit };

const mostPerKind = 6;

const matches = (text: string, words: readonly string[]): boolean => {
  const lower = text.toLocaleLowerCase();
  return words.every((word) => lower.includes(word));
};

/**
 * What to show for a query: agents and conversations whose name has all its words, then the messages that were found.
 * Without a query the newest conversations.
 */
export function searchEntries(
  query: string,
  agents: readonly AgentView[],
  conversations: readonly ConversationView[],
  hits: readonly SearchHit[],
): readonly SearchEntry[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const named = conversations.filter(({ title }) => matches(title, words)).slice(0, mostPerKind);
  const known = words.length === 0 ? [] : agents.filter(({ name }) => matches(name, words)).slice(0, mostPerKind);
  return [
    ...known.map((agent) => ({ kind: 'agent' as const, key: `agent-${agent.id}`, agent })),
    ...named.map((conversation) => ({
      kind: 'conversation' as const,
      key: `conversation-${conversation.id}`,
      conversation,
    })),
    ...hits.map((hit) => ({ kind: 'message' as const, key: `message-${hit.messageId}`, hit })),
  ];
}
