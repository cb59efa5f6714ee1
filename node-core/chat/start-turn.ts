import { FailureError } from '../api/failures.ts';
import { titleFrom } from '../protocol/conversation-title.ts';
import type { AnswerRequest } from '../protocol/ports/answers.ts';
import type { ThreadNode } from '../protocol/thread-tree.ts';
import { type ChatContext, showConversation } from './chat-context.ts';
import { type ConversationRow, conversationView, requireConversation } from './conversation-store.ts';
import {
  attachmentsOf,
  type Database,
  insertAnswer,
  insertPrompt,
  readMessages,
  updateAnswer,
} from './message-store.ts';
import type { OpenThread } from './open-threads.ts';
import { promptHistory } from './prompt-history.ts';
import type { StoredAnswer } from './stored-message.ts';
import type { Claim } from './turn-runner.ts';

/** What the person typed. */
interface Prompt {
  readonly text: string;
  readonly attachmentIds: readonly string[];
}

/** What a turn begins with, decided from the tree. */
export type TurnPlan =
  /** A new prompt below `parentId`, and its answer; `answerId` where the answer's id was given out before. */
  | { readonly kind: 'prompt'; readonly parentId: string | null; readonly prompt: Prompt; readonly answerId?: string }
  /** Another answer below the prompt `parentId`. */
  | { readonly kind: 'answer'; readonly parentId: string }
  /** The answer `messageId` goes on. */
  | { readonly kind: 'continue'; readonly answer: StoredAnswer };

interface TurnIds {
  readonly userMessageId: string | null;
  readonly assistantMessageId: string;
}

/**
 * Starts the turn of a conversation: takes its one place, makes the plan, keeps prompt and queued answer in one
 * transaction, shows them, and only then has the answerer asked.
 */
export function startTurn(
  context: ChatContext,
  conversationId: string,
  makePlan: (thread: OpenThread, conversation: ConversationRow) => TurnPlan | Promise<TurnPlan>,
): Promise<TurnIds> {
  const { runner, queue, threads, storage } = context;
  return queue.run(conversationId, async () => {
    const claim = runner.claim(conversationId);
    let kept: Kept;
    try {
      const conversation = await requireConversation(storage.db, conversationId);
      if (context.agentName(conversation.agent_id) === null)
        throw new FailureError({ kind: 'not-found', what: 'agent' });
      if (context.takesModel(conversation.agent_id)) context.breaker.pass();
      const thread = await threads.get(conversationId);
      const plan = await makePlan(thread, conversation);
      kept = await keepTurn(context, { conversation, thread, plan });
    } catch (error) {
      runner.release(claim);
      // Somebody may have been shown the claim as a running turn.
      await showConversation(context, conversationId);
      throw error;
    }
    await showAndRun(context, claim, kept);
    return { userMessageId: kept.userMessageId, assistantMessageId: kept.answer.id };
  });
}

interface Kept {
  readonly thread: OpenThread;
  readonly conversation: ConversationRow;
  readonly nodes: readonly ThreadNode[];
  readonly userMessageId: string | null;
  readonly answer: StoredAnswer;
}

interface Beginning {
  readonly conversation: ConversationRow;
  readonly thread: OpenThread;
  readonly plan: TurnPlan;
}

async function keepTurn(context: ChatContext, beginning: Beginning): Promise<Kept> {
  const { thread, conversation, plan } = beginning;
  const { id: conversationId, agent_id: agentId } = conversation;
  const createdAt = context.clock.now();
  const userMessageId = plan.kind === 'prompt' ? context.ids() : null;
  const answerId = plan.kind === 'prompt' ? plan.answerId : undefined;
  const answer: StoredAnswer =
    plan.kind === 'continue'
      ? { ...plan.answer, state: { kind: 'queued' } }
      : newAnswer({
          id: answerId ?? context.ids(),
          conversationId,
          agentId,
          parentId: userMessageId ?? plan.parentId,
          createdAt,
        });
  await context.storage.db.transaction().execute(async (db) => {
    if (plan.kind === 'prompt' && userMessageId !== null) {
      await insertPrompt(db, { id: userMessageId, conversationId, createdAt, parentId: plan.parentId, ...plan.prompt });
    }
    if (plan.kind === 'continue') await updateAnswer(db, answer, null);
    else await insertAnswer(db, answer, '');
    const title = conversation.title === '' ? await firstTitle(db, plan, userMessageId) : conversation.title;
    await db
      .updateTable('conversations')
      .set({ leaf_id: answer.id, updated_at: createdAt, title })
      .where('id', '=', conversationId)
      .execute();
  });
  const nodes: ThreadNode[] = [];
  if (plan.kind === 'prompt' && userMessageId !== null) {
    nodes.push({ id: userMessageId, parentId: plan.parentId, role: 'user' });
  }
  nodes.push({ id: answer.id, parentId: answer.parentId, role: 'assistant' });
  return { thread, conversation, nodes, userMessageId, answer };
}

const newAnswer = (
  base: Pick<StoredAnswer, 'id' | 'conversationId' | 'agentId' | 'parentId' | 'createdAt'>,
): StoredAnswer => ({
  ...base,
  role: 'assistant',
  state: { kind: 'queued' },
  parts: [],
  provenance: null,
  timing: null,
});

/** A prompt of attachments alone gives the conversation the name of the first one. */
async function firstTitle(db: Database, plan: TurnPlan, messageId: string | null): Promise<string> {
  if (plan.kind !== 'prompt' || messageId === null) return '';
  const title = titleFrom(plan.prompt.text);
  if (title !== '') return title;
  return titleFrom((await attachmentsOf(db, [messageId])).get(messageId)?.[0]?.name ?? '');
}

async function showAndRun(context: ChatContext, claim: Claim, kept: Kept): Promise<void> {
  const { threads, runner } = context;
  const { thread, nodes, answer, conversation } = kept;
  threads.grow(thread, nodes, answer.id);
  // Live before it is shown, and shown before it begins: whoever gets a token knows the message it belongs to.
  runner.prepare(claim, answer, () => makeRequest(context, thread, conversation, answer.id));
  try {
    await threads.showBranch(thread);
    threads.showAnswer(conversation.id, answer.id, { kind: 'message' });
    await showConversation(context, conversation.id);
  } finally {
    runner.begin(claim);
  }
}

/** What the turn before has not ended is waited for, so that nothing is done twice; throws `deed-running` if it goes on. */
async function makeRequest(
  { storage, deeds }: ChatContext,
  thread: OpenThread,
  conversation: ConversationRow,
  answerId: string,
): Promise<AnswerRequest> {
  if (!(await deeds.whenIdle(conversation.id))) throw new FailureError({ kind: 'deed-running' });
  const branch = await readMessages(storage.db, thread.tree.pathTo(answerId));
  const { model, parameters } = conversationView(conversation, true);
  return {
    conversationId: conversation.id,
    messageId: answerId,
    agentId: conversation.agent_id,
    model,
    modelChosenBy: 'chat',
    parameters,
    ...promptHistory(branch),
  };
}
