import { countVisible, openForReading, type RawDatabase } from './connection.ts';
import { isDamage } from './sqlite-failures.ts';

interface ConversationRow {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

/** What a backup holds beside the present; only what can be seen counts. */
export interface RestoreComparison {
  readonly inBackup: { readonly conversations: number; readonly messages: number };
  /** `null`: the present is too damaged to be read; all of the backup then counts as only there. */
  readonly inPresent: { readonly conversations: number; readonly messages: number } | null;
  /** Newest change first. */
  readonly onlyInBackup: readonly ConversationRow[];
  readonly onlyInPresentCount: number;
}

/** Compares the conversations of the present with those of a restorable copy. */
export function compareWithCopy(present: RawDatabase, copy: string): RestoreComparison {
  const kept = openForReading(copy);
  try {
    const here = readable(() => conversationsOf(present));
    const there = conversationsOf(kept);
    const idsHere = new Set(here?.map((row) => row.id));
    const idsThere = new Set(there.map((row) => row.id));
    return {
      inBackup: countVisible(kept),
      inPresent: here && readable(() => countVisible(present)),
      onlyInBackup: there.filter((row) => !idsHere.has(row.id)),
      onlyInPresentCount: here?.filter((row) => !idsThere.has(row.id)).length ?? 0,
    };
  } finally {
    kept.close();
  }
}

/** `null`: the database is damaged there. */
export function readable<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

const conversationsOf = (raw: RawDatabase): readonly ConversationRow[] =>
  raw
    .prepare<[], ConversationRow>(
      'SELECT id, title, updated_at AS updatedAt FROM conversations WHERE deleted_at IS NULL ORDER BY updated_at DESC',
    )
    .all();
