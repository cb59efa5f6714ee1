import { setImmediate as turn } from 'node:timers/promises';
import { dotOf, lengthOf } from '../../../protocol/local/vector.ts';
import type { VectorStore } from './vector-store.ts';

/** The vectors of one root, one behind the other. */
interface Packed {
  readonly dimensions: number;
  readonly passages: readonly number[];
  readonly vectors: Int8Array;
  readonly lengths: Float32Array;
  readonly loadedAtMs: number;
  /** Vectors have come since that are not in it. */
  isStale: boolean;
}

/** Vectors that are read from the disk in one go; a few milliseconds. */
const pageRows = 2_000;
/** Vectors that are compared in one go. */
const sliceRows = 10_000;
/** Most that is kept in memory of all roots, bytes; what is beyond is read anew for each question. */
const mostKeptBytes = 192 * 1024 * 1024;
/** Longest time that vectors are compared, ms; roots that come later are left out. */
const comparingMs = 2_000;
/** Vectors that were added come into a question after so long at the latest, ms; to read 50,000 anew takes half a second. */
const staleMs = 10_000;
const fewRows = 4_000;
/** Passages that are told; as many as the search by words compares. */
const mostNear = 60;
/**
 * Below this cosine a passage has nothing to do with a question, whatever the model; and one that is so much further away
 * than the nearest is only noise behind it. Without these bounds every question would find something.
 */
const leastCosine = 0.3;
const furthestBehind = 0.35;

/** Finds the passages whose vectors point most nearly where that of a question does, by comparing all of them. */
export class NearestPassages {
  readonly #store: VectorStore;
  readonly #kept = new Map<string, Packed>();
  /** How often vectors were told to be others. */
  #changes = 0;

  constructor(store: VectorStore) {
    this.#store = store;
  }

  /** The vectors of a root are others now. */
  forget(root: number): void {
    this.#changes += 1;
    for (const key of this.#kept.keys()) if (key.startsWith(`${root} `)) this.#kept.delete(key);
  }

  forgetAll(): void {
    this.#changes += 1;
    this.#kept.clear();
  }

  /** Vectors of a root were added. */
  added(root: number): void {
    this.#changes += 1;
    for (const [key, packed] of this.#kept) if (key.startsWith(`${root} `)) packed.isStale = true;
  }

  /** Nearest first. */
  async find(roots: readonly number[], model: string, question: Int8Array): Promise<readonly number[]> {
    const until = performance.now() + comparingMs;
    const near: { readonly passage: number; readonly cosine: number }[] = [];
    for (const root of roots) {
      if (performance.now() > until) break;
      const packed = await this.#load(root, model);
      if (packed.dimensions !== question.length) continue;
      for (let from = 0; from < packed.passages.length; from += sliceRows) {
        near.push(...nearestOf(packed, question, { from, to: Math.min(packed.passages.length, from + sliceRows) }));
        await turn();
      }
    }
    near.sort((a, b) => b.cosine - a.cosine || b.passage - a.passage);
    const least = Math.max(leastCosine, (near[0]?.cosine ?? 0) - furthestBehind);
    return near
      .filter(({ cosine }) => cosine >= least)
      .slice(0, mostNear)
      .map(({ passage }) => passage);
  }

  async #load(root: number, model: string): Promise<Packed> {
    const key = `${root} ${model}`;
    const kept = this.#kept.get(key);
    if (kept && !mustLoadAnew(kept)) return kept;
    this.#kept.delete(key);
    const before = this.#changes;
    const packed = await this.#read(root, model);
    // What changed while it was read may be in it, or not.
    packed.isStale = this.#changes !== before;
    const bytes = [...this.#kept.values()].reduce((sum, { vectors }) => sum + vectors.length, 0);
    if (bytes + packed.vectors.length <= mostKeptBytes) this.#kept.set(key, packed);
    return packed;
  }

  /** Passages that mean nothing have an empty vector and are left out. */
  async #read(root: number, model: string): Promise<Packed> {
    const count = this.#store.count(root, model);
    const passages: number[] = [];
    const lengths = new Float32Array(count);
    let vectors = new Int8Array(0);
    let dimensions = 0;
    for (let last = 0; ; ) {
      const page = this.#store.page(root, model, { passage: last, limit: pageRows });
      for (const { passage, vector } of page) {
        if (dimensions === 0) {
          dimensions = vector.length;
          vectors = new Int8Array(count * dimensions);
        }
        // Some may have come since they were counted; they are in the next reading.
        if (vector.length !== dimensions || dimensions === 0 || passages.length === count) continue;
        const from = passages.length * dimensions;
        vectors.set(new Int8Array(vector.buffer, vector.byteOffset, dimensions), from);
        lengths[passages.length] = lengthOf(vectors.subarray(from, from + dimensions));
        passages.push(passage);
      }
      last = page.at(-1)?.passage ?? last;
      if (page.length < pageRows)
        return { dimensions, passages, vectors, lengths, loadedAtMs: performance.now(), isStale: false };
      await turn();
    }
  }
}

const mustLoadAnew = ({ isStale, passages, loadedAtMs }: Packed): boolean =>
  isStale && (passages.length < fewRows || performance.now() - loadedAtMs > staleMs);

function nearestOf(
  { dimensions, passages, vectors, lengths }: Packed,
  question: Int8Array,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const length = lengthOf(question);
  const near: { readonly passage: number; readonly cosine: number }[] = [];
  for (let index = from; index < to; index += 1) {
    const start = index * dimensions;
    const dot = dotOf(vectors.subarray(start, start + dimensions), question);
    const cosine = dot / ((lengths[index] ?? 0) * length);
    if (cosine >= leastCosine) near.push({ passage: passages[index] ?? 0, cosine });
  }
  return near.sort((a, b) => b.cosine - a.cosine).slice(0, mostNear);
}
