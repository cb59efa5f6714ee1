import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import { fromNodeSchema, type ToNode } from './node-messages.ts';

/** Ends a node that does not stop by itself; ms. Its database survives that. */
const stopTimeoutMs = 10_000;
/** A node that ends this often within this time is not started again. */
const mostCrashes = 3;
const crashWindowMs = 60_000;

/** What is used of a utility process. */
export interface UtilityChild {
  postMessage(message: unknown, ports?: unknown[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): unknown;
}

/** The node in its utility process. */
export interface NodeProcess<Port> {
  /** Connects a page's port; waits for the node where it is not ready yet. */
  attach(port: Port): void;
  /** Resolves when the node has closed its database and its process has ended. Idempotent. */
  stop(): Promise<void>;
}

/** What watching a node needs. */
export interface NodeProcessOptions {
  /** Starts the process. */
  readonly fork: () => UtilityChild;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
  /** Called once, when there is no node and will be none. */
  readonly onFailed: (sentence: string) => void;
}

/** Starts the node, and starts it anew when it crashes. */
export function watchNode<Port>(options: NodeProcessOptions): NodeProcess<Port> {
  return new WatchedNode<Port>(options);
}

class WatchedNode<Port> implements NodeProcess<Port> {
  readonly #options: NodeProcessOptions;
  #child: UtilityChild;
  #state: 'starting' | 'ready' | 'failed' | 'ended' = 'starting';
  #stopped: Promise<void> | null = null;
  #waiting: Port[] = [];
  #crashes: number[] = [];

  constructor(options: NodeProcessOptions) {
    this.#options = options;
    this.#child = this.#fork();
  }

  attach(port: Port): void {
    if (this.#state === 'ready') this.#send({ kind: 'attach' }, port);
    else this.#waiting.push(port);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#state === 'ended' ? Promise.resolve() : this.#stop(this.#child);
    return this.#stopped;
  }

  #fork(): UtilityChild {
    const child = this.#options.fork();
    this.#state = 'starting';
    child.on('message', (message) => this.#receive(message));
    child.once('exit', (code) => this.#ended(code));
    return child;
  }

  #receive(message: unknown): void {
    const parsed = fromNodeSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'failed') {
      this.#fail(parsed.data.sentence);
      return;
    }
    this.#state = 'ready';
    for (const port of this.#waiting.splice(0)) this.#send({ kind: 'attach' }, port);
  }

  #ended(code: number): void {
    const isExpected = this.#stopped !== null || this.#state === 'failed';
    this.#state = 'ended';
    if (isExpected) return;
    const now = this.#options.clock.elapsed();
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashWindowMs), now];
    if (this.#crashes.length < mostCrashes) this.#child = this.#fork();
    else this.#fail(`The node ended ${mostCrashes} times within a minute (exit code ${code}).`);
  }

  #fail(sentence: string): void {
    if (this.#state === 'failed') return;
    this.#state = 'failed';
    this.#options.onFailed(sentence);
  }

  #send(message: ToNode, ...ports: Port[]): void {
    this.#child.postMessage(message, ports);
  }

  #stop(child: UtilityChild): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(stopTimeoutMs, () => child.kill());
      child.once('exit', () => {
        timer.cancel();
        resolve();
      });
      this.#send({ kind: 'stop' });
    });
  }
}
