import { z } from 'zod';
import { describeFailure } from '../../api/failure-sentences.ts';
import { FailureError, failureOf } from '../../api/failures.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { AnswerEvent, ToolOutcome } from '../../protocol/ports/answers.ts';
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
  /** What came of a deed that was begun before; `null`: nothing was begun under that id. */
  readonly endOf: (callId: string) => Promise<EndedUse | null>;
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
 * not done again. Throws `recipe-stopped` at the first step that does not come to a result.
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
    if (callId !== null) await this.#settle(callId, done);
    const from = this.#means.notes.stepsDone;
    for (const [index, step] of draft.steps.entries()) {
      if (index < from) continue;
      this.#signal.throwIfAborted();
      this.#means.pass();
      if (step.kind === 'say') yield* this.#say(step);
      else yield* this.#doTool(step, index);
    }
  }

  /** A deed was at work when the last process ended. What is known of it is taken over; nothing is done twice. */
  async #settle(callId: string, index: number): Promise<void> {
    const { endOf, notes } = this.#means;
    const step = this.#run.draft.steps[index];
    const end = await endOf(callId);
    if (!end || step === undefined || step.kind === 'say') return notes.forgetCall();
    const shortfall = shortfallOf(end.outcome);
    if (end.outcome.kind === 'done' && shortfall === null) {
      const given = fillValue(step.arguments, this.#run.values);
      return notes.stepDone({ toolName: step.toolName, arguments: given, outcome: end.outcome });
    }
    // Told once; who carries the run on after that wants the step done anew.
    await notes.forgetCall();
    throw this.#stopped(index, step.toolName, shortfall ?? '');
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
    const { tools, use, ids, notes } = this.#means;
    const { toolName } = step;
    const tool = tools.find(({ name }) => name === toolName);
    if (!tool) throw this.#stopped(index, toolName, 'The agent does not have this tool here.');
    const given = yield* this.#arguments(step, tool);
    const callId = ids();
    yield { kind: 'tool-call', callId, toolName, arguments: given };
    await notes.calling(callId);
    const uses = use({ callId, toolName, input: JSON.stringify(given) }, this.#signal);
    let next = await uses.next();
    for (; !next.done; next = await uses.next()) {
      if (next.value.kind === 'tool-deed') await notes.waits(next.value.approval.kind === 'asked');
      yield next.value;
    }
    const { outcome, canUndo } = next.value;
    yield { kind: 'tool-outcome', callId, outcome, canUndo };
    const shortfall = shortfallOf(outcome);
    if (shortfall === null) return await notes.stepDone({ toolName, arguments: given, outcome });
    await notes.forgetCall();
    throw this.#stopped(index, toolName, shortfall);
  }

  async *#arguments(step: ToolStep, tool: Tool): AsyncGenerator<AnswerEvent, JsonValue> {
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
