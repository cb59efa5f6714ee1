import type { Kysely } from 'kysely';
import { FailureError } from '../../api/failures.ts';
import { type RecipeDraftView, type RecipeView, recipeDraftSchema } from '../../api/recipe-views.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { plannedCalls } from '../../protocol/recipes/recipe.ts';
import type { Schema } from '../../storage/schema.ts';
import { parseJson } from '../stored-json.ts';

/** Most recipes, without the deleted ones. */
const maxRecipes = 200;

/** How long a deleted one can be brought back, ms. */
const keptForMs = 30 * 24 * 60 * 60 * 1000;

type Database = Kysely<Schema>;

/** The recipes that can be seen, newest change first. A row that cannot be read is left out with one log line. */
export async function readRecipes(db: Database, log: Log): Promise<readonly RecipeView[]> {
  const rows = await db
    .selectFrom('recipes')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.flatMap(({ id, draft_json, created_at, updated_at }) => {
    const draft = recipeDraftSchema.safeParse(parseJson(draft_json));
    if (draft.success) {
      return [
        { ...draft.data, id, calls: plannedCalls(draft.data.steps), createdAt: created_at, updatedAt: updated_at },
      ];
    }
    log.warn({ recipe: id }, 'A stored recipe cannot be read and was left out');
    return [];
  });
}

/** Throws `too-many` when there are 200 already. */
export async function insertRecipe(db: Database, id: string, draft: RecipeDraftView, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await requireRoom(transaction);
    const row = { id, draft_json: JSON.stringify(draft), created_at: now, updated_at: now, deleted_at: null };
    await transaction.insertInto('recipes').values(row).execute();
  });
}

/** Throws `not-found` when none of that id can be seen. */
export async function updateRecipe(db: Database, id: string, draft: RecipeDraftView, now: number): Promise<void> {
  const changes = { draft_json: JSON.stringify(draft), updated_at: now };
  const seen = db.updateTable('recipes').set(changes).where('id', '=', id).where('deleted_at', 'is', null);
  requireRow((await seen.executeTakeFirst()).numUpdatedRows);
}

/** Takes it out of view and ends its schedules. Throws `not-found`. */
export async function deleteRecipe(db: Database, id: string, now: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const seen = transaction
      .updateTable('recipes')
      .set({ deleted_at: now })
      .where('id', '=', id)
      .where('deleted_at', 'is', null);
    requireRow((await seen.executeTakeFirst()).numUpdatedRows);
    await transaction.deleteFrom('recipe_schedules').where('recipe_id', '=', id).execute();
  });
}

/** Brings a deleted one back. Throws `not-found` or `too-many`. */
export async function restoreRecipe(db: Database, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await requireRoom(transaction);
    const there = transaction.updateTable('recipes').set({ deleted_at: null }).where('id', '=', id);
    requireRow((await there.executeTakeFirst()).numUpdatedRows);
  });
}

/** Forgets those that were deleted more than 30 days ago, with their runs. */
export async function purgeRecipes(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('recipes')
    .where('deleted_at', '<', now - keptForMs)
    .execute();
}

const requireRoom = async (db: Database): Promise<void> => {
  const { count } = await db
    .selectFrom('recipes')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= maxRecipes) throw new FailureError({ kind: 'too-many', what: 'recipes', limit: maxRecipes });
};

const requireRow = (changed: bigint): void => {
  if (changed === 0n) throw new FailureError({ kind: 'not-found', what: 'recipe' });
};
