import fs from 'node:fs';
import { isDamage } from '../../../storage/sqlite-failures.ts';
import { DocumentReader } from '../documents/document-reader.ts';
import { countRoot, type RootCounts } from '../index/index-counts.ts';
import { type IndexFile, openIndex, replaceDamaged } from '../index/index-file.ts';
import { IndexWriter } from '../index/index-writer.ts';
import type { CollectionOrder, IndexerReport, RootState } from '../indexer-messages.ts';
import type { RootOrder } from './find-changes.ts';
import { forgetRoot } from './forget-root.ts';
import { indexRoot } from './index-root.ts';
import { IndexerAnswers } from './indexer-answers.ts';
import { PassageMeanings } from './passage-meanings.ts';
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
  collection: CollectionOrder;
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
  #meanings: PassageMeanings;
  readonly #roots = new Map<string, Root>();
  readonly #list = new WorkList();
  readonly #documents = new DocumentReader();
  #model: string | null = null;
  #working: Promise<void> | null = null;
  #telling: NodeJS.Timeout | null = null;
  readonly #timers: readonly NodeJS.Timeout[];
  #isClosed = false;

  /** What is asked of it meanwhile. */
  readonly answers: IndexerAnswers;

  /** Throws what the index cannot be opened with. */
  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#index = openIndex(parts.file);
    this.#writer = new IndexWriter(this.#index.writing);
    this.#meanings = new PassageMeanings(this.#index, () => this.#writer.unsettled());
    if (this.#index.isNew === 'damaged') parts.tell({ kind: 'rebuilt' });
    this.answers = new IndexerAnswers({
      tell: parts.tell,
      index: () => this.#index,
      meanings: () => this.#meanings,
      roots: this.#roots,
      isReading: () => this.#working !== null || !this.#list.isEmpty(),
      onKept: () => this.#tellSoon(),
      onDamage: () => this.#rebuild(),
    });
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

  /** @param model makes vectors of passages; `null`: none does */
  configure(collections: readonly CollectionOrder[], model: string | null): void {
    this.#model = model;
    this.#meanings.use(model);
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

  /** Ends the work and the watches, keeps what is done. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#list.stop();
    await this.#working;
    await this.#documents.close();
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
    const hasNewLimits =
      before?.collection.mostFiles !== collection.mostFiles || before.collection.mostBytes !== collection.mostBytes;
    const now = { path, collection, state, counts, watch };
    // The same one: work that runs on it tells it how it ended.
    this.#roots.set(id, isNew ? now : Object.assign(before, now));
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
      documents: this.#documents,
      excluded: this.#parts.excluded,
      only,
      onProgress: (progress) => {
        if (signal.aborted) return;
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
    this.#meanings = new PassageMeanings(this.#index, () => this.#writer.unsettled());
    this.#meanings.use(this.#model);
    this.#parts.tell({ kind: 'rebuilt' });
    for (const [rootId, root] of this.#roots) {
      root.counts = { files: 0, bytes: 0, passages: 0, skipped: [] };
      if (!root.collection.isPaused) this.#list.add({ kind: 'index', rootId, only: null });
    }
    this.#workOn();
  }

  #recount(rootId: string): void {
    const root = this.#roots.get(rootId);
    if (this.#index.reading.open) {
      if (root) root.counts = countRoot(this.#index.reading, rootId);
      this.#meanings.changed(rootId);
    }
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
        passages: counts.passages,
        embedded: this.#meanings.count(id),
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
