import type { Kysely } from 'kysely';
import { FailureError } from '../../api/failures.ts';
import { type NoteDraft, type NoteSummary, type NoteView, noteLimits } from '../../api/notes-views.ts';
import { boxLines, excerptOf } from '../../protocol/note-text.ts';
import type { Schema } from '../../storage/schema.ts';

const keptForMs = 30 * 24 * 60 * 60 * 1000;
const excerptChars = 160;

/** Who changes a note, and when. */
export interface Writing {
  /** Agent's id; `null`: the person. */
  readonly by: string | null;
  /** ms since the epoch */
  readonly at: number;
}

type Database = Kysely<Schema>;
type Row = Schema['notes'];

/** Notes that hold every word, in title or text and without regard to case; newest first, removed ones too. */
export async function listNotes(db: Database, query: string): Promise<readonly NoteSummary[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = await db.selectFrom('notes').selectAll().orderBy('updated_at', 'desc').orderBy('id').execute();
  return rows.filter((row) => holds(row, words)).map(summaryOf);
}

const holds = ({ title, text }: Row, words: readonly string[]): boolean => {
  const all = `${title}\n${text}`.toLowerCase();
  return words.every((word) => all.includes(word));
};

const summaryOf = (row: Row): NoteSummary => {
  const boxes = boxLines(row.text);
  return {
    id: row.id,
    title: row.title,
    writtenBy: row.written_by,
    updatedAt: row.updated_at,
    excerpt: excerptOf(row.text, excerptChars),
    boxCount: boxes.length,
    doneCount: boxes.filter(({ isDone }) => isDone).length,
    deletedAt: row.deleted_at,
  };
};

/** A note that is in view. Throws `not-found`. */
export async function readNote(db: Database, id: string): Promise<NoteView> {
  const row = await db
    .selectFrom('notes')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new FailureError({ kind: 'not-found', what: 'note' });
  const versions = await db
    .selectFrom('note_versions')
    .selectAll()
    .where('note_id', '=', id)
    .orderBy('revision', 'desc')
    .limit(noteLimits.versions)
    .execute();
  return {
    id,
    title: row.title,
    text: row.text,
    writtenBy: row.written_by,
    updatedAt: row.updated_at,
    revision: row.revision,
    versions: versions.map((version) => ({
      revision: version.revision,
      title: version.title,
      text: version.text,
      writtenBy: version.written_by,
      at: version.at,
    })),
  };
}

/** Throws `too-many`. */
export async function createNote(db: Database, id: string, draft: NoteDraft, writing: Writing): Promise<void> {
  await db.transaction().execute(async (inside) => {
    await requireRoom(inside);
    const { by, at } = writing;
    const row = { id, ...draft, written_by: by, created_at: at, updated_at: at, revision: 1, deleted_at: null };
    await inside.insertInto('notes').values(row).execute();
  });
}

/**
 * Replaces title and text; what stood there is kept as a version, the last 20 of them. The same again changes nothing.
 * Throws `not-found`, or `conflict` unless `revision` is the present one.
 */
export async function saveNote(
  db: Database,
  { id, revision }: Pick<NoteView, 'id' | 'revision'>,
  draft: NoteDraft,
  writing: Writing,
): Promise<void> {
  await db.transaction().execute(async (inside) => {
    const before = await readNote(inside, id);
    if (before.revision !== revision) throw new FailureError({ kind: 'conflict', what: 'note' });
    if (before.title === draft.title && before.text === draft.text) return;
    const { title, text, writtenBy, updatedAt } = before;
    const version = { note_id: id, revision, title, text, written_by: writtenBy, at: updatedAt };
    await inside.insertInto('note_versions').values(version).execute();
    await inside
      .deleteFrom('note_versions')
      .where('note_id', '=', id)
      .where('revision', '<=', revision - noteLimits.versions)
      .execute();
    const changes = { ...draft, written_by: writing.by, updated_at: writing.at, revision: revision + 1 };
    await inside.updateTable('notes').set(changes).where('id', '=', id).execute();
  });
}

/** Takes it out of view for 30 days. Throws `not-found`. */
export async function deleteNote(db: Database, id: string, at: number): Promise<void> {
  const inView = db.updateTable('notes').set({ deleted_at: at }).where('id', '=', id).where('deleted_at', 'is', null);
  const { numUpdatedRows } = await inView.executeTakeFirst();
  if (numUpdatedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'note' });
}

/** Brings it back; one that is in view stays as it is. Throws `not-found` or `too-many`. */
export async function restoreNote(db: Database, id: string): Promise<void> {
  await db.transaction().execute(async (inside) => {
    const row = await inside.selectFrom('notes').select('deleted_at').where('id', '=', id).executeTakeFirst();
    if (!row) throw new FailureError({ kind: 'not-found', what: 'note' });
    if (row.deleted_at === null) return;
    await requireRoom(inside);
    await inside.updateTable('notes').set({ deleted_at: null }).where('id', '=', id).execute();
  });
}

/** Forgets what was removed more than 30 days ago. */
export async function purgeNotes(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('notes')
    .where('deleted_at', '<', now - keptForMs)
    .execute();
}

const requireRoom = async (db: Database): Promise<void> => {
  const { count } = await db
    .selectFrom('notes')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= noteLimits.notes) {
    throw new FailureError({ kind: 'too-many', what: 'notes', limit: noteLimits.notes });
  }
};
