import fs from 'node:fs';
import { isDamage } from '../../../storage/sqlite-failures.ts';
import { countRoot, type RootCounts } from '../index/index-counts.ts';
import { type IndexFile, openIndex, replaceDamaged } from '../index/index-file.ts';
import { IndexWriter } from '../index/index-writer.ts';
import { searchIndex } from '../index/search-index.ts';
import type { CollectionOrder, IndexerOrder, IndexerReport, RootState } from '../indexer-messages.ts';
import type { RootOrder } from './find-changes.ts';
import { forgetRoot } from './forget-root.ts';
import { indexRoot } from './index-root.ts';
import { readLines } from './read-lines.ts';
import { type RootWatch, watchRoot } from './watch-root.ts';
import { WorkList } from './work-list.ts';

export interface IndexerParts {
  readonly file: string;
  /** Nunba's own folder, which belongs to no collection. */
  readonly excluded: string;
  readonly tell: (report: IndexerReport) => void;
}

interface Root {
  readonly path: string;
  readonly collection: CollectionOrder;
  state: RootState;
  counts: RootCounts;
  watch: RootWatch | null;
}

/** How often roots are looked through that are not watched, and ones that are missing or failed; ms. */
const lookAgainMs = { unwatched: 5 * 60_000, missing: 30_000 } as const;
const tellEveryMs = 250;

/**
 * Keeps the index in line with the folders of all collections: one root at a time, answering searches meanwhile. The only
 * one that has the index open.
 */
export class Indexer {
  readonly #parts: IndexerParts;
  #index: IndexFile;
  #writer: IndexWriter;
  readonly #roots = new Map<string, Root>();
  readonly #list = new WorkList();
  #working: Promise<void> | null = null;
  #telling: NodeJS.Timeout | null = null;
  readonly #timers: readonly NodeJS.Timeout[];
  #isClosed = false;

  /** Throws what the index cannot be opened with. */
  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#index = openIndex(parts.file);
    this.#writer = new IndexWriter(this.#index.writing);
    if (this.#index.isNew === 'damaged') parts.tell({ kind: 'rebuilt' });
    this.#timers = [
      setInterval(
        () => this.#lookAgain(({ state }) => state.kind === 'missing' || state.kind === 'failed'),
        lookAgainMs.missing,
      ),
      setInterval(
        () => this.#lookAgain(({ state }) => state.kind === 'ready' && !state.isWatched),
        lookAgainMs.unwatched,
      ),
    ];
  }

  configure(collections: readonly CollectionOrder[]): void {
    const wanted = new Map(
      collections.flatMap((collection) => collection.roots.map(({ id, path }) => [id, { path, collection }] as const)),
    );
    for (const id of [...this.#roots.keys(), ...this.#writer.rootIds()]) if (!wanted.has(id)) this.#drop(id);
    for (const [id, { path, collection }] of wanted) this.#take(id, path, collection);
    this.#tellSoon();
    this.#workOn();
  }

  reindex(rootIds: readonly string[]): void {
    for (const rootId of rootIds) {
      const root = this.#roots.get(rootId);
      if (!root || root.collection.isPaused) continue;
      root.state = { kind: 'waiting' };
      this.#list.add({ kind: 'forget', rootId });
      this.#list.add({ kind: 'index', rootId, only: null });
    }
    this.#tellSoon();
    this.#workOn();
  }

  async search(order: Extract<IndexerOrder, { kind: 'search' }>): Promise<void> {
    const roots = new Map(
      order.rootIds.flatMap((id) => {
        const root = this.#roots.get(id);
        return root ? [[id, root.path] as const] : [];
      }),
    );
    try {
      const passages = await searchIndex(this.#index.reading, { ...order, roots });
      this.#parts.tell({ kind: 'found', id: order.id, passages: [...passages] });
    } catch (error) {
      this.#parts.tell({ kind: 'failed', id: order.id });
      if (isDamage(error)) await this.#rebuild();
    }
  }

  async read(order: Extract<IndexerOrder, { kind: 'read' }>): Promise<void> {
    const root = this.#roots.get(order.rootId);
    const found = root ? await readLines(this.#index.reading, root.path, order).catch(() => null) : null;
    this.#parts.tell({ kind: 'text', id: order.id, ...(found ?? { name: '', totalLines: 0, lines: null }) });
  }

  /** Ends the work and the watches, keeps what is done. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#list.stop();
    await this.#working;
    await Promise.allSettled([...this.#roots.values()].map((root) => root.watch?.close()));
    this.#index.close();
  }

  #drop(id: string): void {
    const root = this.#roots.get(id);
    void root?.watch?.close().catch(() => undefined);
    this.#roots.delete(id);
    this.#list.cancel(id);
    this.#list.add({ kind: 'forget', rootId: id });
  }

  #take(id: string, path: string, collection: CollectionOrder): void {
    const before = this.#roots.get(id);
    const isNew = before === undefined || before.path !== path;
    const { isPaused } = collection;
    if (isPaused) {
      this.#list.cancel(id);
      void before?.watch?.close().catch(() => undefined);
    }
    const watch = isNew || isPaused ? null : before.watch;
    const counts = before?.counts ?? countRoot(this.#index.reading, id);
    const wasPaused = before?.collection.isPaused === true;
    const state: RootState = isPaused ? { kind: 'paused' } : isNew || wasPaused ? { kind: 'waiting' } : before.state;
    this.#roots.set(id, { path, collection, state, counts, watch });
    const hasNewLimits =
      before?.collection.mostFiles !== collection.mostFiles || before.collection.mostBytes !== collection.mostBytes;
    if (!isPaused && (isNew || wasPaused || hasNewLimits)) this.#list.add({ kind: 'index', rootId: id, only: null });
  }

  #lookAgain(isDue: (root: Root) => boolean): void {
    for (const [rootId, root] of this.#roots) if (isDue(root)) this.#list.add({ kind: 'index', rootId, only: null });
    this.#workOn();
  }

  #workOn(): void {
    if (this.#isClosed) return;
    this.#working ??= this.#workAll().finally(() => {
      this.#working = null;
      if (!this.#list.isEmpty()) this.#workOn();
    });
  }

  async #workAll(): Promise<void> {
    for (let next = this.#list.next(); next; next = this.#list.next()) {
      const { work, signal } = next;
      try {
        if (work.kind === 'forget') await forgetRoot(this.#writer, work.rootId, signal);
        else await this.#indexOne(work.rootId, work.only, signal);
      } catch (error) {
        this.#writer.rollback();
        if (!signal.aborted) await this.#failed(work.rootId, error);
      } finally {
        this.#list.ended();
        this.#recount(work.rootId);
      }
    }
  }

  async #indexOne(rootId: string, only: ReadonlySet<string> | null, signal: AbortSignal): Promise<void> {
    const root = this.#roots.get(rootId);
    if (!root || root.collection.isPaused) return;
    root.watch ??= this.#watch(rootId, root.path);
    const end = await indexRoot({
      root: this.#orderOf(rootId, root),
      writer: this.#writer,
      excluded: this.#parts.excluded,
      only,
      onProgress: (progress) => {
        // A look at a few changed files is over before anybody could read of it.
        if (only === null || (progress.kind === 'indexing' && progress.totalBytes > 5_000_000)) root.state = progress;
        this.#tellSoon();
      },
      signal,
    });
    if (end === 'missing') {
      await root.watch?.close().catch(() => undefined);
      root.watch = null;
    }
    root.state =
      end === 'missing' ? { kind: 'missing' } : { kind: 'ready', isWatched: root.watch?.isWatching() ?? false };
  }

  #watch(rootId: string, path: string): RootWatch | null {
    if (!fs.existsSync(path)) return null;
    return watchRoot({
      root: path,
      excluded: this.#parts.excluded,
      onChange: (only) => {
        this.#list.add({ kind: 'index', rootId, only });
        this.#workOn();
      },
      onEnd: () => {
        const root = this.#roots.get(rootId);
        if (root?.state.kind === 'ready') root.state = { kind: 'ready', isWatched: false };
        this.#tellSoon();
      },
    });
  }

  /** What other roots of the collection take is not there for this one. */
  #orderOf(id: string, { path, collection }: Root): RootOrder {
    const others = collection.roots.filter((root) => root.id !== id).map((root) => this.#roots.get(root.id)?.counts);
    const taken = (what: 'files' | 'bytes'): number => others.reduce((sum, counts) => sum + (counts?.[what] ?? 0), 0);
    return {
      id,
      path,
      mostFiles: collection.mostFiles - taken('files'),
      mostBytes: collection.mostBytes - taken('bytes'),
    };
  }

  async #failed(rootId: string, error: unknown): Promise<void> {
    if (isDamage(error)) return this.#rebuild();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const root = this.#roots.get(rootId);
    const isFull = code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'EDQUOT';
    if (root) root.state = { kind: 'failed', reason: isFull ? 'disk-full' : 'other' };
  }

  /** Begins again with an empty index, and tells. */
  async #rebuild(): Promise<void> {
    this.#list.cancelRunning();
    this.#writer.rollback();
    this.#index = replaceDamaged(this.#index);
    this.#writer = new IndexWriter(this.#index.writing);
    this.#parts.tell({ kind: 'rebuilt' });
    for (const [rootId, root] of this.#roots) {
      root.counts = { files: 0, bytes: 0, skipped: [] };
      if (!root.collection.isPaused) this.#list.add({ kind: 'index', rootId, only: null });
    }
    this.#workOn();
  }

  #recount(rootId: string): void {
    const root = this.#roots.get(rootId);
    if (root && this.#index.reading.open) root.counts = countRoot(this.#index.reading, rootId);
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#isClosed) return;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      const roots = [...this.#roots].map(([id, { state, counts }]) => ({
        id,
        state,
        files: counts.files,
        bytes: counts.bytes,
        skipped: counts.skipped.map((each) => ({ ...each, endings: [...each.endings] })),
      }));
      this.#parts.tell({
        kind: 'roots',
        roots,
        indexBytes: sizeOf(this.#parts.file) + sizeOf(`${this.#parts.file}-wal`),
      });
    }, tellEveryMs);
  }
}

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
