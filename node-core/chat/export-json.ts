import { sql } from 'kysely';
import { type ArchiveConversation, type ArchiveMessage, archiveFormat, archiveVersion } from './archive-format.ts';
import { checklistView, readChecklist } from './checklist-store.ts';
import { conversationView, findConversation } from './conversation-store.ts';
import type { ExportPlace } from './export-cursor.ts';
import { type ExportFormat, type ExportScope, type ExportStep, nextConversation } from './export-steps.ts';
import { readMessages } from './message-store.ts';
import { type StoredMessage, withoutOpenTools } from './stored-message.ts';

/** Messages of one step. */
const messagesAtOnce = 50;

/** Bytes of an attachment of one step; a multiple of 3, so that pieces of base64 can be put together. */
const bytesAtOnce = 3 * 128 * 1024;

/** Nunba's own format: every conversation with all its branches, checklist and attachments; one line per thing. */
export const jsonExport: ExportFormat = {
  head: ({ at }) => {
    const head = { format: archiveFormat, version: archiveVersion, exportedAt: new Date(at).toISOString() };
    return `${JSON.stringify(head).slice(0, -1)},"conversations":[`;
  },
  step: (scope, place) => {
    switch (place.at) {
      case 'conversation':
        return conversationStep(scope, place);
      case 'messages':
        return messagesStep(scope, place);
      case 'attachments':
        return attachmentsStep(scope, place);
      case 'end':
        return Promise.resolve({ text: '\n]}\n', next: null });
    }
  },
};

type At<Kind extends ExportPlace['at']> = Extract<ExportPlace, { at: Kind }>;

async function conversationStep(scope: ExportScope, { id, isFirst, done }: At<'conversation'>): Promise<ExportStep> {
  const row = await findConversation(scope.db, id);
  if (!row) return { text: '', next: await nextConversation(scope, id, done) };
  const { isRunning: _, ...view } = conversationView(row, false);
  const checklist = checklistView(await readChecklist(scope.db, id));
  const head: Omit<ArchiveConversation, 'messages' | 'attachments'> = {
    ...view,
    leafId: row.leaf_id,
    checklist: checklist && { items: checklist.items },
  };
  const text = `${isFirst ? '' : ','}\n${JSON.stringify(head).slice(0, -1)},"messages":[`;
  return { text, next: { at: 'messages', id, after: 0, done } };
}

async function messagesStep({ db }: ExportScope, { id, after, done }: At<'messages'>): Promise<ExportStep> {
  const rows = await db
    .selectFrom('messages')
    .select(['number', 'id'])
    .where('conversation_id', '=', id)
    .where('deleted_at', 'is', null)
    .where('number', '>', after)
    .orderBy('number')
    .limit(messagesAtOnce)
    .execute();
  const messages = await readMessages(
    db,
    rows.map((row) => row.id),
  );
  const lines = messages.map((message) => `\n${JSON.stringify(archiveMessage(message))}`).join(',');
  const text = after > 0 && lines !== '' ? `,${lines}` : lines;
  const last = rows.at(-1);
  if (last) return { text, next: { at: 'messages', id, after: last.number, done: done + rows.length } };
  return { text: '],"attachments":[', next: { at: 'attachments', id, after: null, offset: 0, done } };
}

function archiveMessage(message: StoredMessage): ArchiveMessage {
  const { id, parentId, createdAt } = message;
  if (message.role === 'user') {
    const attachmentIds = message.attachments.map((attachment) => attachment.id);
    return { id, parentId, createdAt, role: 'user', text: message.text, attachmentIds };
  }
  const { agentId, state, provenance, timing } = message;
  return {
    id,
    // An answer always follows a prompt.
    parentId: parentId ?? '',
    createdAt,
    role: 'assistant',
    agentId,
    // Whoever reads the export meets no turn that is at work.
    state: state.kind === 'queued' || state.kind === 'streaming' ? { kind: 'interrupted' } : state,
    parts: withoutOpenTools(message.parts),
    provenance,
    timing,
  };
}

async function attachmentsStep(scope: ExportScope, place: At<'attachments'>): Promise<ExportStep> {
  const { id, after, offset, done } = place;
  const row = await nextAttachment(scope, place);
  if (!row) return { text: ']}', next: await nextConversation(scope, id, done) };
  const { base64, size, ...meta } = row;
  const head = offset === 0 ? `${after === null ? '' : ','}\n${JSON.stringify(meta).slice(0, -1)},"base64":"` : '';
  const end = offset + bytesAtOnce;
  if (end < size) return { text: `${head}${base64}`, next: { ...place, offset: end } };
  return { text: `${head}${base64}"}`, next: { at: 'attachments', id, after: row.id, offset: 0, done } };
}

/** A piece of the next attachment that a visible message holds. */
async function nextAttachment({ db }: ExportScope, { id, after, offset }: At<'attachments'>) {
  const row = await db
    .selectFrom('attachments')
    .select(['id', 'name', 'media_type as mediaType', 'created_at as createdAt', 'size_bytes as size'])
    .select(sql<Uint8Array>`substr(bytes, ${offset + 1}, ${bytesAtOnce})`.as('piece'))
    .where('conversation_id', '=', id)
    .where('id', '>', after ?? '')
    .where((where) =>
      where.exists(
        where
          .selectFrom('message_attachments')
          .innerJoin('messages', 'messages.id', 'message_attachments.message_id')
          .select('messages.id')
          .whereRef('message_attachments.attachment_id', '=', 'attachments.id')
          .where('messages.deleted_at', 'is', null),
      ),
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { piece, ...rest } = row;
  return { ...rest, base64: Buffer.from(piece).toString('base64') };
}
