import type { Sink } from '../../api/contract.ts';
import { FailureError } from '../../api/failures.ts';
import type { RecipesView, RecipeView, RunView, ScheduleView } from '../../api/recipe-views.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import { readRecipes } from './recipe-store.ts';
import { readRuns } from './run-store.ts';
import { readSchedules, type StoredSchedule } from './schedule-store.ts';

/** What is known of recipes, schedules and runs, and who watches it. */
export class RecipeBook {
  readonly #storage: Pick<Storage, 'db'>;
  readonly #log: Log;
  readonly #watchers = new Set<Sink<RecipesView>>();
  #recipes: readonly RecipeView[] = [];
  #schedules: readonly StoredSchedule[] = [];
  #runs: readonly RunView[] = [];
  #reading: Promise<void> | null = null;
  #isOld = false;

  constructor(storage: Pick<Storage, 'db'>, log: Log) {
    this.#storage = storage;
    this.#log = log;
  }

  get schedules(): readonly StoredSchedule[] {
    return this.#schedules;
  }

  /** Throws `not-found`. */
  recipe(id: string): RecipeView {
    const recipe = this.#recipes.find((each) => each.id === id);
    if (!recipe) throw new FailureError({ kind: 'not-found', what: 'recipe' });
    return recipe;
  }

  /** Throws `not-found`. */
  schedule(id: string): StoredSchedule {
    const schedule = this.#schedules.find((each) => each.id === id);
    if (!schedule) throw new FailureError({ kind: 'not-found', what: 'schedule' });
    return schedule;
  }

  /** Reads everything and tells who watches. */
  async load(): Promise<void> {
    const { db } = this.#storage;
    this.#recipes = await readRecipes(db, this.#log);
    const ids = new Set(this.#recipes.map(({ id }) => id));
    this.#schedules = (await readSchedules(db, this.#log)).filter(({ recipeId }) => ids.has(recipeId));
    this.#runs = await readRuns(db);
    for (const watcher of this.#watchers) watcher.next(this.#view());
  }

  /** Something of a run has changed: read soon, and at most once at a time. */
  touch(): void {
    this.#isOld = true;
    this.#reading ??= this.#readWhileOld();
  }

  watch(sink: Sink<RecipesView>): () => void {
    this.#watchers.add(sink);
    sink.next(this.#view());
    return () => this.#watchers.delete(sink);
  }

  async #readWhileOld(): Promise<void> {
    try {
      while (this.#isOld) {
        this.#isOld = false;
        await this.load();
      }
    } catch (error) {
      // While the node ends the database may be closed already.
      this.#log.warn({ error }, 'What is known of recipes could not be read.');
    } finally {
      this.#reading = null;
    }
  }

  #view(): RecipesView {
    return { recipes: [...this.#recipes], schedules: this.#schedules.map(scheduleView), runs: [...this.#runs] };
  }
}

/** A schedule as it is shown. */
export function scheduleView({ lastAt: _, ...schedule }: StoredSchedule): ScheduleView {
  return { ...schedule, nextAt: schedule.isPaused ? null : schedule.nextAt };
}
