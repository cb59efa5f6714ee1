import type { Kysely } from 'kysely';
import { z } from 'zod';
import { toolOutcomeSchema } from '../../api/conversation-views.ts';
import { type RunView, recipeDraftSchema } from '../../api/recipe-views.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { ToolOutcome } from '../../protocol/ports/answers.ts';
import type { RecipeDraft } from '../../protocol/recipes/recipe.ts';
import type { RecipeRunTable } from '../../storage/recipe-schema.ts';
import type { Schema } from '../../storage/schema.ts';
import { parseJson } from '../stored-json.ts';

/** Runs of one recipe that are kept. */
const keptPerRecipe = 100;

/** Runs that are shown. */
const shownRuns = 200;

type Database = Kysely<Schema>;

/** What a step that is done came to. */
export interface StepResult {
  readonly toolName: string;
  readonly arguments: JsonValue;
  readonly outcome: ToolOutcome;
}

/** A run as it is kept. */
export interface StoredRun {
  readonly id: string;
  readonly draft: RecipeDraft;
  readonly values: ReadonlyMap<string, string>;
  /** Steps that are done. */
  readonly step: number;
  /** The use of a tool that was begun and whose end was not noted. */
  readonly callId: string | null;
  readonly results: readonly StepResult[];
  readonly modelCalls: number;
}

/** A run that begins. */
export interface NewRun {
  readonly id: string;
  readonly recipeId: string;
  readonly scheduleId: string | null;
  readonly draft: RecipeDraft;
  readonly values: ReadonlyMap<string, string>;
  readonly plannedAt: number;
}

const resultsSchema = z.array(z.object({ toolName: z.string(), arguments: z.json(), outcome: toolOutcomeSchema }));

/** Keeps a run in its first state, and forgets the oldest of the recipe beyond 100. */
export async function insertRun(
  db: Database,
  run: NewRun,
  beginning: Pick<RecipeRunTable, 'state' | 'reason' | 'message_id' | 'ended_at'>,
): Promise<void> {
  await db
    .insertInto('recipe_runs')
    .values({
      id: run.id,
      recipe_id: run.recipeId,
      schedule_id: run.scheduleId,
      draft_json: JSON.stringify(run.draft),
      values_json: JSON.stringify(Object.fromEntries(run.values)),
      planned_at: run.plannedAt,
      conversation_id: null,
      step: 0,
      call_id: null,
      results_json: '[]',
      model_calls: 0,
      ...beginning,
    })
    .execute();
  const newest = db
    .selectFrom('recipe_runs')
    .select('id')
    .where('recipe_id', '=', run.recipeId)
    .orderBy('planned_at', 'desc')
    .orderBy('id', 'desc')
    .limit(keptPerRecipe);
  await db.deleteFrom('recipe_runs').where('recipe_id', '=', run.recipeId).where('id', 'not in', newest).execute();
}

/** Changes what is known of a run. */
export async function updateRun(
  db: Database,
  id: string,
  changes: Partial<
    Pick<
      RecipeRunTable,
      'state' | 'reason' | 'step' | 'call_id' | 'results_json' | 'model_calls' | 'ended_at' | 'conversation_id'
    >
  >,
): Promise<void> {
  await db.updateTable('recipe_runs').set(changes).where('id', '=', id).execute();
}

/** The run that a message is the answer of; `null`: the message is none's, or the run cannot be read any more. */
export async function runOfMessage(db: Database, messageId: string): Promise<StoredRun | null> {
  const row = await db.selectFrom('recipe_runs').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  if (!row) return null;
  const draft = recipeDraftSchema.safeParse(parseJson(row.draft_json));
  const values = z.record(z.string(), z.string()).safeParse(parseJson(row.values_json));
  const results = resultsSchema.safeParse(parseJson(row.results_json));
  if (!draft.success || !values.success || !results.success) return null;
  return {
    id: row.id,
    draft: draft.data,
    values: new Map(Object.entries(values.data)),
    step: row.step,
    callId: row.call_id,
    results: results.data,
    modelCalls: row.model_calls,
  };
}

/** The newest runs of recipes that can be seen. */
export async function readRuns(db: Database): Promise<readonly RunView[]> {
  const rows = await db
    .selectFrom('recipe_runs')
    .innerJoin('recipes', 'recipes.id', 'recipe_runs.recipe_id')
    .selectAll('recipe_runs')
    .where('recipes.deleted_at', 'is', null)
    .orderBy('recipe_runs.planned_at', 'desc')
    .orderBy('recipe_runs.id', 'desc')
    .limit(shownRuns)
    .execute();
  return rows.map((row) => {
    const draft = recipeDraftSchema.safeParse(parseJson(row.draft_json)).data;
    return {
      id: row.id,
      recipeId: row.recipe_id,
      scheduleId: row.schedule_id,
      conversationId: row.conversation_id,
      messageId: row.message_id,
      state: row.state,
      reason: row.reason,
      stepsDone: row.step,
      stepCount: draft?.steps.length ?? row.step,
      modelCalls: row.model_calls,
      firstCalls: draft?.firstCalls ?? null,
      plannedAt: row.planned_at,
      endedAt: row.ended_at,
    };
  });
}

/** Runs of a schedule that have not ended, by what the database says. */
export async function openRuns(
  db: Database,
  scheduleId: string,
): Promise<readonly Pick<RecipeRunTable, 'id' | 'conversation_id'>[]> {
  return db
    .selectFrom('recipe_runs')
    .select(['id', 'conversation_id'])
    .where('schedule_id', '=', scheduleId)
    .where('state', 'in', ['queued', 'running', 'waiting'])
    .execute();
}

/** Runs that the last process was at work on were stopped; each can be carried on where it can be seen. */
export async function recoverRuns(db: Database, reason: string, now: number): Promise<void> {
  await db
    .updateTable('recipe_runs')
    .set({ state: 'stopped', reason, ended_at: now })
    .where('state', 'in', ['queued', 'running', 'waiting'])
    .execute();
}
