import { knowledgeLimits } from '../../../api/knowledge-limits.ts';
import type { IndexFile } from '../index/index-file.ts';
import { NearestPassages } from '../index/nearest-passages.ts';
import { placesOf, readPassage } from '../index/passage-texts.ts';
import { type PassageStamp, type PassageVector, VectorStore } from '../index/vector-store.ts';

/** A passage whose vector is wanted. */
export interface PassageToEmbed extends PassageStamp {
  readonly text: string;
}

/** Passages that are looked for in one go, and handed out piece by piece. */
const pendingAtOnce = 2_000;

/** What the index knows of the meaning of passages: which have no vector yet, how many have, which are near to a question. */
export class PassageMeanings {
  readonly #index: IndexFile;
  readonly #most: number;
  readonly #unsettled: () => readonly number[];
  readonly #store: VectorStore;
  readonly #nearest: NearestPassages;
  #model: string | null = null;
  #pending: number[] = [];
  /** Passages of files that have changed since: they are read when the index has followed. */
  readonly #unreadable = new Set<number>();

  /**
   * @param unsettled ids of files that are being written: what is computed of them would be thrown away, again and again
   * @param most passages of one collection that get a vector
   */
  constructor(
    index: IndexFile,
    unsettled: () => readonly number[] = () => [],
    most: number = knowledgeLimits.meanings,
  ) {
    this.#unsettled = unsettled;
    this.#most = most;
    this.#index = index;
    this.#store = new VectorStore(index.writing, index.reading);
    this.#nearest = new NearestPassages(this.#store);
  }

  /** @param model its identity; `null`: nothing is computed, and what was is kept */
  use(model: string | null): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#pending = [];
    // Nobody asks for those of the model before, which would take the room of the others.
    this.#nearest.forgetAll();
  }

  /** A root was read, or is not in the index any more: other passages may stand in it. */
  changed(rootId: string): void {
    this.#pending = [];
    this.#unreadable.clear();
    const root = this.#numberOf(rootId);
    // What number it had is not known any more, and the next root may get that.
    if (root === null) this.#nearest.forgetAll();
    else this.#nearest.forget(root);
  }

  /** How many passages of a root have a vector. */
  count(rootId: string): number {
    const root = this.#numberOf(rootId);
    return root === null || this.#model === null ? 0 : this.#store.count(root, this.#model);
  }

  /**
   * The next passages that want a vector, newest first.
   * @param collections roots of each collection that is not paused: id and absolute path
   */
  async next(collections: readonly ReadonlyMap<string, string>[], limit: number): Promise<readonly PassageToEmbed[]> {
    const model = this.#model;
    if (model === null) return [];
    const paths = new Map(collections.flatMap((roots) => [...roots]));
    const found: PassageToEmbed[] = [];
    // What was handed out and is not kept yet would be found again, so it is looked for once; twice where nothing can be read.
    for (let looks = 0; looks < 2 && found.length === 0; looks += 1) {
      if (this.#pending.length === 0) this.#pending = this.#lookFor(collections, model);
      while (found.length < limit && this.#pending.length > 0) {
        found.push(...(await this.#read(this.#pending.splice(0, limit - found.length), paths)));
      }
    }
    return found;
  }

  /** Those that can be read; the others are left out until their root was read anew. */
  async #read(ids: readonly number[], paths: ReadonlyMap<string, string>): Promise<readonly PassageToEmbed[]> {
    const found: PassageToEmbed[] = [];
    for (const place of placesOf(this.#index.reading, ids)) {
      const { passage, rootId } = place;
      const root = paths.get(rootId);
      const text = root === undefined ? null : await readPassage(this.#index.reading, root, place);
      const stamp = this.#store.stampOf(passage);
      if (text === null || stamp === null) this.#unreadable.add(passage);
      else found.push({ passage, stamp, text });
    }
    return found;
  }

  /** Of the first collection that wants any. */
  #lookFor(collections: readonly ReadonlyMap<string, string>[], model: string): number[] {
    for (const roots of collections) {
      const numbers = [...roots.keys()].flatMap((id) => this.#numberOf(id) ?? []);
      const known = numbers.reduce((sum, root) => sum + this.#store.count(root, model), 0);
      const room = Math.min(pendingAtOnce, this.#most - known);
      // To look for what is missing takes the time of all passages, so it is not done where nothing can be.
      if (room <= 0 || known >= this.#store.passages(numbers)) continue;
      const missing = this.#store.missing(numbers, model, room + this.#unreadable.size, this.#unsettled());
      const pending = missing.filter((passage) => !this.#unreadable.has(passage)).slice(0, room);
      if (pending.length > 0) return pending;
    }
    return [];
  }

  /** Keeps vectors; those of another model than the one in use are left out. */
  keep(model: string, vectors: readonly PassageVector[]): void {
    if (model !== this.#model) return;
    for (const root of this.#store.put(model, vectors)) this.#nearest.added(root);
  }

  /** Passages of these roots that are near to a question, nearest first. @param model what its vector was made with */
  async near(rootIds: readonly string[], model: string, vector: Int8Array): Promise<readonly number[]> {
    if (model !== this.#model) return [];
    const roots = rootIds.flatMap((id) => this.#numberOf(id) ?? []);
    return this.#nearest.find(roots, model, vector);
  }

  #numberOf(rootId: string): number | null {
    const number = this.#index.reading.prepare('SELECT number FROM roots WHERE id = ?').pluck().get(rootId);
    return typeof number === 'number' ? number : null;
  }
}
