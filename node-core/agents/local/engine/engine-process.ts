import type { EngineEndCause } from '../../../api/engine-failure.ts';
import { FailureError } from '../../../api/failures.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';
import type { ForkedChild } from '../../../protocol/ports/host.ts';
import { abortable } from './abortable.ts';
import type { EngineLimits } from './engine-limits.ts';
import {
  type EngineNews,
  type EngineWork,
  type FromEngine,
  fromEngineSchema,
  type LoadOrder,
  type ToEngine,
} from './engine-messages.ts';
import { EventQueue } from './event-queue.ts';

/** What an engine's process is watched with. */
export interface EngineMeans {
  readonly clock: Clock;
  readonly limits: EngineLimits;
  /** Whether memory is short now. */
  readonly isMemoryShort: () => boolean;
  /** For sentences. */
  readonly modelName: string;
}

/** How often an engine that has work is looked at, ms. */
const lookMs = 1_000;
/** Whoever ends a process because memory is short has freed it by then: so it counts if it was short this long ago, ms. */
const shortForMs = 5_000;

/** One process of the engine, with one model. It ends once, and every wait for it then rejects with `engine-ended`. */
export class EngineProcess {
  readonly #child: ForkedChild;
  readonly #means: EngineMeans;
  readonly #answers = new Map<number, EventQueue<EngineNews>>();
  #loading: PromiseWithResolvers<number> | null = null;
  #end: EngineEndCause | null = null;
  #heardAtMs: number;
  #broughtAtMs = 0;
  #lastId = 0;
  #shortAtMs = Number.NEGATIVE_INFINITY;
  /** Until an answer that was stopped has really ended; the next one waits for it. */
  #settling: Promise<void> = Promise.resolve();

  constructor(child: ForkedChild, means: EngineMeans) {
    this.#child = child;
    this.#means = means;
    this.#heardAtMs = means.clock.elapsed();
    child.onMessage((message) => this.#hear(message));
    child.onExit(() => this.end(this.#wasMemoryShort() ? 'memory' : 'crash'));
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** Loads the model; once. Gives the length of its context, tokens. */
  async load(order: LoadOrder): Promise<number> {
    const loading = Promise.withResolvers<number>();
    this.#loading = loading;
    const watch = this.#watch(this.#means.limits.loadMs);
    try {
      if (this.#end) throw this.#failure(this.#end);
      this.#tell(order);
      return await loading.promise;
    } finally {
      watch.cancel();
    }
  }

  /**
   * What comes of one order, as it comes. Rejects with `model-context-full`, `model-error` where the model takes no tools,
   * or `engine-ended`; aborting `signal` rejects at once with its reason, and the engine is told.
   */
  async *run(order: EngineWork, signal: AbortSignal): AsyncGenerator<EngineNews> {
    await abortable(this.#settling, signal);
    signal.throwIfAborted();
    if (this.#end) throw this.#failure(this.#end);
    const id = ++this.#lastId;
    const events = new EventQueue<EngineNews>();
    this.#answers.set(id, events);
    const watch = this.#watch(this.#means.limits.withoutTokenMs);
    const aborted = (): void => events.fail(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    let isDone = false;
    try {
      this.#tell({ ...order, id });
      for (let event = await events.next(); ; event = await events.next()) {
        isDone = event.kind === 'done';
        yield event;
        if (isDone) return;
      }
    } catch (error) {
      isDone = error instanceof FailureError && !signal.aborted;
      throw error;
    } finally {
      signal.removeEventListener('abort', aborted);
      watch.cancel();
      this.#answers.delete(id);
      if (!isDone) this.#settling = this.#settle(id);
    }
  }

  /** Ends it at once. What waits for it is told why. Idempotent. */
  end(cause: EngineEndCause): void {
    if (this.#end !== null) return;
    this.#end = cause;
    this.#child.kill();
    this.#loading?.reject(this.#failure(cause));
    for (const events of this.#answers.values()) events.fail(this.#failure(cause));
  }

  /** Tells the engine to stop an answer, and waits until it has; one that goes on is ended. */
  async #settle(id: number): Promise<void> {
    if (this.#end) return;
    const events = new EventQueue<EngineNews>();
    this.#answers.set(id, events);
    const timer = this.#means.clock.after(this.#means.limits.abortMs, () => this.end('hang'));
    try {
      this.#tell({ kind: 'abort', id });
      while ((await events.next()).kind !== 'done');
    } catch {
      // It has ended, or refused: either way it does nothing any more for this answer.
    } finally {
      timer.cancel();
      this.#answers.delete(id);
    }
  }

  #wasMemoryShort(): boolean {
    const { clock, isMemoryShort } = this.#means;
    if (isMemoryShort()) this.#shortAtMs = clock.elapsed();
    return clock.elapsed() - this.#shortAtMs <= shortForMs;
  }

  #hear(message: unknown): void {
    const news = fromEngineSchema.safeParse(message);
    if (!news.success || this.#end) return;
    this.#heardAtMs = this.#means.clock.elapsed();
    this.#take(news.data);
  }

  #take(news: FromEngine): void {
    switch (news.kind) {
      case 'alive':
        break;
      case 'loaded':
        this.#loading?.resolve(news.contextTokens);
        break;
      case 'unloadable':
        this.end(news.cause);
        break;
      case 'refused':
        if (news.cause === 'memory') this.end('memory');
        else this.#answers.get(news.id)?.fail(this.#refusal(news.cause, news.detail));
        break;
      case 'busy':
        this.#broughtAtMs = this.#heardAtMs;
        break;
      default:
        this.#broughtAtMs = this.#heardAtMs;
        this.#answers.get(news.id)?.push(news);
    }
  }

  /** Looks whether it says anything while it has work. A look that comes late itself says nothing: all stood still. */
  #watch(withoutTokenMs: number): { cancel(): void } {
    const { clock, limits } = this.#means;
    let lookedAtMs = clock.elapsed();
    this.#heardAtMs = lookedAtMs;
    this.#broughtAtMs = lookedAtMs;
    return clock.every(lookMs, () => {
      const now = clock.elapsed();
      if (now - lookedAtMs > lookMs * 3) this.#heardAtMs = now;
      lookedAtMs = now;
      this.#wasMemoryShort();
      if (now - this.#heardAtMs > limits.silentMs || now - this.#broughtAtMs > withoutTokenMs) this.end('hang');
    });
  }

  #tell(order: ToEngine): void {
    this.#child.send(order);
  }

  #failure(cause: EngineEndCause): FailureError {
    return new FailureError({ kind: 'engine-ended', model: this.#means.modelName.slice(0, 300), cause });
  }

  #refusal(cause: 'context' | 'tools' | 'bug', detail: string): Error {
    const [host, model] = ['This computer', this.#means.modelName.slice(0, 300)];
    if (cause === 'context') return new FailureError({ kind: 'model-context-full', host, model });
    if (cause === 'bug') return new Error(`the engine could not answer: ${detail}`);
    // As the programs that serve models say it, so that the loop asks again without tools.
    const sentence = 'this model does not support tools in so short a context.';
    return new FailureError({ kind: 'model-error', host, status: 400, detail: sentence });
  }
}
