import type { CallArgument, CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import { type ChatContext, showConversation } from './chat-context.ts';
import { conversationView, noParameters, requireConversation } from './conversation-store.ts';
import { trashKeptMs } from './purge.ts';

type ConversationCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `conversations.${string}`>>;

/** Answers `conversations.*`. */
export function createConversationHandlers(context: ChatContext): {
  readonly calls: ConversationCalls;
  readonly subscriptions: Pick<SubscriptionHandlers, 'conversations.watch'>;
} {
  const { list } = context;
  return {
    calls: {
      'conversations.create': (input) => create(context, input),
      'conversations.update': async (input) => {
        await update(context, input);
        return show(context, input.id);
      },
      'conversations.delete': async ({ id }) => {
        await remove(context, id);
        return {};
      },
      'conversations.restore': async ({ id }) => {
        await restore(context, id);
        return show(context, id);
      },
    },
    subscriptions: { 'conversations.watch': (_, sink) => list.watch(sink) },
  };
}

async function show(context: ChatContext, id: string) {
  const row = await requireConversation(context.storage.db, id);
  await showConversation(context, id);
  return conversationView(row, context.runner.isRunning(id));
}

async function create(context: ChatContext, { agentId, model }: CallArgument<'conversations.create'>) {
  const { storage, clock, ids } = context;
  const id = ids();
  const now = clock.now();
  const agent = agentId ?? (await context.defaultAgentId());
  requireAgent(context, agent);
  await storage.db
    .insertInto('conversations')
    .values({
      id,
      title: '',
      agent_id: agent,
      model,
      parameters_json: JSON.stringify(noParameters),
      is_pinned: 0,
      created_at: now,
      updated_at: now,
      leaf_id: null,
      deleted_at: null,
    })
    .execute();
  return show(context, id);
}

function requireAgent({ agentExists }: ChatContext, agentId: string): void {
  if (!agentExists(agentId)) throw new FailureError({ kind: 'not-found', what: 'agent' });
}

/** Names, pins and choices; the time of the last change stays, so that the list keeps its order. */
async function update(context: ChatContext, input: CallArgument<'conversations.update'>): Promise<void> {
  const { db } = context.storage;
  await requireConversation(db, input.id);
  if (input.agentId !== undefined) requireAgent(context, input.agentId);
  const columns = {
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.isPinned === undefined ? {} : { is_pinned: input.isPinned ? 1 : 0 }),
    ...(input.agentId === undefined ? {} : { agent_id: input.agentId }),
    ...(input.model === undefined ? {} : { model: input.model }),
    ...(input.parameters === undefined ? {} : { parameters_json: JSON.stringify(input.parameters) }),
  };
  if (Object.keys(columns).length === 0) return;
  await db.updateTable('conversations').set(columns).where('id', '=', input.id).execute();
}

async function remove(context: ChatContext, id: string): Promise<void> {
  const { storage, list, runner, queue, clock } = context;
  await queue.run(id, async () => {
    await requireConversation(storage.db, id);
    await runner.stop(id);
    await storage.db.updateTable('conversations').set({ deleted_at: clock.now() }).where('id', '=', id).execute();
    list.removed(id);
  });
}

async function restore({ storage, queue, clock }: ChatContext, id: string): Promise<void> {
  await queue.run(id, async () => {
    await storage.db
      .updateTable('conversations')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('deleted_at', '>=', clock.now() - trashKeptMs)
      .execute();
  });
}
