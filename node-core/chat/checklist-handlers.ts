import type { CallHandlers } from '../api/contract.ts';
import type { ChatContext } from './chat-context.ts';
import { savePersonsChecklist } from './checklist-store.ts';
import { requireConversation } from './conversation-store.ts';

/** Answers `checklist.save`. */
export function createChecklistHandlers({ storage, threads }: ChatContext): {
  readonly calls: Pick<CallHandlers, 'checklist.save'>;
} {
  return {
    calls: {
      'checklist.save': async ({ conversationId, revision, items }) => {
        const saved = await storage.db.transaction().execute(async (db) => {
          await requireConversation(db, conversationId);
          return savePersonsChecklist(db, conversationId, { revision, items });
        });
        await threads.showChecklist(conversationId);
        return saved;
      },
    },
  };
}
