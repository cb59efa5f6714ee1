import { failureOf } from '../../api/failures.ts';
import type { ToolServerState } from '../../api/mcp-views.ts';
import type { ChildRecords } from '../../platform/child-records.ts';
import type { LastLines } from '../../platform/last-lines.ts';
import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { RawResult, ServerConnection, ServerTarget } from './connection.ts';
import { faultInside, ServerFault } from './server-fault.ts';
import type { ServerLimits } from './server-limits.ts';

/** What one server's life hangs on. */
export interface LifeMeans {
  readonly id: string;
  readonly version: string;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly log: Log;
  /** What is run or asked now, with its secret values. */
  target(): Promise<ServerTarget>;
  /** Takes down a list of tools, whenever there is a new one. */
  listed(tools: readonly unknown[], leftOutCount: number): Promise<void>;
  /** The state is another one. */
  changed(): void;
}

/** No call can be made: the server is not to be started, or could not be. */
export class ServerUnavailable extends Error {}
/** Too many calls are under way. */
export class ServerBusy extends Error {}

/**
 * The life of one server: started when it is needed, watched while it rests, ended when it is not needed any more, and
 * started again a few times after a crash. Whatever it does, it ends in a state and never in an error of the node.
 */
export class ServerLife {
  readonly #means: LifeMeans;
  #state: ToolServerState = { kind: 'off' };
  #connection: ServerConnection | null = null;
  #opening: Promise<void> | null = null;
  #errors: LastLines | null = null;
  #round = new AbortController();
  #running = 0;
  #retries = 0;
  #retry: Timer | null = null;
  #rest: Timer | null = null;
  #heartbeat: Timer | null = null;
  #isRelisting = false;
  #wantsRelist = false;

  constructor(means: LifeMeans) {
    this.#means = means;
  }

  get state(): ToolServerState {
    return this.#state;
  }

  /** The last lines that it wrote beside the protocol, oldest first. */
  logs(): string[] {
    return this.#errors?.all() ?? [];
  }

  /** Starts it unless it runs, and resolves when it is ready or failing. `anew`: somebody wants it, whatever was before. */
  async start(anew: boolean): Promise<void> {
    if (anew) {
      this.#retries = 0;
      if (this.#state.kind !== 'ready') await this.#end('at-once');
    } else if (this.#state.kind === 'stopped' || this.#state.kind === 'failing') {
      return;
    }
    if (this.#state.kind === 'ready') return;
    this.#opening ??= this.#open(this.#round).finally(() => {
      this.#opening = null;
    });
    await this.#opening;
  }

  /** Ends it. `stopped`: it stays so until somebody starts it. */
  async stop(then: 'off' | 'stopped'): Promise<void> {
    const isTold = then === 'stopped';
    const end = this.#end('ask');
    this.#become(isTold ? { kind: 'stopped', since: this.#means.clock.now() } : { kind: 'off' });
    await end;
  }

  /** Calls a tool, starting the server if need be. @throws ServerUnavailable, ServerBusy, the server's refusal, or the reason of `signal` */
  async call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<RawResult> {
    await this.start(false);
    signal.throwIfAborted();
    const connection = this.#connection;
    if (!connection || this.#state.kind !== 'ready') throw new ServerUnavailable();
    if (this.#running >= this.#means.limits.callsAtOnce) throw new ServerBusy();
    this.#running += 1;
    this.#rest?.cancel();
    try {
      return await connection.call(name, args, signal);
    } catch (error) {
      signal.throwIfAborted();
      // A call that took too long may mean that the server hangs; a fault has ended it already, or will not.
      if (error instanceof ServerFault) this.#fail(connection, error);
      else if (error instanceof Error && error.name === 'SlowCall') void this.#check(connection);
      throw error;
    } finally {
      this.#running -= 1;
      if (this.#running === 0 && this.#connection === connection) this.#beginRest();
    }
  }

  async #open(round: AbortController): Promise<void> {
    const { clock, limits, version, children } = this.#means;
    this.#become({ kind: 'starting', since: clock.now() });
    let connection: ServerConnection | null = null;
    try {
      // The client is read when the first server is needed: it is large, and most starts need none.
      const { openConnection } = await import('./connection.ts');
      const target = await this.#means.target();
      round.signal.throwIfAborted();
      const onProcess = (process: { readonly errors: LastLines }): void => {
        this.#errors = process.errors;
      };
      const onToolsChanged = (): void => this.#relist();
      const own = { version, clock, limits, children, onToolsChanged, onProcess };
      connection = await openConnection(target, own, round.signal);
      const { tools, leftOutCount } = await connection.listTools();
      round.signal.throwIfAborted();
      await this.#means.listed(tools, leftOutCount);
      round.signal.throwIfAborted();
    } catch (error) {
      await connection?.close('at-once');
      if (!round.signal.aborted) this.#failed(this.#toFault(error));
      return;
    }
    this.#ready(connection);
  }

  #ready(connection: ServerConnection): void {
    const { serverName, serverVersion, protocolVersion } = connection;
    const since = this.#means.clock.now();
    this.#connection = connection;
    this.#become({ kind: 'ready', since, serverName, serverVersion, protocolVersion });
    this.#beginRest();
    this.#heartbeat = this.#means.clock.every(this.#means.limits.pingEveryMs, () => {
      if (this.#running === 0) void this.#check(connection);
    });
    void connection.lost.then((fault) => this.#fail(connection, fault));
  }

  /** Whether it still answers; if not, it is ended. */
  async #check(connection: ServerConnection): Promise<void> {
    try {
      await connection.ping();
    } catch (error) {
      this.#fail(connection, faultInside(error) ?? new ServerFault('hung', '', { cause: error }));
    }
  }

  #relist(): void {
    this.#wantsRelist = true;
    if (this.#isRelisting) return;
    this.#isRelisting = true;
    this.#means.clock.after(this.#means.limits.relistMs, () => void this.#relistNow());
  }

  async #relistNow(): Promise<void> {
    this.#wantsRelist = false;
    const connection = this.#connection;
    try {
      if (connection) {
        const { tools, leftOutCount } = await connection.listTools();
        if (this.#connection === connection) await this.#means.listed(tools, leftOutCount);
      }
    } catch (error) {
      if (connection) this.#fail(connection, this.#toFault(error));
    } finally {
      this.#isRelisting = false;
      if (this.#wantsRelist && this.#connection) this.#relist();
    }
  }

  #beginRest(): void {
    this.#rest?.cancel();
    this.#rest = this.#means.clock.after(this.#means.limits.idleMs, () => void this.stop('off'));
  }

  /** The connection is of no use any more. */
  #fail(connection: ServerConnection, fault: ServerFault): void {
    if (this.#connection !== connection) return;
    const { clock, limits } = this.#means;
    if (this.#state.kind === 'ready' && clock.now() - this.#state.since >= limits.provenMs) this.#retries = 0;
    void this.#end('at-once');
    this.#failed(fault);
  }

  #failed(fault: ServerFault): void {
    const { clock, limits, log, id } = this.#means;
    log.warn({ server: id, trouble: fault.trouble.kind }, 'A tool server failed.');
    const isWorthIt = mayPass.has(fault.trouble.kind) && this.#retries < limits.retries;
    const waitMs = limits.retryMs * 2 ** this.#retries;
    const since = clock.now();
    this.#become({ kind: 'failing', since, trouble: fault.trouble, retryAt: isWorthIt ? since + waitMs : null });
    if (!isWorthIt) return;
    this.#retries += 1;
    this.#retry = clock.after(waitMs, () => {
      this.#state = { kind: 'off' };
      void this.start(false);
    });
  }

  /** Ends whatever is under way; what comes of it later is not heard. */
  async #end(how: 'ask' | 'at-once'): Promise<void> {
    const connection = this.#connection;
    const opening = this.#opening;
    this.#connection = null;
    this.#round.abort(new ServerUnavailable());
    this.#round = new AbortController();
    for (const timer of [this.#retry, this.#rest, this.#heartbeat]) timer?.cancel();
    await connection?.close(how);
    await opening?.catch(() => undefined);
  }

  #become(state: ToolServerState): void {
    this.#state = state;
    this.#means.changed();
  }

  #toFault(error: unknown): ServerFault {
    const fault = faultInside(error);
    if (fault) return fault;
    const failure = failureOf(error);
    if (failure !== null) return new ServerFault('keys-locked', '', { cause: error });
    this.#means.log.error({ server: this.#means.id, error }, 'A tool server could not be used.');
    return new ServerFault('not-mcp', '', { cause: error });
  }
}

/** What another start may put right; the rest is for the person. */
const mayPass = new Set(['ended', 'hung', 'silent-start', 'unreachable', 'http-status']);
