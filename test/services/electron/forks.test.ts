import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { askFork, type ChildPort, type ForkingPort } from '../../../electron/forks/ask-fork.ts';
import type { ForkOrder } from '../../../electron/forks/fork-messages.ts';
import { type ShellFork, serveForks } from '../../../electron/forks/serve-forks.ts';

/** One end of a line; what is posted comes out at the other. */
class Port extends EventEmitter implements ChildPort {
  peer: Port | null = null;
  readonly got: unknown[] = [];
  start(): void {}
  postMessage(data: unknown): void {
    this.peer?.got.push(data);
    this.peer?.emit('message', { data });
  }
}

class Part extends EventEmitter {
  pid: number | undefined;
  kills = 0;
  readonly ports: unknown[] = [];
  readonly order: ForkOrder;
  constructor(order: ForkOrder) {
    super();
    this.order = order;
  }
  postMessage(_message: unknown, ports: unknown[]): void {
    this.ports.push(...ports);
  }
  kill(): void {
    this.kills += 1;
    if (this.pid !== undefined) this.emit('exit', 15);
  }
  spawn(pid: number): void {
    this.pid = pid;
    this.emit('spawn');
  }
}

/** A node and its shell, with the children that the shell has made. */
function shellAndNode() {
  const [toShell, toNode] = [new EventEmitter(), new EventEmitter()];
  const parts: Part[] = [];
  const node = {
    on: (_: 'message', listener: (message: unknown) => void) => toShell.on('message', listener),
    once: (_: 'exit', listener: () => void) => toShell.once('exit', listener),
    postMessage: (data: unknown, ports: unknown[] = []) => toNode.emit('message', { data, ports }),
  };
  serveForks(node, {
    fork(order) {
      const part = new Part(order);
      parts.push(part);
      return part as ShellFork;
    },
    channel() {
      const [one, other] = [new Port(), new Port()];
      one.peer = other;
      other.peer = one;
      return [one, other];
    },
  });
  const port: ForkingPort = {
    on: (_, listener) => toNode.on('message', listener),
    postMessage: (message) => toShell.emit('message', message),
  };
  return { fork: askFork(port), parts, toShell };
}

const only = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined || list.length !== 1) throw new Error(`${list.length} instead of one`);
  return one;
};

test('what was sent before the child runs reaches it, in order, and what it says comes back', () => {
  const { fork, parts } = shellAndNode();
  const child = fork('engine', { args: ['--x'], environment: { A: 'b' }, memoryMiB: 64 });
  const heard: unknown[] = [];
  child.onMessage((message) => heard.push(message));
  child.send('one');
  child.send('two');
  const part = only(parts);
  expect(part.order).toMatchObject({ program: 'engine', args: ['--x'], environment: { A: 'b' }, memoryMiB: 64 });
  expect(child.pid).toBeUndefined();
  part.spawn(4711);
  const inChild = only(part.ports) as Port;
  child.send('three');
  expect(inChild.got).toEqual(['one', 'two', 'three']);
  inChild.postMessage({ kind: 'hello' });
  expect(heard).toEqual([{ kind: 'hello' }]);
  expect(child.pid).toBe(4711);
});

test('an exit is told once, also to who asks later, and only by the child that ended', () => {
  const { fork, parts } = shellAndNode();
  const [one, other] = [fork('engine'), fork('indexer')];
  const exits: unknown[] = [];
  one.onExit((exit) => exits.push(['one', exit.code]));
  other.onExit((exit) => exits.push(['other', exit.code]));
  for (const [index, part] of parts.entries()) part.spawn(100 + index);
  parts[0]?.emit('exit', 3);
  one.onExit((exit) => exits.push(['late', exit.code]));
  expect(exits).toEqual([
    ['one', 3],
    ['late', 3],
  ]);
});

test('a child that is killed before it runs is ended when it does, and never connected', () => {
  const { fork, parts } = shellAndNode();
  fork('engine').kill();
  const part = only(parts);
  part.spawn(7);
  expect(part.kills).toBe(2);
  expect(part.ports).toEqual([]);
});

test('the children of a node end with it', () => {
  const { fork, parts, toShell } = shellAndNode();
  for (const program of ['engine', 'indexer'] as const) fork(program);
  for (const [index, part] of parts.entries()) part.spawn(100 + index);
  toShell.emit('exit');
  expect(parts.map(({ kills }) => kills)).toEqual([1, 1]);
});

test('no other program can be asked for', () => {
  const { parts, toShell } = shellAndNode();
  const order = { kind: 'fork', id: 1, args: [], environment: {}, memoryMiB: null };
  for (const program of ['signer', '../main', '/bin/sh']) toShell.emit('message', { ...order, program });
  expect(parts).toEqual([]);
  toShell.emit('message', { ...order, program: 'indexer' });
  expect(parts.length).toBe(1);
});
