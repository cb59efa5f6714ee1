/** The tables of notes (migration 3). Times are ms since the epoch; `written_by` is an agent's id, `null` the person. */
export interface NotesSchema {
  notes: NoteTable;
  note_versions: NoteVersionTable;
}

export interface NoteTable {
  id: string;
  title: string;
  /** Markdown. */
  text: string;
  written_by: string | null;
  created_at: number;
  updated_at: number;
  /** Grows with each change. */
  revision: number;
  deleted_at: number | null;
}

/** What a note was before a change. */
interface NoteVersionTable {
  note_id: string;
  /** The revision that it was. */
  revision: number;
  title: string;
  text: string;
  written_by: string | null;
  at: number;
}
