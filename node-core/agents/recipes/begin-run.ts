import type { AgentView } from '../../api/agent-views.ts';
import { describeFailure } from '../../api/failure-sentences.ts';
import { FailureError, failureOf } from '../../api/failures.ts';
import type { RecipeView } from '../../api/recipe-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { RecipeChat } from '../../protocol/ports/recipe-chat.ts';
import { fillText, runValues, type ValueProblem } from '../../protocol/recipes/template.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Due } from './due-runs.ts';
import type { RecipeBook } from './recipe-book.ts';
import { insertRun, openRuns, updateRun } from './run-store.ts';
import type { StoredSchedule } from './schedule-store.ts';

/** What runs are begun with. */
export interface BeginMeans {
  readonly storage: Pick<Storage, 'db'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: () => string;
  readonly chat: () => RecipeChat;
  readonly book: RecipeBook;
  /** An agent that can be chosen, or `null`. */
  readonly agent: (id: string) => Pick<AgentView, 'engine'> | null;
}

/** A run that is wanted. */
export interface WantedRun {
  readonly recipe: RecipeView;
  readonly values: Readonly<Record<string, string>>;
  /** `null`: a new conversation. */
  readonly conversationId: string | null;
  readonly scheduleId: string | null;
  readonly plannedAt: number;
}

const problemWords: Readonly<Record<ValueProblem, string>> = {
  missing: 'missing',
  'no-number': 'no number',
  'no-date': 'no date',
  'too-long': 'too long',
};

/**
 * Begins a run as a turn of the chat. Throws `invalid-input` for a value or an agent that cannot be taken, and what the chat refuses
 * with (`turn-running`, `not-found`, `agents-paused`); the run is kept as failed then.
 */
export async function beginRun(means: BeginMeans, wanted: WantedRun): Promise<{ readonly conversationId: string }> {
  const { storage, clock, ids, chat, book } = means;
  const { recipe, conversationId, scheduleId, plannedAt } = wanted;
  const values = requireValues(recipe, wanted.values);
  if (means.agent(recipe.agentId)?.engine === 'guide') {
    throw new FailureError({ kind: 'invalid-input', field: 'the agent', reason: 'the Guide, which uses no tools' });
  }
  const { title, agentId, job, parameters, steps, firstCalls } = recipe;
  const draft = { title, agentId, job, parameters, steps, firstCalls };
  const id = ids();
  const answerId = ids();
  const run = { id, recipeId: recipe.id, scheduleId, draft, values, plannedAt };
  await insertRun(storage.db, run, { state: 'queued', reason: null, message_id: answerId, ended_at: null });
  try {
    const text = fillText(job, values) || title;
    const begun = await chat().begin({ conversationId, agentId, text, answerId });
    await updateRun(storage.db, id, { conversation_id: begun.conversationId });
    return begun;
  } catch (error) {
    const failure = failureOf(error);
    const reason = failure ? describeFailure(failure).slice(0, 1000) : null;
    const state = failure?.kind === 'agents-paused' ? 'missed' : 'failed';
    await updateRun(storage.db, id, { state, reason, ended_at: clock.now() });
    throw error;
  } finally {
    book.touch();
  }
}

/** Throws `invalid-input`. */
function requireValues({ parameters }: RecipeView, given: WantedRun['values']): ReadonlyMap<string, string> {
  const { values, problems } = runValues(parameters, given);
  for (const [field, problem] of problems) {
    throw new FailureError({ kind: 'invalid-input', field, reason: problemWords[problem] });
  }
  return values;
}

/** The value of a schedule that its recipe has no parameter for any more; `null`: there is none. */
function lostValueOf(recipe: RecipeView, given: WantedRun['values']): string | null {
  const names = new Set(recipe.parameters.map(({ name }) => name));
  return Object.keys(given).find((name) => !names.has(name)) ?? null;
}

/** Does what is due about a schedule: runs it, unless its run before has not ended, or keeps that it was missed. */
export async function beginDue(
  means: BeginMeans,
  schedule: StoredSchedule,
  due: Exclude<Due, { kind: 'wait' }>,
): Promise<void> {
  const { plannedAt } = due;
  const recipe = means.book.recipe(schedule.recipeId);
  const missed = (reason: string) => keepMissed(means, { recipe, schedule, plannedAt, reason });
  if (due.kind === 'missed') return missed('Nunba was not running, or the computer slept.');
  if (await isBusy(means, schedule.id)) return missed('The run before had not ended.');
  const lost = lostValueOf(recipe, schedule.values);
  // What was meant for it is not done with another value instead.
  if (lost !== null) return missed(`The recipe was changed and has no “${lost}” any more. Edit the schedule.`);
  const wanted = { recipe, values: schedule.values, conversationId: null, scheduleId: schedule.id, plannedAt };
  try {
    await beginRun(means, wanted);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    // Anything else is kept with the run, where the person finds it.
    if (failure.kind === 'invalid-input') await missed(`${describeFailure(failure)} Edit the recipe or the schedule.`);
  }
}

async function isBusy({ storage, chat, clock }: BeginMeans, scheduleId: string): Promise<boolean> {
  const open = await openRuns(storage.db, scheduleId);
  const isAtWork = open.some(({ conversation_id }) => conversation_id !== null && chat().isRunning(conversation_id));
  if (isAtWork) return true;
  // A turn that was stopped before its answer began leaves its run behind.
  for (const { id } of open) await updateRun(storage.db, id, { state: 'stopped', ended_at: clock.now() });
  return false;
}

async function keepMissed(
  { storage, clock, ids, book }: BeginMeans,
  missed: {
    readonly recipe: RecipeView;
    readonly schedule: StoredSchedule;
    readonly plannedAt: number;
    readonly reason: string;
  },
): Promise<void> {
  const { recipe, schedule, plannedAt, reason } = missed;
  const { values } = runValues(recipe.parameters, schedule.values);
  const run = { id: ids(), recipeId: recipe.id, scheduleId: schedule.id, draft: recipe, values, plannedAt };
  await insertRun(storage.db, run, { state: 'missed', reason, message_id: null, ended_at: clock.now() });
  book.touch();
}
