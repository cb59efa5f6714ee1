import path from 'node:path';
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { fromNodeSchema, type ToNode } from './node-messages.ts';

/** Ends a node that does not stop by itself; ms. Its database survives that. */
const stopTimeoutMs = 10_000;
/** A node that ends this often within this time is not started again. */
const mostCrashes = 3;
const crashWindowMs = 60_000;

/** The node in its utility process. */
export interface NodeProcess {
  /** Connects a page's port; waits for the node where it is not ready yet. */
  attach(port: MessagePortMain): void;
  /** Resolves when the node has closed its database and its process has ended. Idempotent. */
  stop(): Promise<void>;
}

/** What the shell hands to the node. */
export interface NodeProcessOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** The command line of the person, without the program. */
  readonly args: readonly string[];
  /** Called once, when there is no node and will be none. */
  readonly onFailed: (sentence: string) => void;
}

/** Starts the node, and starts it anew when it crashes. */
export function startNodeProcess(options: NodeProcessOptions): NodeProcess {
  return new WatchedNode(options);
}

class WatchedNode implements NodeProcess {
  readonly #options: NodeProcessOptions;
  #child: UtilityProcess;
  #isRunning = false;
  #isReady = false;
  #hasFailed = false;
  #stopped: Promise<void> | null = null;
  #waiting: MessagePortMain[] = [];
  #crashes: number[] = [];

  constructor(options: NodeProcessOptions) {
    this.#options = options;
    this.#child = this.#fork();
  }

  attach(port: MessagePortMain): void {
    if (this.#isReady) this.#send({ kind: 'attach' }, port);
    else this.#waiting.push(port);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop(this.#child);
    return this.#stopped;
  }

  #fork(): UtilityProcess {
    const { environment, args } = this.#options;
    const child = utilityProcess.fork(path.join(import.meta.dirname, 'node-entry.js'), [...args], {
      serviceName: 'Nunba node',
      env: environment,
      stdio: 'inherit',
    });
    this.#isRunning = true;
    child.on('message', (message: unknown) => this.#receive(message));
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
    this.#isReady = true;
    for (const port of this.#waiting.splice(0)) this.#send({ kind: 'attach' }, port);
  }

  #ended(code: number): void {
    this.#isRunning = false;
    this.#isReady = false;
    if (this.#stopped || this.#hasFailed) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashWindowMs), now];
    if (this.#crashes.length >= mostCrashes) this.#fail(`The node ended ${mostCrashes} times in a row (code ${code}).`);
    else this.#child = this.#fork();
  }

  #fail(sentence: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    for (const port of this.#waiting.splice(0)) port.close();
    this.#options.onFailed(sentence);
  }

  #send(message: ToNode, ...ports: MessagePortMain[]): void {
    this.#child.postMessage(message, ports);
  }

  #stop(child: UtilityProcess): Promise<void> {
    if (!this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill(), stopTimeoutMs);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#send({ kind: 'stop' });
    });
  }
}
