import { type Failure, failureOf } from '../../api/failures.ts';
import type { CatalogueState } from '../../api/local-model-views.ts';
import type { DownloadStep } from './download/download-order.ts';
import { MovingSpeed } from './download/moving-speed.ts';

/** What is done for one model: told how it goes, ended by `signal`. */
export type DeskWork = (
  id: string,
  tell: (step: DownloadStep | { readonly kind: 'engine' }) => void,
  signal: AbortSignal,
) => Promise<void>;

export interface DeskParts {
  readonly work: DeskWork;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** Told when a state has changed. */
  readonly onChange: () => void;
  /** Told of what nobody foresaw; what it answers stands in the failure. */
  readonly reportBug: (error: unknown, where: string) => string;
}

/** How one order stands: the state of a model of the catalogue, less what only the disk knows. */
export type DeskState =
  | Exclude<CatalogueState, { kind: 'absent' | 'here' | 'paused' | 'failed' }>
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What ends work by the person's wish. */
class Ended extends Error {}

/** The queue of downloads: one at a time, in the order in which they were asked for. */
export class DownloadDesk {
  readonly #parts: DeskParts;
  readonly #states = new Map<string, DeskState>();
  /** What is taken back for good at the moment. */
  readonly #discarding = new Set<string>();
  #queue: readonly string[] = [];
  #running: { readonly id: string; readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
  #isClosed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** `null`: nothing is asked for it, or it has ended well or by the person's wish. */
  state(id: string): DeskState | null {
    return this.#states.get(id) ?? null;
  }

  /** Asks for a model, unless it is asked for already. One that is being paused goes on when the pause has taken effect. */
  order(id: string): void {
    if (this.#isClosed || this.#isOrdered(id) || this.#discarding.has(id)) return;
    this.#queue = [...this.#queue, id];
    this.#set(id, { kind: 'queued' });
    this.#next();
  }

  /** Takes an order back; resolves when nothing is done for it any more, unless it was asked for anew. */
  async end(id: string): Promise<void> {
    this.#queue = this.#queue.filter((each) => each !== id);
    const running = this.#running;
    if (running?.id === id) {
      running.stop.abort(new Ended());
      await running.ended;
    }
    if (!this.#isOrdered(id)) this.#set(id, null);
  }

  /** Takes an order back, then does away with what there is; meanwhile the model cannot be asked for. */
  async discard(id: string, remove: () => Promise<void>): Promise<void> {
    this.#discarding.add(id);
    try {
      await this.end(id);
      await remove();
    } finally {
      this.#discarding.delete(id);
    }
  }

  /** Ends everything; what has arrived stays. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue = [];
    this.#running?.stop.abort(new Ended());
    await this.#running?.ended;
  }

  #isOrdered(id: string): boolean {
    const running = this.#running;
    return this.#queue.includes(id) || (running?.id === id && !running.stop.signal.aborted);
  }

  #next(): void {
    const [id, ...rest] = this.#queue;
    if (this.#running !== null || id === undefined) return;
    this.#queue = rest;
    const stop = new AbortController();
    const ended = this.#run(id, stop.signal).finally(() => {
      this.#running = null;
      if (!this.#isClosed) this.#next();
    });
    this.#running = { id, stop, ended };
  }

  async #run(id: string, signal: AbortSignal): Promise<void> {
    const speed = new MovingSpeed();
    let startedOver: Extract<CatalogueState, { kind: 'receiving' }>['startedOver'] = null;
    const tell = (step: DownloadStep | { readonly kind: 'engine' }): void => {
      if (step.kind === 'started-over') startedOver = step.why;
      else this.#set(id, this.#stateOf(step, speed, startedOver));
    };
    try {
      await this.#parts.work(id, tell, signal);
      this.#set(id, this.#restingState(id));
    } catch (error) {
      if (signal.aborted) this.#set(id, this.#restingState(id));
      else this.#set(id, { kind: 'failed', failure: failureOf(error) ?? this.#bug(error) });
    }
  }

  #restingState(id: string): DeskState | null {
    return this.#queue.includes(id) ? { kind: 'queued' } : null;
  }

  #bug(error: unknown): Failure {
    return { kind: 'bug', incident: this.#parts.reportBug(error, 'a download') };
  }

  #stateOf(
    step: Exclude<DownloadStep, { kind: 'started-over' }> | { readonly kind: 'engine' },
    speed: MovingSpeed,
    startedOver: Extract<CatalogueState, { kind: 'receiving' }>['startedOver'],
  ): DeskState {
    if (step.kind === 'waiting') {
      speed.reset();
      return { kind: 'waiting', receivedBytes: step.receivedBytes };
    }
    if (step.kind !== 'receiving') return step;
    speed.add(this.#parts.elapsed(), step.receivedBytes);
    const { bytesPerSecond } = speed;
    const left = step.totalBytes === null ? null : step.totalBytes - step.receivedBytes;
    const secondsLeft = bytesPerSecond && left !== null ? Math.ceil(left / bytesPerSecond) : null;
    return { kind: 'receiving', receivedBytes: step.receivedBytes, bytesPerSecond, secondsLeft, startedOver };
  }

  #set(id: string, state: DeskState | null): void {
    if (state === null) this.#states.delete(id);
    else this.#states.set(id, state);
    this.#parts.onChange();
  }
}
