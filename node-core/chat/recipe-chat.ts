import type { ConversationView } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import type { RecipeChat } from '../protocol/ports/recipe-chat.ts';
import type { ChatContext } from './chat-context.ts';
import { placeOf, readMessages } from './message-store.ts';
import { promptHistory } from './prompt-history.ts';
import { startTurn } from './start-turn.ts';

const otherAgent = { kind: 'invalid-input', field: 'the conversation', reason: 'one with another agent' } as const;

/** What recipes need of the chat. @param create makes a conversation with that agent */
export function createRecipeChat(
  context: ChatContext,
  create: (agentId: string) => Promise<Pick<ConversationView, 'id'>>,
): RecipeChat {
  const { storage, runner } = context;
  return {
    endedAnswer: async (messageId) => {
      const place = await placeOf(storage.db, messageId);
      const [answer, prompt] = await readMessages(storage.db, [messageId, place.parent_id ?? messageId]);
      if (answer?.role !== 'assistant' || prompt?.role !== 'user' || answer.state.kind !== 'complete') return null;
      const entry = promptHistory([answer]).history[0];
      return {
        agentId: answer.agentId,
        prompt: prompt.text,
        parts: entry?.role === 'assistant' ? entry.parts : [],
        modelCalls: answer.timing?.modelCalls ?? null,
      };
    },
    begin: async ({ conversationId, agentId, text, answerId }) => {
      if (context.takesModel(agentId)) context.breaker.pass();
      const id = conversationId ?? (await create(agentId)).id;
      await startTurn(context, id, (thread, { agent_id }) => {
        // The agent of the conversation answers in it, with its own tools and permissions.
        if (agent_id !== agentId) throw new FailureError(otherAgent);
        const parentId = thread.branch.ids.at(-1) ?? null;
        return { kind: 'prompt', parentId, prompt: { text, attachmentIds: [] }, answerId };
      });
      return { conversationId: id };
    },
    isRunning: (conversationId) => runner.isRunning(conversationId),
  };
}
