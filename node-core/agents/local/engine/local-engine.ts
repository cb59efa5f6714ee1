import { FailureError } from '../../../api/failures.ts';
import type { Clock, Timer } from '../../../protocol/ports/clock.ts';
import type { Host } from '../../../protocol/ports/host.ts';
import type { LocalModelFile } from '../../../protocol/ports/local-models.ts';
import type { Log } from '../../../protocol/ports/log.ts';
import { abortable } from './abortable.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import type { EngineEvent, EngineGpu, EngineNews, EngineWork, GenerateOrder, LoadOrder } from './engine-messages.ts';
import { EngineProcess } from './engine-process.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** The engine as it lies on the disk. */
export interface InstalledEngine {
  /** Absolute; holds `node_modules`. */
  readonly folder: string;
  /** What its binaries compute with. */
  readonly gpu: EngineGpu;
}

/** What the local engine is made with. */
export interface LocalEngineOptions {
  readonly fork: Host['fork'];
  readonly clock: Clock;
  readonly log: Log;
  /** Throws a FailureError where it is not here. */
  readonly installed: () => InstalledEngine;
  readonly isMemoryShort: () => boolean;
  /** For the engine's process: where the drivers of the graphics card are. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limits?: EngineLimits;
}

/** Runs local models, one at a time, in a process that is there only while it is needed. */
export interface LocalEngine {
  /**
   * One answer. Waits for its turn, starts the process and loads the model where that is needed. Rejects with
   * `engine-absent`, `engine-ended`, `model-context-full`, `too-many`, or with the signal's reason.
   */
  generate(
    file: LocalModelFile,
    order: Omit<GenerateOrder, 'kind' | 'id'>,
    signal: AbortSignal,
  ): AsyncGenerator<EngineEvent>;
  /** Whether an answer is being generated, or waits for its turn. */
  isAnswering(): boolean;
  /** Told when that has changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Lets go of a file that it holds: at once, or when what is under way with it has ended. */
  release(path: string): void;
  /** Ends the process. */
  stop(): void;
}

/** Computes vectors of texts, in a process of its own that is there only while it is needed. */
export interface EmbeddingEngine extends Pick<LocalEngine, 'release' | 'stop'> {
  /**
   * The vector of each text, in their order, as it comes; empty where a text means nothing to the model. Rejects as
   * `generate` does.
   */
  embed(file: LocalModelFile, texts: readonly string[], signal: AbortSignal): AsyncGenerator<Int8Array>;
  /** Whether there is memory enough for what can wait. */
  hasRoom(): boolean;
}

/** Starts nothing until somebody asks for an answer. */
export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const engine = new Engine(options, 'answers');
  const listeners = new Set<() => void>();
  let answers = 0;
  const count = (change: 1 | -1): void => {
    answers += change;
    if (answers === (change === 1 ? 1 : 0)) for (const listener of listeners) listener();
  };
  return {
    async *generate(file, order, signal) {
      count(1);
      try {
        for await (const news of engine.run(file, { kind: 'generate', ...order }, signal))
          if (news.kind !== 'vector') yield news;
      } finally {
        count(-1);
      }
    },
    isAnswering: () => answers > 0,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    release: (path) => engine.release(path),
    stop: () => engine.stop(),
  };
}

/** The same for vectors. Starts nothing until somebody asks for one. */
export function createEmbeddingEngine(options: LocalEngineOptions): EmbeddingEngine {
  const engine = new Engine(options, 'embeddings');
  return {
    async *embed(file, texts, signal) {
      for await (const news of engine.run(file, { kind: 'embed', texts: [...texts] }, signal))
        if (news.kind === 'vector') yield news.vector;
    },
    hasRoom: () => !options.isMemoryShort(),
    release: (path) => engine.release(path),
    stop: () => engine.stop(),
  };
}

interface Loaded {
  readonly path: string;
  readonly process: EngineProcess;
  readonly ready: Promise<number>;
}

/** After so many answers in a row that broke off, the graphics card is not used any more. */
const endsUntilProcessor = 2;
const shortestWaitMs = 500;
const longestWaitMs = 30_000;

class Engine {
  readonly #use: LoadOrder['use'];
  readonly #options: LocalEngineOptions;
  readonly #limits: EngineLimits;
  readonly #line: OneAtATime;
  #loaded: Loaded | null = null;
  #timers: readonly Timer[] = [];
  /** Ends of the process in a row that nobody wanted. */
  #ends = 0;
  #notBeforeMs = 0;
  /** Since the node started: with the graphics card no model could be loaded, or answers broke off one after the other. */
  #isGpuBroken = false;
  #isStopped = false;
  /** The file that is loaded is to be let go. */
  #isUnwanted = false;

  constructor(options: LocalEngineOptions, use: LoadOrder['use']) {
    this.#use = use;
    this.#options = options;
    this.#limits = options.limits ?? defaultEngineLimits;
    this.#line = new OneAtATime(this.#limits.mostWaiting);
  }

  async *run(file: LocalModelFile, work: EngineWork, signal: AbortSignal): AsyncGenerator<EngineNews> {
    const leave = await this.#line.enter(signal);
    this.#rest();
    try {
      const { process } = await this.#open(file, signal);
      yield* process.run(work, signal);
      this.#ends = 0;
    } catch (error) {
      this.#takeDown(error, signal);
      throw error;
    } finally {
      if (this.#isUnwanted) this.#unload();
      this.#waitForNext();
      leave();
    }
  }

  release(path: string): void {
    if (this.#loaded?.path !== path) return;
    if (this.#line.isTaken) this.#isUnwanted = true;
    else this.#unload();
  }

  stop(): void {
    this.#isStopped = true;
    this.#unload();
  }

  async #open(file: LocalModelFile, signal: AbortSignal): Promise<Loaded> {
    if (!file.isThere) throw new FailureError({ kind: 'not-found', what: 'model' });
    if (this.#loaded?.path !== file.path || this.#loaded.process.hasEnded) {
      this.#unload();
      await this.#waitAfterEnd(signal);
      if (this.#isStopped) throw new Error('the node is stopping');
      this.#loaded = this.#start(file);
    }
    await abortable(this.#loaded.ready, signal);
    // By now another process may have taken over from one whose graphics card failed.
    if (this.#loaded === null) throw new Error('the node is stopping');
    return this.#loaded;
  }

  #start(file: LocalModelFile): Loaded {
    const { fork, clock, installed, isMemoryShort, environment, log } = this.#options;
    const { folder, gpu } = installed();
    const usedGpu = this.#isGpuBroken ? 'none' : gpu;
    const child = fork('engine', { environment });
    const means = { clock, limits: this.#limits, isMemoryShort, modelName: file.name };
    const process = new EngineProcess(child, means);
    const { mostContextTokens, threads } = this.#limits;
    const startedAtMs = clock.elapsed();
    const ready = process
      .load({ kind: 'load', use: this.#use, folder, gpu: usedGpu, modelPath: file.path, mostContextTokens, threads })
      .then((contextTokens) => {
        const loadMs = Math.round(clock.elapsed() - startedAtMs);
        log.info({ gpu: usedGpu, contextTokens, loadMs }, 'The engine has loaded a model.');
        return contextTokens;
      });
    // Whoever waits for it is told; where nobody does any more, the next one starts anew.
    ready.catch(() => undefined);
    return usedGpu === 'none' ? { path: file.path, process, ready } : this.#withoutGpuIfNeeded(file, process, ready);
  }

  /** A driver that does not work ends the process, or takes no model: then the processor computes. */
  #withoutGpuIfNeeded(file: LocalModelFile, process: EngineProcess, ready: Promise<number>): Loaded {
    const again = ready.catch(async (error: unknown) => {
      if (this.#loaded?.process !== process || this.#isStopped) throw error;
      this.#options.log.warn({ error }, 'The engine could not use the graphics card; the processor computes.');
      this.#isGpuBroken = true;
      this.#loaded = this.#start(file);
      return this.#loaded.ready;
    });
    again.catch(() => undefined);
    return { path: file.path, process, ready: again };
  }

  #takeDown(error: unknown, signal: AbortSignal): void {
    const hasEnded = error instanceof FailureError && error.failure.kind === 'engine-ended';
    if (!hasEnded || signal.aborted) return;
    this.#options.log.warn({ cause: error.failure.cause }, 'The engine has ended.');
    this.#ends += 1;
    if (this.#ends >= endsUntilProcessor) this.#isGpuBroken = true;
    const waitMs = Math.min(longestWaitMs, shortestWaitMs * 2 ** (this.#ends - 1));
    this.#notBeforeMs = this.#options.clock.elapsed() + waitMs;
  }

  #waitAfterEnd(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const waitMs = this.#ends === 0 ? 0 : this.#notBeforeMs - clock.elapsed();
    if (waitMs <= 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(waitMs, resolve);
    return abortable(promise, signal);
  }

  /** While nobody asks, the model goes after a time, or when others need the memory. */
  #waitForNext(): void {
    const { clock, isMemoryShort } = this.#options;
    if (this.#loaded === null || this.#loaded.process.hasEnded) return;
    this.#timers = [
      clock.after(this.#limits.idleMs, () => this.#unload()),
      clock.every(this.#limits.memoryLookMs, () => {
        if (isMemoryShort()) this.#unload();
      }),
    ];
  }

  #rest(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }

  #unload(): void {
    this.#isUnwanted = false;
    this.#rest();
    // Nobody waits for it, or the node stops: then nobody reads the cause.
    this.#loaded?.process.end('crash');
    this.#loaded = null;
  }
}
