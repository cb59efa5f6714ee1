import type { RawDatabase } from './connection.ts';

/** One step of the schema. `version` is the `user_version` it leads to: 1, 2, 3 without gaps. */
export interface Migration {
  readonly version: number;
  /** Runs within a transaction, with foreign keys unchecked until its end. */
  readonly up: (raw: RawDatabase) => void;
}

/** Marks a SQLite file as Nunba's ("Nunb"). */
export const applicationId = 0x4e756e62;

/** The version that the steps lead to. */
export const latestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/**
 * Takes the database to the latest version: all missing steps or, if one throws, none, in one transaction.
 * @returns the version before
 */
export function migrate(raw: RawDatabase, migrations: readonly Migration[]): number {
  const before = Number(raw.pragma('user_version', { simple: true }));
  const missing = migrations.filter((step) => step.version > before);
  if (missing.length === 0) return before;
  // SQLite ignores this pragma within a transaction. Steps that rebuild a table need the keys unchecked.
  raw.pragma('foreign_keys = OFF');
  try {
    raw.transaction(() => {
      for (const step of missing) {
        step.up(raw);
        raw.pragma(`user_version = ${step.version}`);
      }
      raw.pragma(`application_id = ${applicationId}`);
      const broken = raw.prepare('SELECT count(*) AS count FROM pragma_foreign_key_check').pluck().get();
      if (broken !== 0) throw new Error(`The migration left ${String(broken)} rows that refer to nothing.`);
    })();
  } finally {
    raw.pragma('foreign_keys = ON');
  }
  return before;
}
