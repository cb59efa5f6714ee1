import fs from 'node:fs';
import { openConnection, openForReading, type RawDatabase, settleFile } from './connection.ts';
import type { CurrentDatabase } from './current-database.ts';
import { explaining, isDamage } from './sqlite-failures.ts';

/**
 * Facts about this node itself (its tier) stay as they are, whatever the copy says; and so does everything about its hive
 * (all tables `hive_*`): members and revocations of then would undo what was decided since, and others act on that. What
 * the person allows agents (commands at all, too), and what agents did, also stays: a backup must not give back a
 * permission that was taken back.
 */
const ownFacts = "(name GLOB 'node.*' OR name = 'settings.allowCommands')";

/**
 * Puts `copy` in the database's place: closes the database, renames the copy over it and opens it. Without a pause,
 * so nobody meets it closed. If the copy does not open, `present` (a copy of what was there) takes its place again.
 */
export function replaceFile(current: CurrentDatabase, copy: string, present: string): void {
  const { file } = current;
  keepWhatCanBeRead(current.raw, copy);
  ignoringDamage(() => current.raw.pragma('wal_checkpoint(TRUNCATE)'));
  current.close();
  let isReplaced = false;
  try {
    // A journal left beside the file would be replayed onto the copy.
    explaining(file, () => ignoringDamage(() => settleFile(file)));
    for (const side of ['-wal', '-shm']) fs.rmSync(`${file}${side}`, { force: true });
    fs.renameSync(copy, file);
    isReplaced = true;
    current.use(explaining(file, () => openConnection(file)));
  } catch (error) {
    if (isReplaced) putBack(file, present);
    current.use(openConnection(file));
    throw error;
  }
}

/** What is about to be replaced may be damaged: it was kept as it is. */
function ignoringDamage(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
}

function putBack(file: string, present: string): void {
  const again = `${file}.restoring`;
  fs.copyFileSync(present, again);
  for (const side of ['-wal', '-shm']) fs.rmSync(`${file}${side}`, { force: true });
  fs.renameSync(again, file);
}

/**
 * Where the present is too damaged to be read, the copy's own facts are better than none, but not for a node that has
 * taken others in: what it decided since would be undone. What the person allowed is asked again then.
 */
function keepWhatCanBeRead(raw: RawDatabase, copy: string): void {
  try {
    keepOwnFacts(raw, copy);
  } catch (error) {
    if (!isDamage(error) || hasMembers(copy)) throw error;
    forgetConsents(copy);
  }
}

/** Nothing that the copy says was allowed, confirmed or switched on holds. */
function forgetConsents(copy: string): void {
  const kept = openConnection(copy);
  try {
    kept.exec(`
      BEGIN;
      DELETE FROM grants;
      DELETE FROM picked_folders;
      DELETE FROM settings WHERE name = 'settings.allowCommands';
      UPDATE tool_servers SET confirmed_line = NULL;
      UPDATE recipe_schedules SET is_paused = 1;
      COMMIT;
    `);
  } finally {
    kept.close();
  }
  settleFile(copy);
}

function hasMembers(copy: string): boolean {
  const kept = openForReading(copy);
  try {
    return Number(kept.prepare('SELECT count(*) FROM hive_members').pluck().get()) > 0;
  } finally {
    kept.close();
  }
}

function keepOwnFacts(raw: RawDatabase, copy: string): void {
  raw.prepare('ATTACH ? AS kept').run(copy);
  try {
    raw.transaction(() => {
      raw.pragma('defer_foreign_keys = ON');
      raw.exec(`
        DELETE FROM kept.settings WHERE ${ownFacts};
        INSERT INTO kept.settings SELECT * FROM main.settings WHERE ${ownFacts};
      `);
      for (const table of [...hiveTables(raw), ...handsTables]) {
        raw.exec(`DELETE FROM kept.${table}; INSERT INTO kept.${table} SELECT * FROM main.${table};`);
      }
      // No agent sees more, or a conversation that is not there, because of a backup.
      raw.exec(`
        DELETE FROM kept.picked_folders;
        INSERT INTO kept.picked_folders SELECT * FROM main.picked_folders
          WHERE conversation_id IS NULL OR conversation_id IN (SELECT id FROM kept.conversations);
      `);
      // What runs by itself, or runs a program, does so only if the person wants it at present.
      raw.exec(`
        UPDATE kept.tool_servers SET confirmed_line = NULL;
        UPDATE kept.recipe_schedules SET is_paused = 1
          WHERE id NOT IN (SELECT id FROM main.recipe_schedules WHERE is_paused = 0);
      `);
    })();
  } finally {
    raw.exec('DETACH kept');
  }
}

/** Rows before those that refer to them. */
const handsTables = ['grants', 'deeds', 'deed_steps'];

/** By name, so that one that comes later cannot be forgotten. Both databases have the same: the copy was migrated. */
const hiveTables = (raw: RawDatabase): readonly string[] =>
  raw
    .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name GLOB 'hive_*'")
    .pluck()
    .all()
    .map(String);
