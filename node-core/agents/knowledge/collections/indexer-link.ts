import type { Clock, Timer } from '../../../protocol/ports/clock.ts';
import type { ForkedChild } from '../../../protocol/ports/host.ts';
import type { Log } from '../../../protocol/ports/log.ts';
import {
  type CollectionOrder,
  type IndexerOrder,
  type IndexerReport,
  indexerReportSchema,
  type RootReport,
} from '../indexer-messages.ts';

/** Why no index answers at the moment. */
export type IndexerTrouble = 'disk-full' | 'index-unusable' | 'indexer-ended';

export interface IndexerLinkParts {
  /** Starts the indexer. */
  readonly fork: () => ForkedChild;
  /** The index. */
  readonly file: string;
  /** Nunba's own folder. */
  readonly excluded: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onRoots: (roots: readonly RootReport[], indexBytes: number) => void;
  readonly onRebuilt: () => void;
  /** `null`: it is over. */
  readonly onTrouble: (trouble: IndexerTrouble | null) => void;
}

type Request = Extract<IndexerOrder, { kind: 'search' | 'read' | 'unembedded' | 'keep' }>;
type Answer = Extract<IndexerReport, { kind: 'found' | 'text' | 'texts' | 'kept' }>;
/** What each request is answered with. */
type AnswerKinds = {
  readonly search: 'found';
  readonly read: 'text';
  readonly unembedded: 'texts';
  readonly keep: 'kept';
};
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Longest wait for an answer, and for an orderly end, ms. */
const answerMs = 20_000;
const endMs = 3_000;
/** Requests that wait at a time; more are refused. */
const mostWaiting = 64;
/** Waits before a new start, ms: each quick end doubles it. One that lived a minute begins the waits anew. */
const restart = { firstMs: 1_000, longestMs: 300_000, provenMs: 60_000, troubleAfter: 3 } as const;

/** The index does not answer. */
export class IndexerUnreachable extends Error {}

/** It is there, but could not do what was asked. */
export class IndexerFailed extends IndexerUnreachable {}

/** The node's end of the line to its indexer: starts it when there is something to index, and again when it ended. */
export class IndexerLink {
  readonly #parts: IndexerLinkParts;
  #child: ForkedChild | null = null;
  #collections: readonly CollectionOrder[] = [];
  #model: string | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #quickEnds = 0;
  #startedAtMs = 0;
  #restart: Timer | null = null;
  #isStopped = false;

  constructor(parts: IndexerLinkParts) {
    this.#parts = parts;
  }

  /** The whole of what is to be looked after. */
  configure(collections: readonly CollectionOrder[]): void {
    this.#collections = collections;
    if (this.#child !== null) this.#sendOrder();
    else if (collections.some(({ roots }) => roots.length > 0)) this.#start();
  }

  /** @param model identity of what makes vectors of passages; `null`: nothing does */
  use(model: string | null): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#sendOrder();
  }

  reindex(rootIds: readonly string[]): void {
    this.#send({ kind: 'reindex', rootIds: [...rootIds] });
  }

  /** Throws IndexerUnreachable, IndexerFailed, or the signal's reason. */
  async ask<R extends WithoutId<Request>>(
    request: R,
    signal: AbortSignal,
  ): Promise<Extract<Answer, { kind: AnswerKinds[R['kind']] }>>;
  async ask(request: WithoutId<Request>, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    if (this.#child === null || this.#waiting.size >= mostWaiting) throw new IndexerUnreachable();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject });
    const timer = this.#parts.clock.after(answerMs, () => reject(new IndexerUnreachable()));
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      this.#send({ ...request, id });
      return await promise;
    } finally {
      timer.cancel();
      signal.removeEventListener('abort', abort);
      this.#waiting.delete(id);
    }
  }

  /** Lets it finish what it is writing, then ends it. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#restart?.cancel();
    const child = this.#child;
    if (child === null) return;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    child.onExit(() => resolve());
    this.#send({ kind: 'close' });
    const timer = this.#parts.clock.after(endMs, () => child.kill());
    await ended;
    timer.cancel();
  }

  #start(): void {
    if (this.#isStopped || this.#child !== null) return;
    this.#restart?.cancel();
    this.#restart = null;
    this.#startedAtMs = this.#parts.clock.elapsed();
    const child = this.#parts.fork();
    this.#child = child;
    child.onMessage((message) => this.#receive(message));
    child.onExit(({ code }) => this.#ended(child, code));
    this.#send({ kind: 'open', file: this.#parts.file, excluded: this.#parts.excluded });
    this.#sendOrder();
  }

  #sendOrder(): void {
    this.#send({ kind: 'configure', collections: [...this.#collections], model: this.#model });
  }

  #send(order: IndexerOrder): void {
    this.#child?.send(order);
  }

  #receive(message: unknown): void {
    const report = indexerReportSchema.safeParse(message).data;
    if (report === undefined) {
      this.#parts.log.warn({}, 'The indexer said something that cannot be read.');
      return;
    }
    switch (report.kind) {
      case 'roots':
        this.#parts.onTrouble(null);
        this.#parts.onRoots(report.roots, report.indexBytes);
        break;
      case 'rebuilt':
        this.#parts.log.warn({}, 'The index of the knowledge was damaged and is made anew.');
        this.#parts.onRebuilt();
        break;
      case 'unusable':
        this.#parts.log.warn({ code: report.code }, 'The index of the knowledge cannot be opened.');
        this.#parts.onTrouble(/FULL|ENOSPC|EDQUOT/.test(report.code) ? 'disk-full' : 'index-unusable');
        break;
      case 'found':
      case 'text':
      case 'texts':
      case 'kept':
        this.#waiting.get(report.id)?.resolve(report);
        break;
      case 'failed':
        this.#waiting.get(report.id)?.reject(new IndexerFailed());
        break;
    }
  }

  #ended(child: ForkedChild, code: number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    for (const { reject } of this.#waiting.values()) reject(new IndexerUnreachable());
    if (this.#isStopped) return;
    const { clock, log } = this.#parts;
    const isProven = clock.elapsed() - this.#startedAtMs >= restart.provenMs;
    this.#quickEnds = isProven ? 1 : this.#quickEnds + 1;
    const waitMs = Math.min(restart.longestMs, restart.firstMs * 2 ** (this.#quickEnds - 1));
    log.warn({ code, waitMs }, 'The indexer has ended; it is started again.');
    if (this.#quickEnds >= restart.troubleAfter) this.#parts.onTrouble('indexer-ended');
    this.#restart = clock.after(waitMs, () => this.#start());
  }
}
