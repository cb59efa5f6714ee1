import type { ForkedChild, ForkedProgram, ForkOptions, Host } from '../../node-core/protocol/ports/host.ts';
import { type ForkAsk, type ForkNews, forkNewsSchema } from './fork-messages.ts';

/** What is used of a port to a child. */
export interface ChildPort {
  postMessage(message: unknown): void;
  start(): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** What is used of the node's line to the shell. */
export interface ForkingPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ChildPort[] }) => void,
  ): unknown;
}

/** Children of the node in its utility process. It cannot make them itself, so the shell does and hands over a port. */
export function askFork(shell: ForkingPort): Host['fork'] {
  const children = new Map<number, ShellChild>();
  let lastId = 0;
  shell.on('message', ({ data, ports }) => {
    const news = forkNewsSchema.safeParse(data);
    if (!news.success) return;
    children.get(news.data.id)?.take(news.data, ports[0] ?? null);
    if (news.data.kind === 'fork-exit') children.delete(news.data.id);
  });
  const tell = (ask: ForkAsk): void => shell.postMessage(ask);
  return (program: ForkedProgram, { args = [], environment = {}, memoryMiB }: ForkOptions = {}) => {
    const id = ++lastId;
    const child = new ShellChild(() => tell({ kind: 'fork-kill', id }));
    children.set(id, child);
    tell({ kind: 'fork', id, program, args: [...args], environment, memoryMiB: memoryMiB ?? null });
    return child;
  };
}

class ShellChild implements ForkedChild {
  pid: number | undefined = undefined;
  readonly kill: () => void;
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #exits = new Set<(exit: { readonly code: number | null }) => void>();
  #waiting: unknown[] = [];
  #port: ChildPort | null = null;
  #exit: { readonly code: number | null } | null = null;

  constructor(kill: () => void) {
    this.kill = kill;
  }

  send(message: unknown): void {
    if (this.#exit) return;
    if (this.#port) this.#port.postMessage(message);
    else this.#waiting.push(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#messages.add(listener);
  }

  onExit(listener: (exit: { readonly code: number | null }) => void): void {
    if (this.#exit) listener(this.#exit);
    else this.#exits.add(listener);
  }

  take(news: ForkNews, port: ChildPort | null): void {
    if (news.kind === 'forked') {
      if (port) this.#connect(news.pid, port);
      return;
    }
    this.#exit = { code: news.code };
    this.#waiting = [];
    for (const listener of this.#exits) listener(this.#exit);
  }

  #connect(pid: number, port: ChildPort): void {
    this.pid = pid;
    this.#port = port;
    port.on('message', ({ data }) => {
      for (const listener of this.#messages) listener(data);
    });
    port.start();
    for (const message of this.#waiting.splice(0)) port.postMessage(message);
  }
}
