import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ErrorCode, McpError, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ChildRecords } from '../../platform/child-records.ts';
import { startToolProcess, type ToolProcess, type ToolProgram } from '../../platform/tool-process.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { createHttpTransport } from './http-transport.ts';
import { faultInside, ServerFault } from './server-fault.ts';
import { maxToolsPerServer, type ServerLimits } from './server-limits.ts';
import { StdioTransport } from './stdio-transport.ts';

/** What is connected to, with the values that are kept among the secrets. */
export type ServerTarget =
  | { readonly kind: 'stdio'; readonly program: ToolProgram }
  | { readonly kind: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** What a connection works with. */
export interface ConnectionMeans {
  readonly version: string;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly onToolsChanged: () => void;
  /** Told of the child as soon as there is one, so that its log can be read while it starts. */
  readonly onProcess: (process: ToolProcess) => void;
}

/** What a tool answered, not yet looked at. */
export type RawResult = z.infer<typeof resultSchema>;

/** An open conversation with a server. */
export interface ServerConnection {
  readonly serverName: string;
  readonly serverVersion: string;
  readonly protocolVersion: string;
  /** Descriptions of tools as they came, at most one more than are used, and how many more there were. */
  listTools(): Promise<{ readonly tools: readonly unknown[]; readonly leftOutCount: number }>;
  /** Rejects with the server's refusal, or with the reason of `signal`, and then tells the server to stop. */
  call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<RawResult>;
  /** Rejects if it does not answer in time. */
  ping(): Promise<void>;
  /** Resolves when the connection is gone by itself. */
  readonly lost: Promise<ServerFault>;
  /** Ends it and what it started. `at-once`: without asking. Idempotent. */
  close(how: 'ask' | 'at-once'): Promise<void>;
}

// The client's own schemas refuse a list for one bad tool, and would let it compile schemas of the server.
const listSchema = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });
const resultSchema = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

/** Pages of a list of tools. */
const maxPages = 20;
/** Longer than any timer of ours, so that none of the client's own falls due. */
const neverMs = 2_000_000_000;

/** Connects and shakes hands. @throws ServerFault; nothing is left running then */
export async function openConnection(
  target: ServerTarget,
  means: ConnectionMeans,
  signal: AbortSignal,
): Promise<ServerConnection> {
  const connection = new Connection(target, means);
  try {
    await connection.open(signal);
    return connection;
  } catch (error) {
    await connection.close('at-once');
    throw error;
  }
}

interface CallOptions {
  readonly signal: AbortSignal;
  readonly timeout: number;
  /** Asks the server to tell how far it is. */
  readonly onprogress: () => void;
}

/** The same for what is over at once. */
const quiet = ({ signal, timeout }: CallOptions): Omit<CallOptions, 'onprogress'> => ({ signal, timeout });

class Connection implements ServerConnection {
  readonly #means: ConnectionMeans;
  readonly #client: Client;
  readonly #transport: StdioTransport | ReturnType<typeof createHttpTransport>;
  readonly #process: ToolProcess | null;
  readonly #loss = Promise.withResolvers<ServerFault>();
  readonly lost = this.#loss.promise;
  /** Calls that are under way. Each waits here and not for `lost`, which would keep every answer for as long as itself. */
  readonly #losing = new Set<(fault: ServerFault) => void>();
  #lostBy: ServerFault | null = null;

  constructor(target: ServerTarget, means: ConnectionMeans) {
    const { clock, limits, version, onToolsChanged } = means;
    this.#means = means;
    if (target.kind === 'stdio') {
      const process = startToolProcess(target.program, clock, means.children);
      means.onProcess(process);
      const { command, folder } = target.program;
      this.#process = process;
      this.#transport = new StdioTransport({ process, command, folder, clock, limits });
    } else {
      this.#process = null;
      this.#transport = createHttpTransport({ ...target, clock, limits, onFault: (fault) => this.#lose(fault) });
    }
    // No capabilities: a server may not ask for samples of the model, for folders or for the person.
    this.#client = new Client({ name: 'nunba', version }, { capabilities: {} });
    this.#client.setNotificationHandler(ToolListChangedNotificationSchema, () => onToolsChanged());
    this.#client.onclose = () => this.#lose(this.#transportFault() ?? new ServerFault('ended'));
  }

  get serverName(): string {
    return (this.#client.getServerVersion()?.name ?? '').slice(0, 200);
  }

  get serverVersion(): string {
    return (this.#client.getServerVersion()?.version ?? '').slice(0, 100);
  }

  get protocolVersion(): string {
    return (this.#transport.protocolVersion ?? '').slice(0, 40);
  }

  async open(signal: AbortSignal): Promise<void> {
    const { initializeMs } = this.#means.limits;
    const late = new ServerFault('silent-start', String(initializeMs / 1000));
    try {
      await this.#within(initializeMs, late, signal, (options) =>
        this.#client.connect(this.#transport, quiet(options)),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.#faultOf(error) ?? new ServerFault('not-mcp', plainMessage(error), { cause: error });
    }
  }

  async listTools(): Promise<{ readonly tools: readonly unknown[]; readonly leftOutCount: number }> {
    const tools: unknown[] = [];
    let cursor: string | undefined;
    if (this.#client.getServerCapabilities()?.tools === undefined) return { tools, leftOutCount: 0 };
    let leftOutCount = 0;
    for (let page = 0; page < maxPages; page += 1) {
      const list = await this.#ask(
        { method: 'tools/list', params: cursor === undefined ? {} : { cursor } },
        listSchema,
      );
      const room = maxToolsPerServer - tools.length;
      tools.push(...list.tools.slice(0, room));
      leftOutCount += Math.max(0, list.tools.length - room);
      cursor = list.nextCursor;
      if (cursor === undefined) break;
    }
    return { tools, leftOutCount };
  }

  async call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<RawResult> {
    const { clock, limits } = this.#means;
    const total = new AbortController();
    const timer = clock.after(limits.callTotalMs, () => total.abort(new SlowCall(limits.callTotalMs)));
    try {
      const either = AbortSignal.any([signal, total.signal]);
      return await this.#within(limits.callMs, new SlowCall(limits.callMs), either, (options) =>
        this.#client.request({ method: 'tools/call', params: { name, arguments: args } }, resultSchema, options),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.#faultOf(error) ?? error;
    } finally {
      timer.cancel();
    }
  }

  async ping(): Promise<void> {
    const { pingMs } = this.#means.limits;
    const never = new AbortController().signal;
    await this.#within(pingMs, new ServerFault('hung'), never, (options) => this.#client.ping(quiet(options))).catch(
      (error: unknown) => {
        // A refusal is a sign of life, too.
        if (!(error instanceof McpError) || error.code === ErrorCode.ConnectionClosed) throw error;
      },
    );
  }

  async close(how: 'ask' | 'at-once'): Promise<void> {
    if (!(this.#transport instanceof StdioTransport) && how === 'ask') {
      await this.#within(this.#means.limits.pingMs, new ServerFault('hung'), new AbortController().signal, () =>
        this.#transport instanceof StdioTransport ? Promise.resolve() : this.#transport.terminateSession(),
      ).catch(() => undefined);
    }
    if (how === 'at-once') await this.#process?.stop('at-once');
    await this.#client.close().catch(() => undefined);
    await this.#process?.stop(how);
  }

  async #ask<S extends z.ZodObject>(
    request: { method: 'tools/list'; params: { cursor?: string } },
    schema: S,
  ): Promise<z.output<S>> {
    const never = new AbortController().signal;
    const { initializeMs } = this.#means.limits;
    try {
      return await this.#within(initializeMs, new ServerFault('hung'), never, (options) =>
        this.#client.request(request, schema, quiet(options)),
      );
    } catch (error) {
      throw this.#faultOf(error) ?? new ServerFault('not-mcp', plainMessage(error), { cause: error });
    }
  }

  /** Ends `work` with `late` after `ms` without progress, or with the reason of `signal`. */
  async #within<T>(
    ms: number,
    late: Error,
    signal: AbortSignal,
    work: (options: CallOptions) => Promise<T>,
  ): Promise<T> {
    const over = new AbortController();
    const begin = () => this.#means.clock.after(ms, () => over.abort(late));
    let timer = begin();
    const ends = AbortSignal.any([signal, over.signal]);
    const { promise: ended, reject } = Promise.withResolvers<never>();
    // The client never takes its listener back, and Node keeps a signal made of others for as long as it has one.
    const told = new AbortController();
    const abort = (): void => {
      // First: the client would say it in words of its own.
      reject(ends.reason);
      told.abort(ends.reason);
    };
    ends.addEventListener('abort', abort, { once: true });
    const loss = Promise.withResolvers<ServerFault>();
    this.#losing.add(loss.resolve);
    const onprogress = (): void => {
      timer.cancel();
      timer = begin();
    };
    try {
      ends.throwIfAborted();
      if (this.#lostBy) throw this.#lostBy;
      return await Promise.race([
        work({ signal: told.signal, timeout: neverMs, onprogress }),
        ended,
        loss.promise.then((fault) => Promise.reject(fault)),
      ]);
    } finally {
      timer.cancel();
      this.#losing.delete(loss.resolve);
      ends.removeEventListener('abort', abort);
    }
  }

  #faultOf(error: unknown): Error | null {
    if (error instanceof SlowCall) return error;
    const isClosed = error instanceof McpError && error.code === ErrorCode.ConnectionClosed;
    return faultInside(error) ?? (isClosed ? (this.#transportFault() ?? new ServerFault('ended')) : null);
  }

  #transportFault(): ServerFault | null {
    return this.#transport instanceof StdioTransport ? this.#transport.fault : null;
  }

  #lose(fault: ServerFault): void {
    if (this.#lostBy) return;
    this.#lostBy = fault;
    this.#loss.resolve(fault);
    for (const end of this.#losing) end(fault);
  }
}

/** A call that took too long; the server may be well. */
export class SlowCall extends Error {
  constructor(ms: number) {
    super(`The tool did not answer within ${ms / 1000} s.`);
    this.name = 'SlowCall';
  }
}

const plainMessage = (error: unknown): string =>
  (error instanceof Error ? error.message : '').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 300);
