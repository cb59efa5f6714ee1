import { isDamage } from '../../../storage/sqlite-failures.ts';
import type { IndexFile } from '../index/index-file.ts';
import { searchIndex } from '../index/search-index.ts';
import type { CollectionOrder, IndexerOrder, IndexerReport, RootState } from '../indexer-messages.ts';
import type { PassageMeanings } from './passage-meanings.ts';
import { readLines } from './read-lines.ts';

/** What answers are made of. */
interface AnswerParts {
  readonly tell: (report: IndexerReport) => void;
  /** As it is now: it may be made anew. */
  readonly index: () => IndexFile;
  readonly meanings: () => PassageMeanings;
  readonly roots: ReadonlyMap<
    string,
    { readonly path: string; readonly collection: CollectionOrder; readonly state: RootState }
  >;
  /** Whether files are being read, or wait to be. */
  readonly isReading: () => boolean;
  readonly onKept: () => void;
  readonly onDamage: () => Promise<void>;
}

/** What is told of a file that is not in the index. */
const noLines = { name: '', totalLines: 0, lines: null, isChanged: false, isDocument: false, pages: [] };

type Order<Kind extends IndexerOrder['kind']> = Extract<IndexerOrder, { kind: Kind }>;

/** Answers what the node asks of the index; each answer is told. */
export class IndexerAnswers {
  readonly #parts: AnswerParts;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  async search(order: Order<'search'>): Promise<void> {
    const { index, meanings, tell } = this.#parts;
    const roots = new Map(
      order.rootIds.flatMap((id) => {
        const root = this.#parts.roots.get(id);
        return root ? [[id, root.path] as const] : [];
      }),
    );
    await this.#answering(order.id, async () => {
      const { meaning } = order;
      const near = meaning ? await meanings().near([...roots.keys()], meaning.model, meaning.vector) : [];
      const passages = await searchIndex(index().reading, { ...order, roots, near });
      tell({ kind: 'found', id: order.id, passages: [...passages] });
    });
  }

  async read(order: Order<'read'>): Promise<void> {
    const { index, roots, tell } = this.#parts;
    const root = roots.get(order.rootId);
    const found = root ? await readLines(index().reading, root.path, order).catch(() => null) : null;
    tell({ kind: 'text', id: order.id, ...(found ?? noLines) });
  }

  /** Tells passages that want a vector; none while files are read, which goes first. */
  async handOut({ id, limit }: Order<'unembedded'>): Promise<void> {
    const { isReading, meanings, tell } = this.#parts;
    await this.#answering(id, async () => {
      const passages = isReading() ? [] : await meanings().next(this.#readyRoots(), limit);
      tell({ kind: 'texts', id, passages: [...passages] });
    });
  }

  async keep({ id, model, vectors }: Order<'keep'>): Promise<void> {
    const { meanings, tell, onKept } = this.#parts;
    await this.#answering(id, async () => {
      meanings().keep(model, vectors);
      tell({ kind: 'kept', id });
      onKept();
    });
  }

  async #answering(id: number, answer: () => Promise<void>): Promise<void> {
    try {
      await answer();
    } catch (error) {
      this.#parts.tell({ kind: 'failed', id });
      if (isDamage(error)) await this.#parts.onDamage();
    }
  }

  /** Roots that are there and were read, by collection. */
  #readyRoots(): readonly ReadonlyMap<string, string>[] {
    const ready = [...this.#parts.roots].filter(([, { state }]) => state.kind === 'ready');
    const byCollection = Map.groupBy(ready, ([, { collection }]) => collection);
    return [...byCollection.values()].map((roots) => new Map(roots.map(([id, { path }]) => [id, path])));
  }
}
