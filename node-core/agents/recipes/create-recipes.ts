import type { AgentView } from '../../api/agent-views.ts';
import type { CallHandlers, SubscriptionHandlers } from '../../api/contract.ts';
import { FailureError } from '../../api/failures.ts';
import type { RecipeDraftView, RecipeView, SchedulePlan, ScheduleView } from '../../api/recipe-views.ts';
import type { AnswerRequest } from '../../protocol/ports/answers.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { RecipeChat } from '../../protocol/ports/recipe-chat.ts';
import { extractRecipe } from '../../protocol/recipes/extract-recipe.ts';
import { runValues, strayPlaceholders } from '../../protocol/recipes/template.ts';
import type { Storage } from '../../storage/storage.ts';
import { fileNameFor } from '../agent-file-handlers.ts';
import { type BeginMeans, beginDue, beginRun } from './begin-run.ts';
import { nextRuns, type Times } from './next-runs.ts';
import { RecipeBook, scheduleView } from './recipe-book.ts';
import { decodeRecipe, encodeRecipe } from './recipe-file.ts';
import { deleteRecipe, insertRecipe, purgeRecipes, restoreRecipe, updateRecipe } from './recipe-store.ts';
import { reviewRecipe } from './review-recipe.ts';
import { RunNotes } from './run-notes.ts';
import { recoverRuns, runOfMessage, type StoredRun } from './run-store.ts';
import { deleteSchedule, insertSchedule, updateSchedule } from './schedule-store.ts';
import { Scheduler } from './scheduler.ts';

/** What recipes are made with. */
export interface RecipesOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly log: Log;
  /** Asked for when it is needed, because the chat is made after the agents. */
  readonly chat: () => RecipeChat;
  /** An agent that can be chosen, or `null`. */
  readonly agent: (id: string) => AgentView | null;
  readonly defaultAgentId: () => string;
}

type RecipeCall = Extract<keyof CallHandlers, `recipes.${string}` | `schedules.${string}`>;

/** Recipes, their runs and their schedules. */
export interface Recipes {
  readonly handlers: {
    readonly calls: Pick<CallHandlers, RecipeCall>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'recipes.watch'>;
  };
  /** The run that an answer is to be made by; `null`: a model makes it. */
  runFor(request: AnswerRequest): Promise<{ readonly run: StoredRun; readonly notes: RunNotes } | null>;
  /** Lets schedules run. Once, when the chat is there. */
  startSchedules(): Promise<void>;
  stop(): void;
}

/** Reads the recipes; runs nothing before `startSchedules`. */
export async function createRecipes(options: RecipesOptions): Promise<Recipes> {
  const { storage, clock, log } = options;
  const book = new RecipeBook(storage, log);
  await purgeRecipes(storage.db, clock.now());
  await recoverRuns(storage.db, 'Nunba ended in the middle of it.', clock.now());
  await book.load();
  const service = new RecipeService(options, book);
  const end = storage.onReplaced(() => service.replaced());
  return {
    handlers: { calls: service.calls, subscriptions: { 'recipes.watch': (_, sink) => book.watch(sink) } },
    runFor: (request) => service.runFor(request),
    startSchedules: () => service.scheduler.start(),
    stop: () => {
      end();
      service.scheduler.stop();
    },
  };
}

class RecipeService {
  readonly #options: RecipesOptions;
  readonly #book: RecipeBook;
  readonly #means: BeginMeans;
  readonly scheduler: Scheduler;

  constructor(options: RecipesOptions, book: RecipeBook) {
    this.#options = options;
    this.#book = book;
    this.#means = { ...options, book };
    this.scheduler = new Scheduler({
      clock: options.clock,
      log: options.log,
      schedules: () => book.schedules,
      due: (schedule, due) => beginDue(this.#means, schedule, due),
      move: async (id, nextAt, lastAt) => {
        await updateSchedule(options.storage.db, id, { nextAt, ...(lastAt === null ? {} : { lastAt }) });
        await book.load();
      },
    });
  }

  readonly calls: Recipes['handlers']['calls'] = {
    'recipes.fromAnswer': async ({ messageId }) => {
      const answer = await this.#options.chat().endedAnswer(messageId);
      if (!answer) throw new FailureError({ kind: 'not-found', what: 'message' });
      const draft = extractRecipe({ ...answer, firstCalls: answer.modelCalls });
      if (!draft) throw new FailureError({ kind: 'not-a-recipe' });
      return { ...draft, parameters: [...draft.parameters], steps: [...draft.steps] } as RecipeView;
    },
    'recipes.create': async (draft) => {
      requireParameters(draft);
      const id = this.#options.ids();
      await insertRecipe(this.#options.storage.db, id, draft, this.#options.clock.now());
      return this.#changed(id);
    },
    'recipes.update': async ({ id, draft }) => {
      requireParameters(draft);
      await updateRecipe(this.#options.storage.db, id, draft, this.#options.clock.now());
      return this.#changed(id);
    },
    'recipes.delete': async ({ id }) => {
      await deleteRecipe(this.#options.storage.db, id, this.#options.clock.now());
      await this.#book.load();
      this.scheduler.changed();
      return {};
    },
    'recipes.restore': async ({ id }) => {
      await restoreRecipe(this.#options.storage.db, id);
      return this.#changed(id);
    },
    'recipes.export': ({ id }) => {
      const recipe = this.#book.recipe(id);
      return { fileName: fileNameFor(recipe.title, 'recipe'), text: encodeRecipe(recipe) };
    },
    'recipes.review': ({ text }) => {
      const decoded = decodeRecipe(text);
      if (decoded.kind === 'recipe') return reviewRecipe(decoded.draft, this.#options);
      throw new FailureError({ kind: 'import-unreadable', reason: decoded.reason });
    },
    'recipes.run': ({ id, values, conversationId }) => {
      const recipe = this.#book.recipe(id);
      const plannedAt = this.#options.clock.now();
      return beginRun(this.#means, { recipe, values, conversationId, scheduleId: null, plannedAt });
    },
    'schedules.preview': (times) => ({ times: [...this.#next(times, 3)] }),
    'schedules.create': async ({ recipeId, plan: given }) => {
      const plan = this.#planFor(this.#book.recipe(recipeId), given);
      const id = this.#options.ids();
      const nextAt = this.#next(plan, 1)[0] ?? 0;
      await insertSchedule(this.#options.storage.db, { id, recipeId, plan, nextAt }, this.#options.clock.now());
      return this.#scheduleChanged(id);
    },
    'schedules.update': async ({ id, plan: given }) => {
      const plan = this.#planFor(this.#book.recipe(this.#book.schedule(id).recipeId), given);
      await updateSchedule(this.#options.storage.db, id, { plan, nextAt: this.#next(plan, 1)[0] ?? null });
      return this.#scheduleChanged(id);
    },
    'schedules.pause': async ({ id, isPaused }) => {
      const nextAt = isPaused ? null : (this.#next(this.#book.schedule(id), 1)[0] ?? null);
      await updateSchedule(this.#options.storage.db, id, { isPaused, nextAt });
      return this.#scheduleChanged(id);
    },
    'schedules.delete': async ({ id }) => {
      await deleteSchedule(this.#options.storage.db, id);
      await this.#book.load();
      this.scheduler.changed();
      return {};
    },
  };

  async runFor({ messageId }: AnswerRequest): Promise<{ readonly run: StoredRun; readonly notes: RunNotes } | null> {
    const { storage, clock } = this.#options;
    const run = messageId === null ? null : await runOfMessage(storage.db, messageId);
    if (!run) return null;
    const notes = new RunNotes(run, storage.db, clock, () => this.#book.touch());
    await notes.begin();
    return { run, notes };
  }

  /** Another database is here now: what went by in its time is over, and nothing of it begins by itself. */
  async replaced(): Promise<void> {
    const { storage, clock } = this.#options;
    await recoverRuns(storage.db, 'Nunba ended in the middle of it.', clock.now());
    await this.#book.load();
    for (const schedule of this.#book.schedules) {
      if (schedule.isPaused) continue;
      await updateSchedule(storage.db, schedule.id, { nextAt: this.#nextOf(schedule) });
    }
    await this.#book.load();
    this.scheduler.changed();
  }

  /** `null`: it never comes, or its zone is none of this computer. */
  #nextOf(times: Times): number | null {
    try {
      return nextRuns(times, this.#options.clock.now(), 1)[0] ?? null;
    } catch (error) {
      this.#options.log.warn({ error }, 'A stored schedule has no times here and does not run.');
      return null;
    }
  }

  /** Throws `invalid-input` if it never comes. */
  #next(times: Times, count: number): readonly number[] {
    const next = nextRuns(times, this.#options.clock.now(), count);
    if (next.length > 0) return next;
    throw new FailureError({ kind: 'invalid-input', field: 'rhythm', reason: 'a time that never comes' });
  }

  /** With the values of the parameters that there are now. Throws `invalid-input`. */
  #planFor({ parameters }: RecipeView, plan: SchedulePlan): SchedulePlan {
    const names = new Set(parameters.map(({ name }) => name));
    const values = Object.fromEntries(Object.entries(plan.values).filter(([name]) => names.has(name)));
    for (const [field] of runValues(parameters, values).problems) {
      throw new FailureError({ kind: 'invalid-input', field, reason: 'not what this parameter takes' });
    }
    return { ...plan, values };
  }

  async #changed(id: string): Promise<RecipeView> {
    await this.#book.load();
    return this.#book.recipe(id);
  }

  async #scheduleChanged(id: string): Promise<ScheduleView> {
    await this.#book.load();
    this.scheduler.changed();
    return scheduleView(this.#book.schedule(id));
  }
}

/** Throws `invalid-input` for a placeholder that no parameter would fill: a tool would be given it as it stands. */
function requireParameters(draft: RecipeDraftView): void {
  const [field] = strayPlaceholders(draft);
  if (field !== undefined) {
    throw new FailureError({ kind: 'invalid-input', field, reason: 'not the name of a parameter, letter by letter' });
  }
}
