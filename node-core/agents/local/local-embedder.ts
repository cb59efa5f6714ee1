import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Embedder, EmbeddingModel } from '../../protocol/ports/embedder.ts';
import { prefixesOf } from './embedding-prefixes.ts';
import { abortable } from './engine/abortable.ts';
import type { EmbeddingEngine, LocalEngine } from './engine/local-engine.ts';
import { loadable, type ShelvedFile } from './model-shelf.ts';

/** The file that the person uses for embeddings. */
export interface EmbeddingFile {
  /** `null`: none is used, or it is not here. */
  get(): ShelvedFile | null;
  /** Looks at the file again. */
  refresh(): Promise<void>;
  /** Told when it may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** What the local embedder is made of. */
export interface LocalEmbedderParts {
  readonly file: EmbeddingFile;
  readonly engine: Pick<EmbeddingEngine, 'embed' | 'hasRoom'>;
  /** What answers people; it goes first. */
  readonly answers: Pick<LocalEngine, 'isAnswering' | 'onChange'>;
  readonly breaker: Breaker;
}

/** Makes vectors with a model file of this computer. Passages wait for answers and for questions. */
export class LocalEmbedder implements Embedder {
  readonly #parts: LocalEmbedderParts;
  readonly #listeners = new Set<() => void>();
  readonly #ends: readonly (() => void)[];
  /** Ends the passages that are being read. */
  #passages: AbortController | null = null;
  #queries = 0;
  #isStopped = false;

  constructor(parts: LocalEmbedderParts) {
    const { file, answers, breaker } = parts;
    this.#parts = parts;
    const changed = (): void => this.#changed();
    this.#ends = [file.onChange(changed), answers.onChange(changed), breaker.onTrip(changed)];
  }

  stop(): void {
    this.#isStopped = true;
    for (const end of this.#ends) end();
    this.#passages?.abort();
    this.#listeners.clear();
  }

  model(): EmbeddingModel | null {
    const file = this.#parts.file.get();
    return file === null ? null : { identity: identityOf(file), name: file.name };
  }

  isFree(): boolean {
    const { answers, breaker, engine } = this.#parts;
    const isWanted = this.#queries > 0 || answers.isAnswering();
    return !this.#isStopped && !isWanted && !breaker.signal().aborted && engine.hasRoom();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async query(text: string, signal: AbortSignal): Promise<Int8Array | null> {
    this.#parts.breaker.pass();
    this.#queries += 1;
    this.#changed();
    try {
      const file = await this.#find(signal);
      if (file === null) return null;
      const [vector] = await this.#embed(file, [prefixesOf(partsOf(file)).query + text], signal);
      return vector && vector.length > 0 ? vector : null;
    } finally {
      this.#queries -= 1;
      this.#changed();
    }
  }

  async passages(texts: readonly string[], signal: AbortSignal): Promise<readonly Int8Array[]> {
    const file = await this.#find(signal);
    if (file === null || !this.isFree()) return [];
    const giveWay = new AbortController();
    this.#passages = giveWay;
    const vectors: Int8Array[] = [];
    try {
      const prefix = prefixesOf(partsOf(file)).passage;
      await this.#embed(
        file,
        texts.map((text) => prefix + text),
        AbortSignal.any([signal, giveWay.signal]),
        vectors,
      );
    } catch (error) {
      if (signal.aborted) throw error;
      // What came is kept; what broke it off is met again, at the first text of the next time.
      if (!giveWay.signal.aborted && vectors.length === 0) throw error;
    } finally {
      if (this.#passages === giveWay) this.#passages = null;
    }
    return vectors;
  }

  /** A disk in the network may never answer. */
  async #find(signal: AbortSignal): Promise<ShelvedFile | null> {
    await abortable(this.#parts.file.refresh(), signal);
    return this.#parts.file.get();
  }

  /** @param vectors gets each vector as it comes */
  async #embed(file: ShelvedFile, texts: readonly string[], signal: AbortSignal, vectors: Int8Array[] = []) {
    for await (const vector of this.#parts.engine.embed(loadable(file), texts, signal)) vectors.push(vector);
    return vectors;
  }

  #changed(): void {
    if (this.#parts.file.get() === null || !this.isFree()) this.#passages?.abort();
    for (const listener of this.#listeners) listener();
  }
}

const partsOf = ({ header, name }: ShelvedFile) => ({ architecture: header.architecture, name });

/** The bytes of a downloaded file were compared with its digest, so its id says them; any other may be written over. */
const identityOf = ({ id, source, sizeBytes, modifiedAt }: ShelvedFile): string =>
  source === 'catalogue' ? id : `${id} ${sizeBytes} ${modifiedAt}`;
