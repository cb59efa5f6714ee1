import type { Kysely } from 'kysely';
import { FailureError } from '../../api/failures.ts';
import { type SchedulePlan, type ScheduleView, schedulePlanSchema } from '../../api/recipe-views.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Schema } from '../../storage/schema.ts';
import { parseJson } from '../stored-json.ts';

/** Most schedules, of all recipes together. */
const maxSchedules = 50;

type Database = Kysely<Schema>;

/** A schedule with what only the scheduler needs. */
export interface StoredSchedule extends ScheduleView {
  /** The time that was planned for the newest run; `null`: there was none yet. */
  readonly lastAt: number | null;
}

/** Every schedule, oldest first. */
export async function readSchedules(db: Database, log: Log): Promise<readonly StoredSchedule[]> {
  const rows = await db.selectFrom('recipe_schedules').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.flatMap((row) => {
    const plan = schedulePlanSchema.safeParse(parseJson(row.plan_json));
    if (plan.success) {
      const isPaused = row.is_paused === 1;
      const { id, recipe_id: recipeId, next_at: nextAt, last_at: lastAt } = row;
      return [{ ...plan.data, id, recipeId, isPaused, nextAt, lastAt }];
    }
    log.warn({ schedule: row.id }, 'A stored schedule cannot be read and was left out');
    return [];
  });
}

/** Throws `too-many` when there are 50 already, `not-found` for a recipe that cannot be seen. */
export async function insertSchedule(
  db: Database,
  schedule: { readonly id: string; readonly recipeId: string; readonly plan: SchedulePlan; readonly nextAt: number },
  now: number,
): Promise<void> {
  const { id, recipeId, plan, nextAt } = schedule;
  await db.transaction().execute(async (transaction) => {
    const { count } = await transaction
      .selectFrom('recipe_schedules')
      .select((one) => one.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxSchedules) {
      throw new FailureError({ kind: 'too-many', what: 'schedules', limit: maxSchedules });
    }
    await transaction
      .insertInto('recipe_schedules')
      .values({
        id,
        recipe_id: recipeId,
        plan_json: JSON.stringify(plan),
        is_paused: 0,
        next_at: nextAt,
        last_at: null,
        created_at: now,
      })
      .execute();
  });
}

/** Throws `not-found`. */
export async function updateSchedule(
  db: Database,
  id: string,
  changes: {
    readonly plan?: SchedulePlan;
    readonly isPaused?: boolean;
    readonly nextAt?: number | null;
    readonly lastAt?: number;
  },
): Promise<void> {
  const columns = {
    ...(changes.plan === undefined ? {} : { plan_json: JSON.stringify(changes.plan) }),
    ...(changes.isPaused === undefined ? {} : { is_paused: changes.isPaused ? 1 : 0 }),
    ...(changes.nextAt === undefined ? {} : { next_at: changes.nextAt }),
    ...(changes.lastAt === undefined ? {} : { last_at: changes.lastAt }),
  };
  const result = await db.updateTable('recipe_schedules').set(columns).where('id', '=', id).executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'schedule' });
}

/** Throws `not-found`. */
export async function deleteSchedule(db: Database, id: string): Promise<void> {
  const result = await db.deleteFrom('recipe_schedules').where('id', '=', id).executeTakeFirst();
  if (result.numDeletedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'schedule' });
}
