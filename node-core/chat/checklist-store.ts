import { z } from 'zod';
import { type ChecklistView, checklistItemSchema } from '../api/conversation-views.ts';
import { FailureError } from '../api/failures.ts';
import {
  type KeptChecklist,
  mergeChecklist,
  noChecklist,
  type SaidItem,
  saveChecklist,
} from '../protocol/checklist-merge.ts';
import type { Database } from './message-store.ts';
import { readJson } from './stored-message.ts';

const saidSchema = z.object({ text: z.string(), isDone: z.boolean() });
const keptSchema = z.object({
  items: z.array(checklistItemSchema.extend({ said: saidSchema.nullable().default(null) })),
  removed: z.array(z.string()).default([]),
});

/** A checklist as it is kept; revision 0 and no items where there is none. */
interface StoredChecklist {
  readonly revision: number;
  readonly kept: KeptChecklist;
}

/** The conversation's checklist with all that is kept of it. */
export async function readChecklist(db: Database, conversationId: string): Promise<StoredChecklist> {
  const row = await db
    .selectFrom('checklists')
    .select(['revision', 'items_json'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  if (!row) return { revision: 0, kept: noChecklist };
  return { revision: row.revision, kept: readJson(keptSchema, row.items_json) ?? noChecklist };
}

/** What the page sees of it; `null` while there is nothing on it. */
export function checklistView({ revision, kept }: StoredChecklist): ChecklistView | null {
  if (kept.items.length === 0) return null;
  return { revision, items: kept.items.map(({ id, text, isDone }) => ({ id, text, isDone })) };
}

/** Keeps a checklist; one without lines and without anything to remember is forgotten. */
export async function writeChecklist(db: Database, conversationId: string, checklist: StoredChecklist): Promise<void> {
  if (checklist.kept.items.length === 0 && checklist.kept.removed.length === 0) {
    await db.deleteFrom('checklists').where('conversation_id', '=', conversationId).execute();
    return;
  }
  const columns = { revision: checklist.revision, items_json: JSON.stringify(checklist.kept) };
  await db
    .insertInto('checklists')
    .values({ conversation_id: conversationId, ...columns })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(columns))
    .execute();
}

/**
 * Keeps what the person saved. Throws `conflict` unless it started from the present revision. An emptied checklist
 * goes out of view, but what was on it is remembered, so an agent does not bring it back.
 */
export async function savePersonsChecklist(
  db: Database,
  conversationId: string,
  saved: ChecklistView,
): Promise<ChecklistView> {
  const present = await readChecklist(db, conversationId);
  const isOutOfView = present.kept.items.length === 0;
  if (saved.revision !== present.revision && !(isOutOfView && saved.revision === 0)) {
    throw new FailureError({ kind: 'conflict', what: 'checklist' });
  }
  const next = { revision: present.revision + 1, kept: saveChecklist(present.kept, saved.items) };
  await writeChecklist(db, conversationId, next);
  return checklistView(next) ?? { revision: next.revision, items: [] };
}

/** Takes an agent's list in. `true` if that changed anything. */
export async function mergeAgentsChecklist(
  db: Database,
  conversationId: string,
  said: readonly SaidItem[],
  newId: () => string,
): Promise<boolean> {
  const present = await readChecklist(db, conversationId);
  const kept = mergeChecklist(present.kept, said, newId);
  if (JSON.stringify(kept) === JSON.stringify(present.kept)) return false;
  await writeChecklist(db, conversationId, { revision: present.revision + 1, kept });
  return true;
}
