import { setImmediate as turn } from 'node:timers/promises';
import type { IndexedFile, IndexWriter } from '../index/index-writer.ts';
import { kindOfFile } from '../text/file-kinds.ts';
import { type ChangedFile, findChanges, type RootOrder } from './find-changes.ts';
import { type FileReading, readForIndex } from './read-file.ts';

/** How far the work on a root is. */
export type RootProgress =
  | { readonly kind: 'looking'; readonly found: number }
  | {
      readonly kind: 'indexing';
      readonly done: number;
      readonly total: number;
      readonly doneBytes: number;
      readonly totalBytes: number;
    };

export interface RootWork {
  readonly root: RootOrder;
  readonly writer: IndexWriter;
  readonly documents: FileReading['documents'];
  /** Folder that never belongs to a collection: Nunba's own. */
  readonly excluded: string;
  /** Paths below the root that alone are looked at; `null`: everything. */
  readonly only: ReadonlySet<string> | null;
  readonly onProgress: (progress: RootProgress) => void;
  readonly signal: AbortSignal;
}

/** What is committed together: what is lost when the process is killed, and done again. */
const batch = { bytes: 16 * 1024 * 1024, ms: 1500 } as const;

/**
 * Brings the index of a root into line with the disk: what changed is read, what was renamed keeps its passages, what is
 * gone is forgotten. Aborting `signal` keeps what is done and throws. Events of the process get their turn all the time.
 */
export async function indexRoot(work: RootWork): Promise<'done' | 'missing'> {
  const { root, writer, signal, onProgress } = work;
  const number = writer.rootNumber(root.id);
  const known = writer.filesOf(number);
  const found = await findChanges(root, {
    ...work,
    known,
    onFound: (count) => onProgress({ kind: 'looking', found: count }),
  });
  if (found.kind === 'missing') return 'missing';
  const run = new RootRun(work, number, known, found.gone);
  try {
    await run.bringIn(found.changed);
    await run.forgetGone();
  } finally {
    // Also when it was stopped: what stands in the transaction is whole.
    run.end();
  }
  signal.throwIfAborted();
  return 'done';
}

class RootRun {
  readonly #work: RootWork;
  readonly #number: number;
  readonly #known: ReadonlyMap<string, IndexedFile>;
  /** Gone files by what they held: one that turns up elsewhere was renamed. */
  readonly #gone: Map<string, IndexedFile>;
  readonly #goneFiles: Set<IndexedFile>;
  #openSinceMs: number | null = null;
  #openBytes = 0;
  #isMidFile = false;

  constructor(work: RootWork, number: number, known: ReadonlyMap<string, IndexedFile>, gone: readonly IndexedFile[]) {
    this.#work = work;
    this.#number = number;
    this.#known = known;
    this.#goneFiles = new Set(gone);
    this.#gone = new Map(gone.flatMap((file) => (file.hash === null ? [] : [[keyOf(file.hash), file]])));
  }

  async bringIn(changed: readonly ChangedFile[]): Promise<void> {
    const { onProgress, signal } = this.#work;
    const totalBytes = changed.reduce((sum, { stamp }) => sum + stamp.size, 0);
    let doneBytes = 0;
    for (const [done, file] of changed.entries()) {
      signal.throwIfAborted();
      onProgress({ kind: 'indexing', done, total: changed.length, doneBytes, totalBytes });
      await this.#one(file);
      doneBytes += file.stamp.size;
      this.#commitWhenDue(file.stamp.size);
    }
  }

  async forgetGone(): Promise<void> {
    for (const file of this.#goneFiles) {
      this.#work.signal.throwIfAborted();
      this.#open();
      await this.#inSlices(this.#work.writer.remove(this.#number, file.path));
      this.#commitWhenDue(0);
    }
  }

  end(): void {
    if (this.#openSinceMs === null) return;
    if (this.#isMidFile) this.#work.writer.rollback();
    else this.#work.writer.commit();
    this.#openSinceMs = null;
  }

  async #one({ stamp, isOver }: ChangedFile): Promise<void> {
    const { root, writer } = this.#work;
    const before = this.#known.get(stamp.path);
    const read = isOver
      ? ({ stamp, content: { kind: 'skipped', reason: 'over-limit' } } as const)
      : await readForIndex(root.path, stamp, before?.hash ?? null, this.#work);
    this.#open();
    if (read.content === 'same') {
      if (before) writer.restamp(before.id, read.stamp);
      return;
    }
    const twin = read.content.kind === 'read' && !before ? this.#gone.get(keyOf(read.content.hash)) : undefined;
    // A page that is plain text now is split another way.
    const moved = twin && kindAt(twin.path) === kindAt(stamp.path) ? twin : undefined;
    if (moved && read.content.kind === 'read') {
      this.#gone.delete(keyOf(read.content.hash));
      this.#goneFiles.delete(moved);
      writer.restamp(moved.id, read.stamp);
      return;
    }
    await this.#inSlices(writer.put(this.#number, read.stamp, read.content));
  }

  async #inSlices(slices: Iterable<void>): Promise<void> {
    this.#isMidFile = true;
    for (const _ of slices) await turn();
    this.#isMidFile = false;
  }

  #open(): void {
    if (this.#openSinceMs !== null) return;
    this.#work.writer.begin();
    this.#openSinceMs = performance.now();
    this.#openBytes = 0;
  }

  #commitWhenDue(bytes: number): void {
    this.#openBytes += bytes;
    if (this.#openSinceMs === null) return;
    if (this.#openBytes < batch.bytes && performance.now() - this.#openSinceMs < batch.ms) return;
    this.#work.writer.commit();
    this.#openSinceMs = null;
  }
}

const kindAt = (path: string): string => kindOfFile(path.slice(path.lastIndexOf('/') + 1)).kind;

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
