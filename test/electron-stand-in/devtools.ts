import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';
import { WriteQueue } from './write-queue.ts';

/** The commands and events of the DevTools protocol. */
export type Commands = Protocol.CommandParameters;
export type Results = Protocol.CommandReturnValues;
export type Events = Protocol.Events;

interface Waiting {
  readonly method: string;
  resolve(result: never): void;
  reject(error: Error): void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly sessionId?: string;
  readonly error?: { readonly message: string };
}

/** Speaks the DevTools protocol over a pair of pipes, which end with this process: so does their Chromium. */
export class DevTools {
  readonly #events = new EventEmitter();
  readonly #waiting = new Map<number, Waiting>();
  readonly #queue: WriteQueue<string>;
  #rest = '';
  #lastId = 0;

  constructor(out: Writable, incoming: Readable) {
    this.#events.setMaxListeners(0);
    this.#queue = new WriteQueue((text) => out.write(`${text}\0`));
    out.on('error', () => this.#end());
    incoming.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    incoming.once('close', () => this.#end());
  }

  /** Rejects when Chromium refuses or has gone. */
  send<Method extends keyof Commands>(
    method: Method,
    params?: Commands[Method],
    sessionId?: string,
  ): Promise<Results[Method]> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#queue.add(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** @param sessionId empty for those of the browser itself */
  on<Name extends keyof Events>(name: Name, listener: (params: Events[Name]) => void, sessionId = ''): void {
    this.#events.on(`${sessionId}:${name}`, listener);
  }

  #take(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#receive(JSON.parse(message));
  }

  #receive({ id, method, params, result, sessionId, error }: Incoming): void {
    if (id === undefined) {
      this.#events.emit(`${sessionId ?? ''}:${method}`, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    else waiting?.resolve(result as never);
  }

  #end(): void {
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: Chromium has gone`));
    this.#waiting.clear();
  }
}
