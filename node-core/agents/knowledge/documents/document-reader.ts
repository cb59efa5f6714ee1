import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { programEntry } from '../../../platform/program-entry.ts';
import { type DocumentKind, type DocumentText, documentLimits, documentTextSchema } from './document-text.ts';

/** What one document may take of time (ms) and memory (bytes). */
export interface DocumentBounds {
  readonly ms: number;
  readonly memory: number;
}

/** How often it is looked what a document takes, ms. */
const lookMs = 100;
/** How long the thread is kept for the next document, ms. */
const idleMs = 10_000;
/** What its objects may take, megabytes; the bytes of a document come on top. */
const heapMegabytes = 512;
/** What a document may take even where memory is short, bytes: less is hardly enough for any. */
const leastMemory = 256 * 1024 * 1024;

/**
 * Reads the text of documents, one after another, in a thread of its own: one that never comes to an end, or wants all
 * memory, ends with that thread and is told to be too long. The thread is started for the first document.
 */
export class DocumentReader {
  readonly #bounds: DocumentBounds;
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(bounds: DocumentBounds = documentLimits) {
    this.#bounds = bounds;
  }

  /**
   * The text of a document. Its `bytes` are handed over. Rejects with the signal's reason when it is aborted, and where the
   * thread itself does not work.
   */
  async read(kind: DocumentKind, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<DocumentText> {
    signal.throwIfAborted();
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<DocumentText | 'ended'>();
    const abort = (): void => reject(signal.reason);
    const look = this.#whenOver(() => resolve('ended'));
    const answered = (message: unknown): void => resolve(documentTextSchema.parse(message));
    const failed = (error: Error): void => (isOutOfMemory(error) ? resolve('ended') : reject(error));
    const ended = (): void => resolve('ended');
    worker.once('message', answered).once('error', failed).once('exit', ended);
    signal.addEventListener('abort', abort, { once: true });
    try {
      worker.postMessage({ kind, bytes }, [bytes.buffer]);
      const read = await promise;
      if (read !== 'ended') return read;
      await this.close();
      return { kind: 'trouble', trouble: 'too-long' };
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearInterval(look);
      signal.removeEventListener('abort', abort);
      worker.off('message', answered).off('error', failed).off('exit', ended);
      this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  /** Ends the thread; another one is started for the next document. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    await worker?.terminate();
  }

  /** Looks again and again whether a document has taken what it may. */
  #whenOver(tell: () => void): NodeJS.Timeout {
    // Where memory is short the system would end the whole process, and what it reads would be read again and again.
    const memory = Math.min(this.#bounds.memory, Math.max(leastMemory, process.availableMemory() / 2));
    const untilMs = performance.now() + this.#bounds.ms;
    const before = process.memoryUsage.rss();
    return setInterval(() => {
      if (performance.now() > untilMs || process.memoryUsage.rss() - before > memory) tell();
    }, lookMs);
  }

  #start(): Worker {
    const worker = new Worker(programEntry('document-reader'), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    worker.unref();
    // One that ends between two documents is not asked any more.
    worker
      .on('error', () => undefined)
      .on('exit', () => {
        if (this.#worker === worker) this.#worker = null;
      });
    this.#worker = worker;
    return worker;
  }
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
