import { z } from 'zod';
import { describeFailure } from '../../api/failure-sentences.ts';
import { FailureError, failureOf } from '../../api/failures.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { AnswerEvent, ToolOutcome } from '../../protocol/ports/answers.ts';
import type { DeedRecords, RestOfDeed } from '../../protocol/ports/deed-records.ts';
import type { RecipeStep } from '../../protocol/recipes/recipe.ts';
import { fillText, fillValue } from '../../protocol/recipes/template.ts';
import type { Tool } from '../tools/tool.ts';
import type { RecipeModel } from './recipe-model.ts';
import type { RunNotes } from './run-notes.ts';
import type { StoredRun } from './run-store.ts';

/** A use of a tool that has ended. */
export interface EndedUse {
  readonly outcome: ToolOutcome;
  readonly canUndo: boolean;
}

/** What a run works with. Tools, and whether a deed is allowed, are the agent's: as if its model had called. */
export interface RunMeans {
  readonly tools: readonly Tool[];
  readonly use: (
    call: { readonly callId: string; readonly toolName: string; readonly input: string },
    signal: AbortSignal,
  ) => AsyncGenerator<AnswerEvent, EndedUse>;
  /** What came of deeds that were begun before. */
  readonly deeds: Pick<DeedRecords, 'endOf' | 'restOf' | 'begunAs'>;
  readonly model: Pick<RecipeModel, 'provenance' | 'decide' | 'say'>;
  readonly notes: RunNotes;
  readonly ids: () => string;
  /** Asked before each step; throws to refuse. */
  readonly pass: () => void;
}

type ToolStep = Extract<RecipeStep, { kind: 'tool' | 'decide' }>;

/**
 * Runs the steps of a recipe that are not done yet, as an answer. Each step is noted before it begins and after it ended,
 * so that a run that broke off goes on behind the last one that was done; a deed that was at work then is looked up and
 * not done again: of changes to files what is left of them is done. Throws `recipe-stopped` at the first step that does not come to a result.
 */
export async function* runRecipe(run: StoredRun, means: RunMeans, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  const { notes } = means;
  try {
    yield* new RecipeRun(run, means, signal).go();
    await notes.end('done', null);
    yield { kind: 'finish', reason: 'complete' };
  } catch (error) {
    if (!signal.aborted) await notes.end('failed', sentenceOf(error));
    throw error;
  } finally {
    // Stopped by the person, by a pause, or by the end of the program.
    if (!notes.hasEnded) await notes.end('stopped', signal.aborted ? pauseSentence(signal.reason) : null);
  }
}

/** What is kept of why a run failed. */
export const sentenceOf = (error: unknown): string => {
  const failure = failureOf(error);
  return failure ? describeFailure(failure).slice(0, 1000) : 'Something went wrong that should not have.';
};

const pauseSentence = (reason: unknown): string | null => {
  const failure = failureOf(reason);
  return failure?.kind === 'agents-paused' ? describeFailure(failure) : null;
};

class RecipeRun {
  readonly #run: StoredRun;
  readonly #means: RunMeans;
  readonly #signal: AbortSignal;
  #hasProvenance = false;
  #hasSaid = false;

  constructor(run: StoredRun, means: RunMeans, signal: AbortSignal) {
    this.#run = run;
    this.#means = means;
    this.#signal = signal;
  }

  async *go(): AsyncGenerator<AnswerEvent> {
    const { draft, step: done, callId } = this.#run;
    if (callId !== null) yield* this.#settle(callId, done);
    const from = this.#means.notes.stepsDone;
    for (const [index, step] of draft.steps.entries()) {
      if (index < from) continue;
      this.#signal.throwIfAborted();
      this.#means.pass();
      if (step.kind === 'say') yield* this.#say(step);
      else yield* this.#doTool(step, index);
    }
  }

  /** A deed was at work when the run broke off. What is known of it is taken over; nothing is done twice. */
  async *#settle(callId: string, index: number): AsyncGenerator<AnswerEvent> {
    const { deeds, notes } = this.#means;
    const step = this.#run.draft.steps[index];
    const end = await deeds.endOf(callId);
    if (!end || step === undefined || step.kind === 'say') return await notes.forgetCall();
    const shortfall = shortfallOf(end.outcome);
    if (end.outcome.kind === 'done' && shortfall === null) return await this.#stepDone(step, callId, end.outcome);
    const rest = await this.#restOf(callId, step.toolName);
    if (rest) return yield* this.#doRest(rest, step, { callId, index });
    // Told once; who carries the run on after that wants the step done anew.
    await notes.forgetCall();
    throw this.#stopped(index, step.toolName, shortfall ?? '');
  }

  /** What is left of a deed, as far as its tool can do that; `null`: the step can only be done anew. */
  async #restOf(callId: string, toolName: string): Promise<Rest | null> {
    const tool = this.#means.tools.find(({ name }) => name === toolName);
    const rest = await this.#means.deeds.restOf(callId);
    if (!rest || !tool?.argumentsForRest) return null;
    if (rest.changes.length === 0) return { ...rest, input: null };
    const input = tool.argumentsForRest(rest);
    return input === null ? null : { ...rest, input };
  }

  /**
   * Does what is left, with a permission of its own. The noted id stays that of the first deed until all of it is done, so
   * that a run that breaks off here finds both.
   */
  async *#doRest(
    { input, done }: Rest,
    step: ToolStep,
    { callId, index }: { readonly callId: string; readonly index: number },
  ): AsyncGenerator<AnswerEvent> {
    const { notes, pass } = this.#means;
    pass();
    const { toolName } = step;
    const outcome: ToolOutcome =
      input === null ? { kind: 'done', value: {} } : yield* this.#use(toolName, input, this.#means.ids());
    const shortfall = shortfallOf(outcome);
    if (outcome.kind === 'done' && shortfall === null) {
      const more = doneSchema.safeParse(outcome.value).data?.done ?? [];
      return await this.#stepDone(step, callId, { kind: 'done', value: { end: 'done', done: [...done, ...more] } });
    }
    if ((await this.#restOf(callId, toolName)) === null) await notes.forgetCall();
    throw this.#stopped(index, toolName, shortfall ?? '');
  }

  /** What a model had decided is known to the records of deeds alone. */
  async #stepDone(step: ToolStep, callId: string, outcome: ToolOutcome): Promise<void> {
    const { deeds, notes } = this.#means;
    const { kind, toolName } = step;
    const given =
      kind === 'tool'
        ? fillValue(step.arguments, this.#run.values)
        : ((await deeds.begunAs(callId))?.arguments ?? null);
    await notes.stepDone({ toolName, arguments: given, outcome });
  }

  async *#say(step: Extract<RecipeStep, { kind: 'say' }>): AsyncGenerator<AnswerEvent> {
    const { model, notes } = this.#means;
    const text = fillText(step.text, this.#run.values);
    if (this.#hasSaid) yield { kind: 'text', text: '\n\n' };
    this.#hasSaid = true;
    if (step.how === 'template') {
      yield { kind: 'text', text };
    } else {
      yield* this.#introduce();
      await notes.modelAsked();
      yield* model.say(text, this.#context(), this.#signal);
    }
    await notes.stepDone(null);
  }

  async *#doTool(step: ToolStep, index: number): AsyncGenerator<AnswerEvent> {
    const { tools, ids, notes } = this.#means;
    const { toolName } = step;
    const tool = tools.find(({ name }) => name === toolName);
    if (!tool) throw this.#stopped(index, toolName, 'The agent does not have this tool here.');
    const given = yield* this.#arguments(step, tool);
    if (given === undefined) throw this.#stopped(index, toolName, undecided);
    const callId = ids();
    await notes.calling(callId);
    const outcome = yield* this.#use(toolName, given, callId);
    const shortfall = shortfallOf(outcome);
    if (shortfall === null) return await notes.stepDone({ toolName, arguments: given, outcome });
    // What is left of it is done when the run is carried on.
    if ((await this.#restOf(callId, toolName)) === null) await notes.forgetCall();
    throw this.#stopped(index, toolName, shortfall);
  }

  async *#use(toolName: string, given: JsonValue, callId: string): AsyncGenerator<AnswerEvent, ToolOutcome> {
    const { use, notes } = this.#means;
    yield { kind: 'tool-call', callId, toolName, arguments: given };
    const uses = use({ callId, toolName, input: JSON.stringify(given) }, this.#signal);
    let next = await uses.next();
    for (; !next.done; next = await uses.next()) {
      if (next.value.kind === 'tool-deed') await notes.waits(next.value.approval.kind === 'asked');
      yield next.value;
    }
    const { outcome, canUndo } = next.value;
    yield { kind: 'tool-outcome', callId, outcome, canUndo };
    return outcome;
  }

  async *#arguments(step: ToolStep, tool: Tool): AsyncGenerator<AnswerEvent, JsonValue | undefined> {
    const given = fillValue(step.arguments, this.#run.values);
    if (step.kind === 'tool') return given;
    yield* this.#introduce();
    await this.#means.notes.modelAsked();
    return await this.#means.model.decide(tool, given, this.#context(), this.#signal);
  }

  async *#introduce(): AsyncGenerator<AnswerEvent> {
    if (this.#hasProvenance) return;
    this.#hasProvenance = true;
    yield await this.#means.model.provenance(this.#signal);
  }

  #context() {
    return { job: fillText(this.#run.draft.job, this.#run.values), results: this.#means.notes.results };
  }

  #stopped(index: number, tool: string, reason: string): FailureError {
    const count = this.#run.draft.steps.length;
    return new FailureError({ kind: 'recipe-stopped', step: index + 1, count, tool, reason: reason.slice(0, 2000) });
  }
}

/** `input`: with what the tool is called; `null`: nothing is left. */
type Rest = Pick<RestOfDeed, 'done'> & { readonly input: JsonValue };

const doneSchema = z.object({ done: z.array(z.string()) });
/** A small model may not manage it; that is no fault of the program that serves it. */
const undecided =
  'The model did not say what this step is to be done with. Choose a larger model, or write it into the step.';

const partlySchema = z.object({ end: z.literal('partly'), reason: z.string() });

/**
 * Why a step did not come to all that it was to come to; `null`: it did. A change of files that came to an end half-way
 * is a result for a model, which reads of it, but the steps of a recipe behind it count on the whole.
 */
const shortfallOf = (outcome: ToolOutcome): string | null => {
  if (outcome.kind === 'failed') return outcome.message;
  if (outcome.kind === 'stopped') return 'It was stopped in the middle.';
  const partly = partlySchema.safeParse(outcome.value).data;
  return partly ? `It was done in part only: ${partly.reason}` : null;
};
