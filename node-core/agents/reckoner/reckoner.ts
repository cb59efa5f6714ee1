import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { ForkedChild } from '../../protocol/ports/host.ts';
import { ToolRefusal } from '../tools/tool.ts';
import type { PageText } from '../web/page-text.ts';
import { type ReckonerOrder, type ReckonerReport, reckonerReportSchema } from './reckoner-messages.ts';

/** Computes what may take long without holding the node. Rejects with a ToolRefusal, or the reason of the signal. */
export interface Reckoner {
  calculate(expression: string, form: 'decimal' | 'fraction', signal: AbortSignal): Promise<string>;
  readPage(html: string, url: URL, signal: AbortSignal): Promise<PageText>;
  /** Ends it with all that is under way. */
  stop(): void;
}

export interface ReckonerMeans {
  /** Starts the process that computes. */
  readonly fork: () => ForkedChild;
  readonly clock: Pick<Clock, 'after'>;
}

/** Longest order with the start of the process and those that wait before it, ms; each ends itself long before. */
const orderMs = 25_000;

/** How long the process is kept when nothing is to be computed, ms: it takes memory, and a second to begin. */
const idleMs = 60_000;

/** Orders at a time; more are refused. */
const mostAtOnce = 16;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Answer = Exclude<ReckonerReport, { kind: 'refused' | 'failed' }>;

const notNow = 'This cannot be computed at the moment. Go on without it.';

/** A reckoner in a child of the node: started when it is first needed, ended when it is idle or hangs. */
export function createReckoner(means: ReckonerMeans): Reckoner {
  const child = new ReckonerChild(means);
  return {
    async calculate(expression, form, signal) {
      const answer = await child.ask({ kind: 'calculate', expression, form }, signal);
      if (answer.kind !== 'calculated') throw new ToolRefusal(notNow);
      return answer.result;
    },
    async readPage(html, url, signal) {
      const answer = await child.ask({ kind: 'page', html, url: url.href }, signal);
      if (answer.kind !== 'page') throw new ToolRefusal(notNow);
      return { title: answer.title, text: answer.text };
    },
    stop: () => child.stop(),
  };
}

class ReckonerChild {
  readonly #means: ReckonerMeans;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #child: ForkedChild | null = null;
  #lastId = 0;
  #idle: Timer | null = null;
  #isStopped = false;

  constructor(means: ReckonerMeans) {
    this.#means = means;
  }

  async ask(order: WithoutId<ReckonerOrder>, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    if (this.#isStopped || this.#waiting.size >= mostAtOnce) throw new ToolRefusal(notNow);
    this.#idle?.cancel();
    const child = this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    const abort = (): void => waiting.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    // Nothing else could end a computation that does not end itself.
    const late = this.#means.clock.after(orderMs, () => this.#kill());
    try {
      child.send({ ...order, id });
      return await waiting.promise;
    } finally {
      late.cancel();
      signal.removeEventListener('abort', abort);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0 && this.#child) this.#idle = this.#means.clock.after(idleMs, () => this.#kill());
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#kill();
  }

  #start(): ForkedChild {
    if (this.#child) return this.#child;
    const child = this.#means.fork();
    this.#child = child;
    child.onMessage((message) => this.#receive(message));
    child.onExit(() => {
      if (this.#child === child) this.#ended();
    });
    return child;
  }

  #receive(message: unknown): void {
    const report = reckonerReportSchema.safeParse(message).data;
    const waiting = report && this.#waiting.get(report.id);
    if (!report || !waiting) return;
    if (report.kind === 'refused') waiting.reject(new ToolRefusal(report.reason));
    else if (report.kind === 'failed') waiting.reject(new ToolRefusal(notNow));
    else waiting.resolve(report);
  }

  #kill(): void {
    const child = this.#child;
    this.#ended();
    child?.kill();
  }

  #ended(): void {
    this.#idle?.cancel();
    this.#child = null;
    for (const { reject } of this.#waiting.values()) reject(new ToolRefusal(notNow));
  }
}
