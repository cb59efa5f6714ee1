import type { MessagePart } from '../api/conversation-views.ts';
import { toolOutcomeSchema } from '../api/conversation-views.ts';
import type { LateEnd, UndoneDeed } from '../protocol/ports/deed-records.ts';
import type { ChatContext } from './chat-context.ts';
import { readMessages, updateAnswer } from './message-store.ts';

type ToolPart = Extract<MessagePart, { kind: 'tool' }>;
type Shown = Pick<ChatContext, 'storage' | 'runner' | 'threads'>;

/**
 * Shows what becomes of deeds after they were done: taken back by the person, or ended after their answer had. It is kept
 * where it was done, whether that answer is at work or ended. Returns what ends it.
 */
export function showDeeds(context: Shown & Pick<ChatContext, 'deeds'>): () => void {
  const ends = [
    context.deeds.onUndone((undone) => showUndone(context, undone)),
    context.deeds.onEndedLate((late) => showLateEnd(context, late)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

async function showUndone(context: Shown, undone: UndoneDeed): Promise<void> {
  const { conversationId, messageId, callId, undo } = undone;
  if (context.runner.noteUndo(messageId, callId, undo)) {
    context.threads.showAnswer(conversationId, messageId, { kind: 'message' });
    return;
  }
  if (await keepPart(context, undone, (part) => ({ ...part, undo })))
    await context.threads.showStored(conversationId, messageId);
}

/** Also what is stored changes at once: an answer that is about to go on is told from there. */
async function showLateEnd(context: Shown, late: LateEnd): Promise<void> {
  const { conversationId, messageId, callId, end } = late;
  const isLive = context.runner.noteEnd(messageId, callId, end);
  const outcome = toolOutcomeSchema.parse(end.outcome);
  const undo = end.canUndo ? ('possible' as const) : ('none' as const);
  const isKept = await keepPart(context, late, (part) => ({ ...part, outcome, undo }));
  if (isLive) context.threads.showAnswer(conversationId, messageId, { kind: 'message' });
  else if (isKept) await context.threads.showStored(conversationId, messageId);
}

/** @returns whether there is such an answer */
function keepPart(
  { storage }: Shown,
  { messageId, callId }: Pick<UndoneDeed, 'messageId' | 'callId'>,
  change: (part: ToolPart) => ToolPart,
): Promise<boolean> {
  return storage.db.transaction().execute(async (db) => {
    const [message] = await readMessages(db, [messageId]);
    if (message?.role !== 'assistant') return false;
    const parts = message.parts.map((part) => (part.kind === 'tool' && part.callId === callId ? change(part) : part));
    await updateAnswer(db, { ...message, parts }, null);
    return true;
  });
}
