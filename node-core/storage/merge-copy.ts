import type { RawDatabase } from './connection.ts';

/**
 * Tables of the copy that are brought in, parents before children; none about the hive (`hive_*`), which stays as it is.
 * `agents` and `recipes`: the person's own, where missing; not the schedules of recipes, or work would begin by itself.
 */
const tables = [
  'conversations',
  'messages',
  'deletions',
  'attachments',
  'message_attachments',
  'checklists',
  'agents',
  'knowledge_collections',
  'knowledge_roots',
  'knowledge_conversations',
  'recipes',
  'notes',
  'note_versions',
];

/** Columns that the present numbers by itself. */
const ownColumns = new Set(['number']);

/**
 * Brings everything that can be seen in the copy and is missing here into the database, in one transaction:
 * - conversations that are not here, or were deleted here, come back whole;
 * - notes that are not here, or were removed here, come back; one that is here stays as it is;
 * - messages that are missing from a conversation that is here are added to its tree, and if the copy's is the newer
 *   of the two, its branch is shown. Nothing that is here is changed or removed otherwise: neither a folder that the
 *   person took out of a collection nor one that was detached from a chat is within the reach of agents again.
 * @returns number of conversations that came back
 */
export function mergeCopy(raw: RawDatabase, copy: string): number {
  raw.prepare('ATTACH ? AS kept').run(copy);
  try {
    return raw.transaction(() => merge(raw))();
  } finally {
    raw.exec('DETACH kept');
  }
}

function merge(raw: RawDatabase): number {
  const visible = (): number =>
    Number(raw.prepare('SELECT count(*) FROM main.conversations WHERE deleted_at IS NULL').pluck().get());
  const before = visible();
  raw.exec('CREATE TEMP TABLE wanted AS SELECT id FROM kept.conversations WHERE deleted_at IS NULL');
  raw.exec(`
    CREATE TEMP TABLE missing_here AS SELECT id FROM wanted
    WHERE id NOT IN (SELECT id FROM main.conversations WHERE deleted_at IS NULL)
    UNION ALL SELECT id FROM kept.knowledge_collections
    WHERE deleted_at IS NULL AND id NOT IN (SELECT id FROM main.knowledge_collections)
  `);
  try {
    for (const table of tables) copyMissing(raw, table);
    raw.exec(
      'DELETE FROM main.deletions WHERE NOT EXISTS (SELECT 1 FROM main.messages WHERE id = message_id AND deleted_with = id)',
    );
    raw.exec('UPDATE main.conversations SET deleted_at = NULL WHERE deleted_at IS NOT NULL AND id IN wanted');
    raw.exec(
      'UPDATE main.notes SET deleted_at = NULL WHERE deleted_at IS NOT NULL AND id IN (SELECT id FROM kept.notes WHERE deleted_at IS NULL)',
    );
    hideBelowHidden(raw);
    followNewer(raw);
  } finally {
    raw.exec('DROP TABLE temp.wanted');
    raw.exec('DROP TABLE temp.missing_here');
  }
  return visible() - before;
}

/** Which rows of the copy belong to a conversation that can be seen there. */
const belongs: Readonly<Record<string, string>> = {
  conversations: 'id IN wanted',
  message_attachments:
    'message_id IN (SELECT id FROM main.messages) AND attachment_id IN (SELECT id FROM main.attachments) AND message_id IN (SELECT id FROM kept.messages WHERE conversation_id IN wanted)',
  agents: 'deleted_at IS NULL',
  knowledge_collections: 'deleted_at IS NULL',
  knowledge_roots: 'collection_id IN temp.missing_here',
  knowledge_conversations:
    'conversation_id IN temp.missing_here AND collection_id IN (SELECT id FROM main.knowledge_collections)',
  recipes: 'deleted_at IS NULL',
  notes: 'deleted_at IS NULL',
  note_versions: 'note_id IN (SELECT id FROM kept.notes WHERE deleted_at IS NULL)',
};

function copyMissing(raw: RawDatabase, table: string): void {
  const columns = raw
    .prepare(`SELECT name FROM pragma_table_info('${table}')`)
    .pluck()
    .all()
    .map(String)
    .filter((name) => !ownColumns.has(name))
    .join(', ');
  const order = table === 'messages' ? 'ORDER BY number' : '';
  raw.exec(`
    INSERT OR IGNORE INTO main.${table} (${columns})
    SELECT ${columns} FROM kept.${table} WHERE ${belongs[table] ?? 'conversation_id IN wanted'} ${order}
  `);
}

/** A message that came in below one that the person deleted here stays out of view with it. */
function hideBelowHidden(raw: RawDatabase): void {
  const hide = raw.prepare(`
    UPDATE main.messages SET deleted_at = above.deleted_at, deleted_with = above.deleted_with
    FROM main.messages AS above
    WHERE above.id = messages.parent_id AND above.deleted_at IS NOT NULL AND messages.deleted_at IS NULL
  `);
  while (hide.run().changes > 0);
}

function followNewer(raw: RawDatabase): void {
  raw.exec(`
    UPDATE main.conversations SET leaf_id = newer.leaf_id, updated_at = newer.updated_at
    FROM kept.conversations AS newer
    WHERE newer.id = conversations.id AND newer.deleted_at IS NULL AND newer.updated_at > conversations.updated_at
      AND EXISTS (SELECT 1 FROM main.messages WHERE id = newer.leaf_id AND deleted_at IS NULL)
  `);
}
