import type { Kysely } from 'kysely';
import { type AgentDraft, agentDraftSchema } from '../api/agent-views.ts';
import { FailureError } from '../api/failures.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Schema } from '../storage/schema.ts';

/** An agent that the person made. */
export interface OwnAgent {
  /** `own-<ulid, lower case>` */
  readonly id: string;
  readonly draft: AgentDraft;
  /** Taken out of view; its conversations still use it. */
  readonly isDeleted: boolean;
}

/** Most agents of a person's own, without the deleted ones. */
const maxOwnAgents = 100;

const keptForMs = 30 * 24 * 60 * 60 * 1000;

/** All of them, oldest first, deleted ones too. A row that cannot be read is left out with one log line. */
export async function readOwnAgents(db: Kysely<Schema>, log: Log): Promise<readonly OwnAgent[]> {
  const rows = await db.selectFrom('agents').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.flatMap(({ id, draft_json, deleted_at }) => {
    const draft = parseDraft(draft_json);
    if (draft) return [{ id, draft, isDeleted: deleted_at !== null }];
    log.warn({ agent: id }, 'A stored agent cannot be read and was left out');
    return [];
  });
}

const parseDraft = (json: string): AgentDraft | null => {
  try {
    return agentDraftSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
};

/** Throws `too-many` when there are 100 already. */
export async function insertOwnAgent(db: Kysely<Schema>, id: string, draft: AgentDraft, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await requireRoom(transaction);
    const row = { id, draft_json: JSON.stringify(draft), created_at: now, updated_at: now, deleted_at: null };
    await transaction.insertInto('agents').values(row).execute();
  });
}

/** Throws `not-found` when there is none of that id, or only a deleted one. */
export async function updateOwnAgent(db: Kysely<Schema>, id: string, draft: AgentDraft, now: number): Promise<void> {
  const changes = { draft_json: JSON.stringify(draft), updated_at: now };
  const result = await db
    .updateTable('agents')
    .set(changes)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  requireRow(result.numUpdatedRows);
}

/** Takes it out of view. Throws `not-found` when there is none in view. */
export async function deleteOwnAgent(db: Kysely<Schema>, id: string, now: number): Promise<void> {
  const inView = db.updateTable('agents').set({ deleted_at: now }).where('id', '=', id).where('deleted_at', 'is', null);
  requireRow((await inView.executeTakeFirst()).numUpdatedRows);
}

/** Brings a deleted one back; one that is in view stays as it is. Throws `not-found` or `too-many`. */
export async function restoreOwnAgent(db: Kysely<Schema>, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('agents').select('deleted_at').where('id', '=', id).executeTakeFirst();
    if (!row) throw new FailureError({ kind: 'not-found', what: 'agent' });
    if (row.deleted_at === null) return;
    await requireRoom(transaction);
    await transaction.updateTable('agents').set({ deleted_at: null }).where('id', '=', id).execute();
  });
}

/** Forgets those that were deleted more than 30 days ago and that no conversation uses. */
export async function purgeOwnAgents(db: Kysely<Schema>, now: number): Promise<void> {
  await db
    .deleteFrom('agents')
    .where('deleted_at', '<', now - keptForMs)
    .where('id', 'not in', db.selectFrom('conversations').select('agent_id'))
    .execute();
}

const requireRoom = async (db: Kysely<Schema>): Promise<void> => {
  const { count } = await db
    .selectFrom('agents')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= maxOwnAgents) throw new FailureError({ kind: 'too-many', what: 'agents', limit: maxOwnAgents });
};

const requireRow = (changed: bigint): void => {
  if (changed === 0n) throw new FailureError({ kind: 'not-found', what: 'agent' });
};
