import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ToolServerTrouble } from '../../api/mcp-views.ts';
import type { ProgramEnd, ToolProcess } from '../../platform/tool-process.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { MessageLines } from './message-lines.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerLimits } from './server-limits.ts';

/** What a transport over a process needs. */
export interface StdioMeans {
  readonly process: ToolProcess;
  /** For sentences. */
  readonly command: string;
  readonly folder: string | null;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly limits: ServerLimits;
}

/** Most bytes that wait to be read by the server. */
const maxUnreadBytes = 8 * 1024 * 1024;

/**
 * The protocol over the standard input and output of a child, one message a line
 * (modelcontextprotocol.io, specification 2025-06-18, transports). Closes, with a fault, when the child ends or goes
 * beyond its limits.
 */
export class StdioTransport implements Transport {
  readonly #means: StdioMeans;
  #fault: ServerFault | null = null;
  #isClosed = false;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  protocolVersion: string | null = null;

  constructor(means: StdioMeans) {
    this.#means = means;
  }

  /** Why it closed by itself; `null` while it is open, or when it was closed by us. */
  get fault(): ServerFault | null {
    return this.#fault;
  }

  setProtocolVersion(version: string): void {
    this.protocolVersion = version;
  }

  async start(): Promise<void> {
    const { process, clock, limits } = this.#means;
    const lines = new MessageLines(limits, () => clock.elapsed(), {
      message: (text) => {
        if (!this.#take(text)) lines.wasGarbage(Buffer.byteLength(text));
      },
      excess: (kind) => {
        const detail = kind === 'too-large' ? String(Math.round(limits.messageBytes / 1024 ** 2)) : '';
        this.#fail(new ServerFault(kind, detail));
        void process.stop('at-once');
      },
    });
    process.onOutput((chunk) => {
      if (!this.#isClosed) lines.push(chunk);
    });
    void process.ended.then((end) => this.#fail(new ServerFault(...troubleOf(end, this.#means))));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const { stdin } = this.#means.process;
    if (this.#isClosed || !stdin.writable) throw this.#fault ?? new Error('the connection is closed');
    if (stdin.writableLength > maxUnreadBytes) throw new ServerFault('hung');
    stdin.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    this.#end();
    await this.#means.process.stop('ask');
  }

  /** `false`: no message. It stands in the log, as far as it goes. */
  #take(text: string): boolean {
    const message = parseMessage(text);
    if (message === null) {
      this.#means.process.errors.add(`(no message of the protocol) ${text.slice(0, 300)}`);
      return false;
    }
    this.onmessage?.(message);
    return true;
  }

  #fail(fault: ServerFault): void {
    if (this.#isClosed) return;
    this.#fault = fault;
    this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.();
  }
}

const parseMessage = (text: string): JSONRPCMessage | null => {
  if (!text.startsWith('{')) return null;
  try {
    return JSONRPCMessageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

const troubleOf = (
  end: ProgramEnd,
  { command, folder }: StdioMeans,
): readonly [kind: ToolServerTrouble['kind'], detail: string] => {
  switch (end.kind) {
    case 'no-program':
    case 'not-allowed':
      return [end.kind, command];
    case 'no-folder':
      return [end.kind, folder ?? ''];
    case 'exit':
      return ['ended', end.signal === null ? `exit code ${end.code ?? '?'}` : end.signal];
  }
};
