import { type ForkNews, type ForkOrder, forkAskSchema } from './fork-messages.ts';

/** What is used of a child that the shell has made. */
export interface ShellFork {
  /** `undefined` until it runs. */
  readonly pid: number | undefined;
  postMessage(message: unknown, ports: unknown[]): void;
  once(event: 'spawn', listener: () => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  /** Ends it at once. */
  kill(): void;
}

/** What is used of the node's process. */
export interface ForkingChild {
  postMessage(message: unknown, ports?: unknown[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: () => void): unknown;
}

/** How the shell makes children and the two ends of a line between them and the node. */
export interface ForkMeans {
  readonly fork: (order: ForkOrder) => ShellFork;
  readonly channel: () => readonly [unknown, unknown];
}

/** Makes the children that a node asks for, and ends them when it ends, however it does. */
export function serveForks(node: ForkingChild, { fork, channel }: ForkMeans): void {
  const children = new Map<number, { readonly child: ShellFork; isUnwanted: boolean }>();
  const tell = (news: ForkNews, ports: unknown[] = []): void => node.postMessage(news, ports);

  const start = (order: ForkOrder): void => {
    const { id } = order;
    const child = fork(order);
    const held = { child, isUnwanted: false };
    children.set(id, held);
    child.once('spawn', () => {
      if (held.isUnwanted || child.pid === undefined) {
        child.kill();
        return;
      }
      const [forNode, forChild] = channel();
      child.postMessage({ kind: 'line' }, [forChild]);
      tell({ kind: 'forked', id, pid: child.pid }, [forNode]);
    });
    child.once('exit', (code) => {
      if (children.delete(id)) tell({ kind: 'fork-exit', id, code });
    });
  };

  node.on('message', (message) => {
    const ask = forkAskSchema.safeParse(message);
    if (!ask.success) return;
    if (ask.data.kind === 'fork') start(ask.data);
    else end(children.get(ask.data.id));
  });
  node.once('exit', () => {
    for (const held of children.values()) end(held);
    children.clear();
  });
}

function end(held: { readonly child: ShellFork; isUnwanted: boolean } | undefined): void {
  if (!held) return;
  held.isUnwanted = true;
  held.child.kill();
}
