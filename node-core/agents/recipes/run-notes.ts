import type { Kysely } from 'kysely';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { RecipeRunTable } from '../../storage/recipe-schema.ts';
import type { Schema } from '../../storage/schema.ts';
import { type StepResult, type StoredRun, updateRun } from './run-store.ts';

/** Most characters of one result that is kept for the steps after it. */
const keptResultChars = 60_000;

/** What is kept of a run while it is at work. Everything is durable when it resolves. */
export class RunNotes {
  readonly #db: Kysely<Schema>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #runId: string;
  readonly #onChange: () => void;
  readonly #results: StepResult[];
  #step: number;
  #modelCalls: number;
  #isWaiting = false;
  #hasEnded = false;

  constructor(run: StoredRun, db: Kysely<Schema>, clock: Pick<Clock, 'now'>, onChange: () => void) {
    this.#db = db;
    this.#clock = clock;
    this.#runId = run.id;
    this.#onChange = onChange;
    this.#results = [...run.results];
    this.#step = run.step;
    this.#modelCalls = run.modelCalls;
  }

  get stepsDone(): number {
    return this.#step;
  }

  get results(): readonly StepResult[] {
    return this.#results;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The run is at work, also one that had ended before. */
  begin(): Promise<void> {
    return this.#change({ state: 'running', reason: null, ended_at: null });
  }

  /** A tool is about to be used under this id. */
  calling(callId: string): Promise<void> {
    return this.#change({ call_id: callId });
  }

  /** Nothing is at work under the noted id. */
  forgetCall(): Promise<void> {
    return this.#change({ call_id: null });
  }

  /** A model is about to be asked. */
  modelAsked(): Promise<void> {
    this.#modelCalls += 1;
    return this.#change({ model_calls: this.#modelCalls });
  }

  /** The person is asked about a deed, or has answered. */
  async waits(isWaiting: boolean): Promise<void> {
    if (isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    await this.#change({ state: isWaiting ? 'waiting' : 'running' });
  }

  /** `null`: a step that leaves nothing for those after it. */
  stepDone(result: StepResult | null): Promise<void> {
    this.#step += 1;
    if (result) this.#results.push(bounded(result));
    const results_json = JSON.stringify(this.#results);
    return this.#change({ step: this.#step, call_id: null, results_json });
  }

  end(state: 'done' | 'failed' | 'stopped', reason: string | null): Promise<void> {
    this.#hasEnded = true;
    return this.#change({ state, reason, ended_at: this.#clock.now() });
  }

  async #change(changes: Partial<Omit<RecipeRunTable, 'id'>>): Promise<void> {
    await updateRun(this.#db, this.#runId, changes);
    this.#onChange();
  }
}

const bounded = (result: StepResult): StepResult => {
  const { outcome } = result;
  if (outcome.kind !== 'done') return result;
  const text = JSON.stringify(outcome.value);
  if (text.length <= keptResultChars) return result;
  return { ...result, outcome: { kind: 'done', value: `${text.slice(0, keptResultChars)} … cut` } };
};
