import { ThreadTree } from '../protocol/thread-tree.ts';
import { checklistView, readChecklist } from './checklist-store.ts';
import { findConversation } from './conversation-store.ts';
import type { ExportPlace } from './export-cursor.ts';
import {
  countMessages,
  type ExportFormat,
  type ExportScope,
  type ExportStep,
  nextConversation,
} from './export-steps.ts';
import { markdownChecklist, markdownMessage, markdownTime } from './markdown-text.ts';
import { readMessages, readTree } from './message-store.ts';

/** Messages of one step. */
const messagesAtOnce = 50;

/** For reading: the shown branch of each conversation, with the names of attachments and of who answered. */
export const markdownExport: ExportFormat = {
  head: () => '',
  step: (scope, place) => {
    switch (place.at) {
      case 'conversation':
        return conversationStep(scope, place);
      case 'messages':
        return messagesStep(scope, place);
      default:
        return Promise.resolve({ text: '', next: null });
    }
  },
};

type At<Kind extends ExportPlace['at']> = Extract<ExportPlace, { at: Kind }>;

async function conversationStep(scope: ExportScope, { id, isFirst, done }: At<'conversation'>): Promise<ExportStep> {
  const row = await findConversation(scope.db, id);
  if (!row) return { text: '', next: await nextConversation(scope, id, done) };
  const title = row.title === '' ? 'Untitled conversation' : row.title;
  const about = `Exported from Nunba on ${markdownTime(scope.at)}. Begun ${markdownTime(row.created_at)}.`;
  const text = `${isFirst ? '' : '---\n\n'}# ${title}\n\n${about}\n\n`;
  return { text, next: { at: 'messages', id, after: 0, done } };
}

async function messagesStep(scope: ExportScope, { id, after, done }: At<'messages'>): Promise<ExportStep> {
  const { db } = scope;
  const row = await findConversation(db, id);
  const branch = row ? new ThreadTree(await readTree(db, id)).pathTo(row.leaf_id) : [];
  const messages = await readMessages(db, branch.slice(after, after + messagesAtOnce));
  const text = messages.map((message) => markdownMessage(message, scope.agentName)).join('');
  const reached = after + messagesAtOnce;
  if (reached < branch.length) return { text, next: { at: 'messages', id, after: reached, done } };
  const checklist = checklistView(await readChecklist(db, id));
  const next = await nextConversation(scope, id, done + (await countMessages(db, id)));
  return { text: `${text}${checklist ? markdownChecklist(checklist) : ''}`, next };
}
