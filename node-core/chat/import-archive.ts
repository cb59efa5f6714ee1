import type { ArchiveConversation, ArchiveMessage } from './archive-format.ts';
import type { ChatContext } from './chat-context.ts';
import type { ArchiveFile, CheckedArchive } from './check-archive.ts';
import { writeChecklist } from './checklist-store.ts';
import { among, type Database, insertAnswer, insertPrompt } from './message-store.ts';
import { unreadable } from './read-archive.ts';
import { plainText, withoutOpenTools } from './stored-message.ts';

/** Messages after which others get their turn; without it a large import would hold up every connection. */
const messagesAtOnce = 200;

/** What an import did. */
export interface ImportResult {
  readonly conversations: number;
  readonly messages: number;
  readonly skipped: number;
}

/**
 * Takes an archive in, all or nothing. Conversations that are here are skipped; one that the person had deleted
 * comes back as it was here.
 */
export async function importArchive(context: ChatContext, checked: CheckedArchive): Promise<ImportResult> {
  const fallbackAgentId = await context.defaultAgentId();
  return context.storage.db.transaction().execute(async (db) => {
    let conversations = 0;
    let messages = 0;
    for (const conversation of checked.archive.conversations) {
      const presence = await presenceOf(db, conversation.id);
      if (presence === 'here') continue;
      conversations += 1;
      if (presence === 'deleted') {
        await db.updateTable('conversations').set({ deleted_at: null }).where('id', '=', conversation.id).execute();
        continue;
      }
      const agentId = context.agentExists(conversation.agentId) ? conversation.agentId : fallbackAgentId;
      await insertConversation(db, { ...conversation, agentId }, checked.files);
      messages += conversation.messages.length;
    }
    return { conversations, messages, skipped: checked.archive.conversations.length - conversations };
  });
}

async function presenceOf(db: Database, id: string): Promise<'here' | 'deleted' | 'new'> {
  const row = await db.selectFrom('conversations').select('deleted_at').where('id', '=', id).executeTakeFirst();
  if (!row) return 'new';
  return row.deleted_at === null ? 'here' : 'deleted';
}

async function insertConversation(
  db: Database,
  conversation: ArchiveConversation,
  files: ReadonlyMap<string, ArchiveFile>,
): Promise<void> {
  const { id, checklist } = conversation;
  await refuseKnown(db, 'messages', conversation.messages);
  await refuseKnown(db, 'attachments', conversation.attachments);
  await db
    .insertInto('conversations')
    .values({
      id,
      title: conversation.title,
      agent_id: conversation.agentId,
      model: conversation.model,
      parameters_json: JSON.stringify(conversation.parameters),
      is_pinned: conversation.isPinned ? 1 : 0,
      created_at: conversation.createdAt,
      updated_at: conversation.updatedAt,
      leaf_id: conversation.leafId,
      deleted_at: null,
    })
    .execute();
  for (const { id: fileId } of conversation.attachments) {
    const file = files.get(fileId);
    if (file) await insertFile(db, id, file);
  }
  await insertMessages(db, id, conversation.messages);
  if (checklist === null) return;
  const items = checklist.items.map((item) => ({ ...item, said: null }));
  await writeChecklist(db, id, { revision: 1, kept: { items, removed: [] } });
}

/** Identifiers of a conversation that is not here cannot be here unless somebody put the file together. */
async function refuseKnown(
  db: Database,
  table: 'messages' | 'attachments',
  things: readonly { readonly id: string }[],
): Promise<void> {
  const ids = among(things.map((thing) => thing.id));
  const known = await db.selectFrom(table).select('id').where('id', 'in', ids).limit(1).executeTakeFirst();
  if (known) throw unreadable(`the identifier ${known.id} belongs to another conversation here.`);
}

async function insertFile(db: Database, conversationId: string, file: ArchiveFile): Promise<void> {
  const columns = {
    id: file.id,
    conversation_id: conversationId,
    name: file.name,
    kind: file.kind,
    media_type: file.mediaType,
    size_bytes: file.bytes.length,
    created_at: file.createdAt,
    bytes: file.bytes,
  };
  await db.insertInto('attachments').values(columns).execute();
}

async function insertMessages(
  db: Database,
  conversationId: string,
  messages: readonly ArchiveMessage[],
): Promise<void> {
  for (const [index, message] of messages.entries()) {
    if (index % messagesAtOnce === messagesAtOnce - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    if (message.role === 'user') {
      await insertPrompt(db, { ...message, conversationId });
      continue;
    }
    const parts = withoutOpenTools(message.parts);
    const isRunning = message.state.kind === 'queued' || message.state.kind === 'streaming';
    const state = isRunning ? { kind: 'interrupted' as const } : message.state;
    await insertAnswer(db, { ...message, conversationId, parts, state }, plainText(parts));
  }
}
