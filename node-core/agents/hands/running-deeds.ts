import type { Clock } from '../../protocol/ports/clock.ts';

/** How long the end of a deed is waited for that goes on after its answer has ended, ms. */
const graceMs = 5_000;

/** How long the next turn of a conversation waits for what the one before has not ended, ms. */
const turnWaitsMs = 15_000;

/** How long a deed that was told to stop may take for it, ms; after that nobody waits for it any more. */
const givenUpAfterMs = 60_000;

/** A deed that this process is at work on. */
export interface RunningDeed {
  readonly callId: string;
  readonly conversationId: string;
  /** Nobody waits for it any more: it may begin no further step. */
  isGivenUp: boolean;
  /** Somebody asked for its end and was told that it is not known yet. */
  isToldEarly: boolean;
  /** Resolves when its end is noted; never rejects. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** What this process is at work on. */
export class RunningDeeds {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #deeds = new Map<string, RunningDeed>();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  get(callId: string): RunningDeed | undefined {
    return this.#deeds.get(callId);
  }

  /** Whether something is at work for this conversation. */
  isBusy(conversationId: string): boolean {
    return this.#of(conversationId).length > 0;
  }

  /** Counts it until its `end` is called. */
  begin(callId: string, conversationId: string): RunningDeed {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
      this.#deeds.delete(callId);
      resolve();
    };
    const deed = { callId, conversationId, isGivenUp: false, isToldEarly: false, ended, end };
    this.#deeds.set(callId, deed);
    return deed;
  }

  /** Resolves when it has ended, or after a moment. */
  async waitFor(callId: string): Promise<void> {
    const deed = this.#deeds.get(callId);
    if (deed) await this.#within(graceMs, deed.ended);
  }

  /** Waits a while for everything of a conversation. @returns whether nothing is at work any more */
  async whenIdle(conversationId: string): Promise<boolean> {
    const ends = this.#of(conversationId).map(({ ended }) => ended);
    if (ends.length > 0) await this.#within(turnWaitsMs, Promise.all(ends));
    return !this.isBusy(conversationId);
  }

  /** Calls `act` when a deed has not ended a good while after `stop`. @returns what ends the watch */
  watchStop(deed: RunningDeed, stop: AbortSignal | undefined, act: () => void): () => void {
    if (!stop) return () => undefined;
    let timer: { cancel(): void } | null = null;
    const begin = (): void => {
      timer = this.#clock.after(givenUpAfterMs, () => {
        deed.isGivenUp = true;
        act();
      });
    };
    if (stop.aborted) begin();
    else stop.addEventListener('abort', begin, { once: true });
    return () => {
      stop.removeEventListener('abort', begin);
      timer?.cancel();
    };
  }

  #of(conversationId: string): readonly RunningDeed[] {
    return [...this.#deeds.values()].filter((deed) => deed.conversationId === conversationId);
  }

  async #within(ms: number, work: Promise<unknown>): Promise<void> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = this.#clock.after(ms, resolve);
    await Promise.race([work, over]);
    timer.cancel();
  }
}
