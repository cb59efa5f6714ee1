import { type Failure, failureOf } from '../../../api/failures.ts';
import type { Clock, Timer } from '../../../protocol/ports/clock.ts';
import type { Embedder } from '../../../protocol/ports/embedder.ts';
import type { Log } from '../../../protocol/ports/log.ts';
import { IndexerFailed, type IndexerLink, IndexerUnreachable } from '../collections/indexer-link.ts';
import type { PassageVector } from '../index/vector-store.ts';
import type { RootReport } from '../indexer-messages.ts';
import type { PassageToEmbed } from '../indexing/passage-meanings.ts';
import { BreakingPassages } from './breaking-passages.ts';

interface MeaningParts {
  readonly link: Pick<IndexerLink, 'ask' | 'use'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told when `state` may have changed. */
  readonly onChange: () => void;
}

/** What a question means, with the model that says so. */
export interface QueryMeaning {
  readonly model: string;
  readonly vector: Int8Array<ArrayBuffer>;
}

/** How the search by meaning stands. */
export interface MeaningState {
  /** Name of the model that is used; `null`: none is, so it is searched by words alone. */
  readonly model: string | null;
  /** What passages could not be read with lately; `null`: nothing failed. It is tried again. */
  readonly failure: Failure | null;
}

/** Longest time that a search waits to know what its question means, ms; then it is searched by words. */
const queryMs = 1_500;
/** Longest question that is given to the model, in UTF-16 units. */
const mostQueryChars = 2_000;
/** Passages that are read in one go: what is lost when the node is killed, and done again. */
const batchPassages = 16;
/** How long nothing is tried after a failure, ms: each doubles it. */
const retry = { firstMs: 30_000, longestMs: 600_000 } as const;
/** How often it is looked whether there is something to do of which nobody has told, ms. */
const lookMs = 60_000;

/**
 * Has the passages of the index read for their meaning, a few at a time, whenever nothing else wants the model; and questions
 * at once. Without a model it does nothing.
 */
export class KnowledgeMeaning {
  readonly #parts: MeaningParts;
  readonly #stop = new AbortController();
  #embedder: Embedder | null = null;
  #ends: readonly (() => void)[] = [];
  #isReading = false;
  #isWanted = false;
  #identity: string | null = null;
  readonly #breaking = new BreakingPassages();
  /** The model that is used has made a vector since it is. */
  #hasWorked = false;
  #failure: Failure | null = null;
  #failures = 0;
  #retry: Timer | null = null;

  constructor(parts: MeaningParts) {
    this.#parts = parts;
  }

  /** From now on passages are read. Once. */
  start(embedder: Embedder): void {
    this.#embedder = embedder;
    const timer = this.#parts.clock.every(lookMs, () => this.#readOn());
    this.#ends = [embedder.onChange(() => this.#look()), () => timer.cancel()];
    this.#look();
  }

  stop(): void {
    this.#stop.abort(new Error('the node is stopping'));
    this.#retry?.cancel();
    for (const end of this.#ends) end();
  }

  state(): MeaningState {
    return { model: this.#embedder?.model()?.name ?? null, failure: this.#failure };
  }

  /** The indexer has told how far it is. */
  reported(roots: readonly Pick<RootReport, 'passages' | 'embedded'>[]): void {
    if (roots.some(({ passages, embedded }) => embedded < passages)) this.#readOn();
  }

  /** What a question means; `null` where there is no model, or where it cannot be said in time. Rejects with the signal's reason. */
  async ofQuery(text: string, signal: AbortSignal): Promise<QueryMeaning | null> {
    const model = this.#embedder?.model();
    if (!this.#embedder || !model || text.trim() === '') return null;
    const late = new AbortController();
    const timer = this.#parts.clock.after(queryMs, () => late.abort(new Error('too late')));
    try {
      const query = text.slice(0, mostQueryChars);
      const vector = await this.#embedder.query(query, AbortSignal.any([signal, late.signal, this.#stop.signal]));
      // By now another model may be used, whose vector this would be.
      if (vector === null || this.#embedder.model()?.identity !== model.identity) return null;
      this.#hasWorked = true;
      return { model: model.identity, vector: Int8Array.from(vector) };
    } catch (error) {
      signal.throwIfAborted();
      if (!late.signal.aborted) this.#parts.log.warn({ error }, 'A question is searched by its words alone.');
      return null;
    } finally {
      timer.cancel();
    }
  }

  #look(): void {
    const identity = this.#embedder?.model()?.identity ?? null;
    if (identity !== this.#identity) {
      this.#identity = identity;
      this.#failure = null;
      this.#failures = 0;
      this.#breaking.clear();
      this.#hasWorked = false;
      this.#retry?.cancel();
      this.#retry = null;
      this.#parts.link.use(identity);
      this.#parts.onChange();
    }
    this.#readOn();
  }

  #readOn(): void {
    this.#isWanted = true;
    if (this.#isReading || this.#retry !== null || this.#stop.signal.aborted) return;
    this.#isReading = true;
    this.#isWanted = false;
    void this.#readAll()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#isReading = false;
        // What was told while it came to its end.
        if (this.#isWanted) this.#readOn();
      });
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const embedder = this.#embedder;
      const model = embedder?.model() ?? null;
      if (embedder === null || model === null || !embedder.isFree()) return;
      const { link } = this.#parts;
      const { passages } = await link.ask({ kind: 'unembedded', limit: batchPassages }, this.#stop.signal);
      if (passages.length === 0) return;
      for (const turn of this.#breaking.turns(passages)) await this.#read(turn, embedder, model.identity);
    }
  }

  async #read(turn: readonly PassageToEmbed[], embedder: Embedder, identity: string): Promise<void> {
    const isOther = (): boolean => embedder.model()?.identity !== identity;
    let vectors: readonly Int8Array[];
    try {
      vectors = await embedder.passages(
        turn.map(({ text }) => text),
        this.#stop.signal,
      );
    } catch (error) {
      const [first] = turn;
      if (first && !isOther() && this.#breaking.failed(turn, error) && this.#hasWorked) {
        this.#parts.log.warn(
          { passage: first.passage },
          'A passage is given up: the model breaks off at it each time.',
        );
        await this.#keep(identity, [{ ...first, vector: new Int8Array() }]);
      }
      throw error;
    }
    // By now another model may be used: these vectors are of none that anybody asks for.
    if (isOther() || vectors.length === 0) return;
    const done = vectors.flatMap((vector, index) => {
      const passage = turn[index];
      return passage ? [{ ...passage, vector }] : [];
    });
    await this.#keep(identity, done);
    this.#hasWorked = true;
    this.#worked();
  }

  async #keep(model: string, passages: readonly PassageVector[]): Promise<void> {
    const vectors = passages.map(({ passage, stamp, vector }) => ({ passage, stamp, vector: Int8Array.from(vector) }));
    await this.#parts.link.ask({ kind: 'keep', model, vectors }, this.#stop.signal);
    for (const passage of passages) this.#breaking.settled(passage);
  }

  #worked(): void {
    this.#failures = 0;
    if (this.#failure === null) return;
    this.#failure = null;
    this.#parts.onChange();
  }

  #failed(error: unknown): void {
    const { clock, log, onChange } = this.#parts;
    if (this.#stop.signal.aborted) return;
    // The indexer is started again, and tells then; what it says of itself stands at the collections.
    const isFailed = error instanceof IndexerFailed;
    if (error instanceof IndexerUnreachable && !isFailed) return;
    // What is computed would be thrown away again, on a full disk say.
    this.#failure = isFailed
      ? { kind: 'index-unavailable' }
      : (failureOf(error) ?? { kind: 'bug', incident: 'embeddings' });
    const waitMs = Math.min(retry.longestMs, retry.firstMs * 2 ** this.#failures);
    this.#failures += 1;
    log.warn({ error, waitMs }, 'Passages could not be read for their meaning; it is tried again.');
    this.#retry = clock.after(waitMs, () => {
      this.#retry = null;
      this.#readOn();
    });
    onChange();
  }
}
