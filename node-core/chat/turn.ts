import type { TurnState } from '../api/conversation-views.ts';
import { type Failure, failureOf } from '../api/failures.ts';
import type { AnswerEvent, Answerer, AnswerRequest } from '../protocol/ports/answers.ts';
import type { Clock, Timer } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import { nextTurn, type TurnEvent } from '../protocol/turn.ts';
import type { AnswerDraft, DraftChange } from './answer-draft.ts';

/** What arrived is kept this long after the last time at the latest, ms; half the promised 500, for slow disks. */
const keepWithinMs = 400;

/** While tokens come, they are kept this often, ms. */
const keepEveryMs = 300;

/** What a turn works with. */
export interface TurnWorld {
  readonly answerer: Answerer;
  readonly clock: Clock;
  readonly log: Log;
  readonly ids: () => string;
  /** Shows a change to whoever watches. Synchronous: a token waits for nothing. */
  readonly show: (draft: AnswerDraft, change: DraftChange) => void;
  /** Keeps the answer as it stands. */
  readonly keep: (draft: AnswerDraft) => Promise<void>;
  /** Keeps the answer as it ended, with what it leaves behind. */
  readonly keepEnd: (draft: AnswerDraft) => Promise<void>;
  /** Told once, after the end is durable (or could not be kept). */
  readonly ended: (turn: Turn) => Promise<void>;
}

/** One answer in the making: asks the answerer, shows what comes, keeps it, and ends in exactly one state. */
export class Turn {
  readonly draft: AnswerDraft;
  readonly #world: TurnWorld;
  readonly #request: () => Promise<AnswerRequest>;
  readonly #abort = new AbortController();
  #finish: Extract<AnswerEvent, { kind: 'finish' }> | null = null;
  #ending: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();
  #isKeepPlanned = false;
  #lastKeptAt: number;
  #timer: Timer | null = null;

  constructor(world: TurnWorld, draft: AnswerDraft, request: () => Promise<AnswerRequest>) {
    this.#world = world;
    this.draft = draft;
    this.#request = request;
    this.#lastKeptAt = world.clock.elapsed();
  }

  /** Asks for the answer and resolves when the turn has ended. Never rejects. */
  async run(): Promise<void> {
    try {
      const request = await this.#request();
      if (this.#ending) return await this.#ending;
      this.draft.start(this.#world.clock.elapsed());
      this.#world.show(this.draft, { kind: 'message' });
      for await (const event of this.#world.answerer.answer(request, this.#abort.signal)) {
        if (this.#ending) break;
        this.#take(event);
      }
      await (this.#ending ?? this.#end('finish', this.#completion()));
    } catch (error) {
      await (this.#ending ?? this.#fail(error));
    }
  }

  /** Closes the request to the provider at once; resolves when the end is durable. A turn that has ended stays so. */
  stop(): Promise<void> {
    return this.#end('stop', { kind: 'stopped' });
  }

  /** The node stops: what is there is kept as interrupted. */
  interrupt(): Promise<void> {
    return this.#end('recover', { kind: 'interrupted' });
  }

  #take(event: AnswerEvent): void {
    const change = this.draft.take(event, this.#world.clock.elapsed());
    if (event.kind === 'finish') this.#finish = event;
    if (change.kind === 'nothing') return;
    this.#world.show(this.draft, change);
    // A question waits for the person, who may answer after a crash: it is kept at once.
    if (event.kind === 'tool-deed') setImmediate(() => this.#keep());
    else this.#planKeep();
  }

  /** The write waits until the token has left, so that its fsync delays no token that is here already. */
  #planKeep(): void {
    const { clock } = this.#world;
    this.#timer ??= clock.after(keepWithinMs, () => this.#keep());
    if (this.#isKeepPlanned || clock.elapsed() - this.#lastKeptAt < keepEveryMs) return;
    this.#isKeepPlanned = true;
    setImmediate(() => this.#keep());
  }

  #keep(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#isKeepPlanned = false;
    if (this.#ending) return;
    this.#lastKeptAt = this.#world.clock.elapsed();
    this.#keeping = this.#keeping
      .then(() => this.#world.keep(this.draft))
      .catch((error: unknown) => void this.#fail(error));
  }

  #completion(): TurnState {
    if (this.#finish) return { kind: 'complete', reason: this.#finish.reason };
    return { kind: 'failed', failure: this.#bug(new Error('The answer ended without a finish event.')) };
  }

  #fail(error: unknown): Promise<void> {
    // Whoever was refused because the agents are paused is as stopped as who was in the middle of an answer.
    if (failureOf(error)?.kind === 'agents-paused') return this.stop();
    return this.#end('fail', { kind: 'failed', failure: failureOf(error) ?? this.#bug(error) });
  }

  #bug(error: unknown): Failure {
    const incident = this.#world.ids();
    this.#world.log.error({ incident, messageId: this.draft.id, error }, 'A turn failed in a way nobody foresaw.');
    return { kind: 'bug', incident };
  }

  #end(event: TurnEvent, state: TurnState): Promise<void> {
    this.#ending ??= this.#endOnce(event, state);
    return this.#ending;
  }

  async #endOnce(event: TurnEvent, state: TurnState): Promise<void> {
    this.#abort.abort();
    this.#timer?.cancel();
    const expected = nextTurn(this.draft.state.kind, event);
    this.draft.end(expected === null ? { kind: 'interrupted' } : state, this.#world.clock.elapsed());
    try {
      await this.#keeping;
      await this.#world.keepEnd(this.draft);
    } catch (error) {
      const failure = failureOf(error) ?? this.#bug(error);
      this.draft.end({ kind: 'failed', failure }, this.#world.clock.elapsed());
    }
    await this.#world.ended(this);
  }
}
