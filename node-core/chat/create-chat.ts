import type { CallHandlers, SubscriptionHandlers } from '../api/contract.ts';
import type { ChatReader } from '../protocol/ports/chat-reader.ts';
import type { RecipeChat } from '../protocol/ports/recipe-chat.ts';
import type { AnswerDraft } from './answer-draft.ts';
import { createAttachmentHandlers } from './attachment-handlers.ts';
import { type ChatContext, type ChatOptions, showConversation } from './chat-context.ts';
import { createChecklistHandlers } from './checklist-handlers.ts';
import { mergeAgentsChecklist } from './checklist-store.ts';
import { createConversationHandlers } from './conversation-handlers.ts';
import { ConversationList } from './conversation-list.ts';
import { createChatReader } from './create-chat-reader.ts';
import { createExportHandlers } from './export-handlers.ts';
import { createImportHandlers } from './import-handlers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { updateAnswer } from './message-store.ts';
import { OpenThreads } from './open-threads.ts';
import { purge } from './purge.ts';
import { createRecipeChat } from './recipe-chat.ts';
import { recoverTurns } from './recover.ts';
import { createSearchHandlers } from './search-handlers.ts';
import { showDeeds } from './show-deeds.ts';
import { plainText } from './stored-message.ts';
import { createThreadHandlers } from './thread-handlers.ts';
import type { Turn } from './turn.ts';
import { TurnRunner } from './turn-runner.ts';

/** How often what was deleted long ago is removed for good while the node runs, ms. */
const purgeEveryMs = 24 * 60 * 60 * 1000;

type ChatArea = 'conversations' | 'thread' | 'attachments' | 'checklist' | 'search' | 'exports' | 'imports';

/** Conversations, turns, search, export and import. */
export interface Chat {
  readonly handlers: {
    readonly calls: Pick<CallHandlers, Extract<keyof CallHandlers, `${ChatArea}.${string}`>>;
    readonly subscriptions: Pick<SubscriptionHandlers, Extract<keyof SubscriptionHandlers, `${ChatArea}.${string}`>>;
  };
  readonly reader: ChatReader;
  /** For recipes: answers that were given, and turns that a recipe answers. */
  readonly recipes: RecipeChat;
  /** Turns that are about to start, wait, or run. */
  runningTurns(): number;
  /** Once, before the first call: what the last process left unfinished, and what was deleted long ago. */
  recover(): Promise<void>;
  /** Ends every turn as interrupted, with what it had said. */
  stop(): Promise<void>;
}

/** Puts the chat together. */
export function createChat(options: ChatOptions): Chat {
  const { storage, clock, log } = options;
  const context = createContext(options);
  const { threads, list, runner } = context;
  const stopListening = storage.onReplaced(async () => {
    await recoverTurns(storage, options.deeds);
    await threads.reset();
    await list.reset();
  });
  const endTrips = options.breaker.onTrip(() => {
    // The end of each is durable by itself; nobody waits here.
    void runner.stopWhere(options.takesModel);
  });
  const purging = clock.every(purgeEveryMs, () => {
    purge(storage, clock, log).catch((error: unknown) => log.error({ error }, 'Old rubbish could not be removed.'));
  });
  const endDeeds = showDeeds(context);
  const imports = createImportHandlers(context);
  const conversations = createConversationHandlers(context);
  const thread = createThreadHandlers(context);

  return {
    handlers: {
      calls: {
        ...conversations.calls,
        ...thread.calls,
        ...createAttachmentHandlers(context).calls,
        ...createChecklistHandlers(context).calls,
        ...createSearchHandlers(storage).calls,
        ...createExportHandlers(context).calls,
        ...imports.calls,
      },
      subscriptions: { ...conversations.subscriptions, ...thread.subscriptions },
    },
    reader: createChatReader(storage),
    recipes: createRecipeChat(context, async (agentId) =>
      conversations.calls['conversations.create']({ agentId, model: null }),
    ),
    runningTurns: () => runner.count(),
    recover: async () => {
      const turns = await recoverTurns(storage, options.deeds);
      if (turns > 0) log.warn({ turns }, 'Found turns that the last run did not finish.');
      await purge(storage, clock, log);
    },
    stop: async () => {
      purging.cancel();
      imports.stop();
      stopListening();
      endTrips();
      endDeeds();
      await runner.stopAll();
    },
  };
}

function createContext(options: ChatOptions): ChatContext {
  const { storage, answerer, clock, log, ids } = options;
  const queue = new KeyedQueue();
  const threads = new OpenThreads(storage, {
    isRunning: (id) => runner.isRunning(id),
    isBusy: (id) => runner.isRunning(id) || queue.has(id),
    live: (messageId) => runner.live(messageId),
  });
  const list = new ConversationList(storage, (id) => runner.isRunning(id));
  const runner: TurnRunner = new TurnRunner({
    answerer,
    clock,
    log,
    ids,
    show: (draft, change) => {
      try {
        threads.showAnswer(draft.conversationId, draft.id, change);
      } catch (error) {
        // A watcher that fails must not take the turn along.
        log.error({ error, messageId: draft.id }, 'A change of an answer could not be shown.');
      }
    },
    keep: (draft) => updateAnswer(storage.db, draft.snapshot(), null),
    keepEnd: (draft) => keepEnd(options, draft),
    ended: (turn) => showEnd({ storage, list, threads, log }, turn),
  });
  return { ...options, threads, list, runner, queue };
}

/** The answer, what it leaves behind, and the conversation's time of the last change, all or nothing. */
async function keepEnd({ storage, clock, ids, deeds }: ChatOptions, draft: AnswerDraft): Promise<void> {
  for (const callId of draft.unsettledCalls) {
    const end = await deeds.endOf(callId);
    if (end) draft.settle(callId, end);
  }
  await storage.db.transaction().execute(async (db) => {
    // As it stands now: the end of a deed may have been noted while this waited.
    const answer = draft.snapshot();
    await updateAnswer(db, answer, plainText(answer.parts));
    if (draft.checklist) await mergeAgentsChecklist(db, draft.conversationId, draft.checklist, ids);
    await db
      .updateTable('conversations')
      .set({ updated_at: clock.now() })
      .where('id', '=', draft.conversationId)
      .execute();
  });
}

async function showEnd(
  context: Pick<ChatContext, 'storage' | 'list' | 'threads' | 'log'>,
  { draft }: Turn,
): Promise<void> {
  try {
    if (draft.checklist) await context.threads.showChecklist(draft.conversationId);
    await showConversation(context, draft.conversationId);
  } catch (error) {
    context.log.error({ error, messageId: draft.id }, 'The end of a turn could not be shown.');
  }
}
