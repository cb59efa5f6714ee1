import type { RuntimeView } from '../../node-core/api/shell-views.ts';
import type { Clock, Timer } from '../../node-core/protocol/ports/clock.ts';
import {
  firstHeartbeat,
  followHeartbeat,
  followStart,
  type Heartbeat,
  type HeartbeatEvent,
  isHung,
  isStartHung,
  lookMs,
  type Moment,
} from './heartbeat.ts';
import { fromNodeSchema, type ToNode, type WentBack } from './node-messages.ts';
import { decideRestart, type GiveUpReason, mostRestarts, recentRestarts } from './restart-policy.ts';

/** Ends a node that does not stop by itself; ms. Its database survives that. */
const stopTimeoutMs = 5_000;
/** What is used of a utility process. */
export interface UtilityChild {
  postMessage(message: unknown, ports?: unknown[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** The node in its utility process, started anew when it crashes or hangs. */
export interface NodeProcess<Port> {
  /** Hands the node the port of a page; closes it where there is no node that is ready. */
  attach(port: Port): void;
  /** Starts the node anew after it was given up, or at once while the next start is waited for. */
  restart(): void;
  /** This computer goes to sleep or has woken up. */
  sleeps(event: 'suspend' | 'resume'): void;
  /** Resolves when the node has closed its database and its process has ended, or was ended. Idempotent. */
  stop(): Promise<void>;
}

/** What watching a node needs. */
export interface NodeProcessOptions {
  /** Starts the process. */
  readonly fork: () => UtilityChild;
  readonly clock: Clock;
  /** Told at once, and whenever it changes. */
  readonly onView: (view: RuntimeView) => void;
  /** A new process takes ports from now on. */
  readonly onReady: () => void;
  /** The first start of an update failed; it is not started again by itself. */
  readonly onWentBack: (wentBack: WentBack) => void;
}

type Phase =
  | { readonly kind: 'starting'; readonly child: UtilityChild; heart: Heartbeat; readonly looks: Timer }
  | { readonly kind: 'ready'; readonly child: UtilityChild; heart: Heartbeat; readonly looks: Timer }
  /** It hangs and was killed; it has not ended yet. */
  | { readonly kind: 'killed'; readonly child: UtilityChild }
  | { readonly kind: 'waiting'; readonly timer: Timer }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'stopping' };

/** Starts the node and watches over it. */
export function watchNode<Port extends { close(): void }>(options: NodeProcessOptions): NodeProcess<Port> {
  return new WatchedNode<Port>(options);
}

class WatchedNode<Port extends { close(): void }> implements NodeProcess<Port> {
  readonly #options: NodeProcessOptions;
  #phase: Phase;
  #restarts: readonly number[] = [];
  /** Starts in a row, the present one included, that have not become ready. */
  #unready = 0;
  #stopped: Promise<void> | null = null;

  constructor(options: NodeProcessOptions) {
    this.#options = options;
    this.#options.onView({ kind: 'starting', since: options.clock.now() });
    this.#phase = this.#start();
  }

  attach(port: Port): void {
    if (this.#phase.kind === 'ready') send(this.#phase.child, { kind: 'attach' }, port);
    else port.close();
  }

  restart(): void {
    if (this.#phase.kind !== 'given-up' && this.#phase.kind !== 'waiting') return;
    if (this.#phase.kind === 'waiting') this.#phase.timer.cancel();
    else this.#forgetAttempts();
    this.#options.onView({ kind: 'starting', since: this.#options.clock.now() });
    this.#phase = this.#start();
  }

  sleeps(event: 'suspend' | 'resume'): void {
    this.#follow(event);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  #forgetAttempts(): void {
    this.#restarts = [];
    this.#unready = 0;
  }

  #start(): Phase {
    this.#unready += 1;
    const child = this.#options.fork();
    child.on('message', (message) => this.#receive(child, message));
    child.once('exit', (code) => this.#ended(child, code));
    return { kind: 'starting', child, ...this.#firstHeart() };
  }

  #firstHeart(): { readonly heart: Heartbeat; readonly looks: Timer } {
    return {
      heart: firstHeartbeat(this.#now()),
      looks: this.#options.clock.every(lookMs, () => this.#look()),
    };
  }

  #receive(child: UtilityChild, message: unknown): void {
    const parsed = fromNodeSchema.safeParse(message);
    if (!parsed.success || childOf(this.#phase) !== child) return;
    switch (parsed.data.kind) {
      case 'ready':
        this.#becomeReady();
        break;
      case 'alive':
        this.#follow('beat');
        break;
      case 'failed':
        this.#giveUp('cannot-start', parsed.data.sentence);
        if (parsed.data.wentBack) this.#options.onWentBack(parsed.data.wentBack);
        child.kill();
    }
  }

  #becomeReady(): void {
    if (this.#phase.kind !== 'starting') return;
    this.#leavePhase();
    this.#unready = 0;
    this.#phase = { kind: 'ready', child: this.#phase.child, ...this.#firstHeart() };
    this.#options.onView({ kind: 'running', since: this.#options.clock.now() });
    this.#options.onReady();
  }

  #look(): void {
    this.#follow('look');
    const phase = this.#phase;
    if (phase.kind === 'ready' && isHung(phase.heart, this.#now())) this.#kill();
    if (phase.kind === 'starting' && isStartHung(phase.heart, this.#now())) this.#kill();
  }

  #follow(event: HeartbeatEvent): void {
    const phase = this.#phase;
    if (phase.kind === 'ready') phase.heart = followHeartbeat(phase.heart, event, this.#now());
    if (phase.kind === 'starting') phase.heart = followStart(phase.heart, event, this.#now());
  }

  /** It hangs. It is started anew when it has ended. */
  #kill(): void {
    const child = childOf(this.#phase);
    if (!child) return;
    this.#leavePhase();
    this.#phase = { kind: 'killed', child };
    child.kill();
  }

  #ended(child: UtilityChild, code: number): void {
    if (childOf(this.#phase) !== child) return;
    const cause = this.#phase.kind === 'killed' ? 'hung' : 'crashed';
    this.#leavePhase();
    const { clock, onView } = this.#options;
    const decision = decideRestart(this.#restarts, clock.elapsed(), this.#unready);
    if (decision.kind === 'give-up') {
      this.#giveUp('keeps-crashing', keepsCrashing(decision.reason, cause, code));
      return;
    }
    const { attempt, delayMs } = decision;
    onView({ kind: 'restarting', cause, since: clock.now(), nextAt: clock.now() + delayMs, attempt });
    const again = (): void => {
      this.#restarts = [...recentRestarts(this.#restarts, clock.elapsed()), clock.elapsed()];
      this.#phase = this.#start();
    };
    this.#phase = { kind: 'waiting', timer: clock.after(delayMs, again) };
  }

  #giveUp(cause: 'keeps-crashing' | 'cannot-start', sentence: string): void {
    this.#leavePhase();
    this.#phase = { kind: 'given-up' };
    this.#options.onView({ kind: 'attention', cause, since: this.#options.clock.now(), sentence });
  }

  #stop(): Promise<void> {
    const child = childOf(this.#phase);
    this.#leavePhase();
    this.#phase = { kind: 'stopping' };
    const { clock, onView } = this.#options;
    onView({ kind: 'stopping', since: clock.now() });
    if (!child) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = clock.after(stopTimeoutMs, () => child.kill());
      child.once('exit', () => {
        timer.cancel();
        resolve();
      });
      send(child, { kind: 'stop' });
    });
  }

  #leavePhase(): void {
    if (this.#phase.kind === 'starting' || this.#phase.kind === 'ready') this.#phase.looks.cancel();
    if (this.#phase.kind === 'waiting') this.#phase.timer.cancel();
  }

  #now(): Moment {
    return { elapsed: this.#options.clock.elapsed(), wall: this.#options.clock.now() };
  }
}

function childOf(phase: Phase): UtilityChild | null {
  return 'child' in phase ? phase.child : null;
}

function send(child: UtilityChild, message: ToNode, ...ports: unknown[]): void {
  child.postMessage(message, ports);
}

function keepsCrashing(reason: GiveUpReason, cause: 'crashed' | 'hung', code: number): string {
  const last = cause === 'hung' ? 'the last time it did not answer any more' : `the last time with exit code ${code}`;
  const told = {
    'too-often': `was started again ${mostRestarts} times within 10 minutes and stopped each time`,
    'never-ready': `was started again ${mostRestarts} times and did not get ready once`,
  };
  return `The part of Nunba that runs your agents ${told[reason]}, ${last}.`;
}
