import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import type { ChatContext } from './chat-context.ts';
import { requireConversation } from './conversation-store.ts';
import { deleteMessage, restoreMessage } from './message-deletion.ts';
import { placeOf, readMessages } from './message-store.ts';
import type { OpenThread } from './open-threads.ts';
import { startTurn, type TurnPlan } from './start-turn.ts';
import type { StoredAnswer } from './stored-message.ts';

type ThreadCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `thread.${string}`>>;

/** Answers `thread.*`. */
export function createThreadHandlers(context: ChatContext): {
  readonly calls: ThreadCalls;
  readonly subscriptions: Pick<SubscriptionHandlers, 'thread.watch'>;
} {
  const { storage, threads, runner } = context;
  return {
    calls: {
      'thread.send': async ({ conversationId, ...prompt }) => {
        requireContent(prompt);
        return startTurn(context, conversationId, (thread) => {
          return { kind: 'prompt', parentId: thread.branch.ids.at(-1) ?? null, prompt };
        });
      },
      'thread.edit': async ({ messageId, ...prompt }) => {
        requireContent(prompt);
        const place = await placeOf(storage.db, messageId);
        if (place.role !== 'user') throw new FailureError({ kind: 'not-found', what: 'message' });
        return startTurn(context, place.conversation_id, (thread) => {
          requireVisible(thread, messageId);
          return { kind: 'prompt', parentId: place.parent_id, prompt };
        });
      },
      'thread.retry': async ({ messageId }) => {
        const place = await placeOf(storage.db, messageId);
        const parentId = place.role === 'user' ? messageId : place.parent_id;
        if (parentId === null) throw new FailureError({ kind: 'not-found', what: 'message' });
        return startTurn(context, place.conversation_id, (thread) => {
          requireVisible(thread, messageId);
          return { kind: 'answer', parentId };
        });
      },
      'thread.continue': ({ messageId }) => continueAnswer(context, messageId),
      'thread.stop': async ({ conversationId }) => {
        await runner.stop(conversationId);
        return {};
      },
      'thread.choose': ({ messageId }) => choose(context, messageId),
      'thread.page': async ({ conversationId, from, count }) => {
        await requireConversation(storage.db, conversationId);
        const thread = await threads.get(conversationId);
        return threads.page(
          thread,
          () => ({ from, count }),
          (page) => page,
        );
      },
      'thread.delete': async ({ messageId }) => {
        await deleteMessage(context, messageId);
        return {};
      },
      'thread.restore': async ({ messageId }) => {
        await restoreMessage(context, messageId);
        return {};
      },
    },
    subscriptions: { 'thread.watch': ({ conversationId }, sink) => threads.watch(conversationId, sink) },
  };
}

function requireContent({ text, attachmentIds }: { readonly text: string; readonly attachmentIds: readonly string[] }) {
  if (text.trim() !== '' || attachmentIds.length > 0) return;
  throw new FailureError({ kind: 'invalid-input', field: 'text', reason: 'empty' });
}

/** A message may have been deleted while the call waited for its turn. */
function requireVisible({ tree }: OpenThread, messageId: string): void {
  if (tree.get(messageId) === null) throw new FailureError({ kind: 'not-found', what: 'message' });
}

/** An answer can go on if it ended before it was complete and nothing follows it. */
async function continueAnswer(context: ChatContext, messageId: string) {
  const { storage } = context;
  const place = await placeOf(storage.db, messageId);
  return startTurn(context, place.conversation_id, async (thread): Promise<TurnPlan> => {
    requireVisible(thread, messageId);
    const [answer] = await readMessages(storage.db, [messageId]);
    if (answer?.role !== 'assistant') throw new FailureError({ kind: 'not-found', what: 'message' });
    if (isComplete(answer) || thread.tree.childrenOf(messageId).length > 0) {
      throw new FailureError({ kind: 'turn-ended' });
    }
    return { kind: 'continue', answer };
  });
}

const isComplete = ({ state }: StoredAnswer): boolean => state.kind === 'complete' && state.reason === 'complete';

/** Shows the branch of a message, down to the newest message under it; one that is shown already stays as it is. */
async function choose(context: ChatContext, messageId: string): Promise<{ index: number }> {
  const { storage, threads, queue } = context;
  const place = await placeOf(storage.db, messageId);
  return queue.run(place.conversation_id, async () => {
    const thread = await threads.get(place.conversation_id);
    requireVisible(thread, messageId);
    if (thread.branch.indexOf(messageId) === null) {
      const leafId = thread.tree.newestUnder(messageId);
      await storage.db
        .updateTable('conversations')
        .set({ leaf_id: leafId })
        .where('id', '=', place.conversation_id)
        .execute();
      threads.follow(thread, leafId);
      await threads.showBranch(thread);
    }
    const index = thread.branch.indexOf(messageId);
    if (index === null) throw new FailureError({ kind: 'not-found', what: 'message' });
    return { index };
  });
}
