import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type NodeProcess, type UtilityChild, watchNode } from '../../../electron/node/node-process.ts';
import { createFakeClock } from '../../doubles/clock.ts';

/** A utility process that does nothing by itself. */
class FakeChild extends EventEmitter implements UtilityChild {
  readonly sent: { readonly message: unknown; readonly ports: readonly unknown[] }[] = [];
  isKilled = false;

  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.sent.push({ message, ports });
  }

  kill(): void {
    this.isKilled = true;
  }
}

function start() {
  const clock = createFakeClock(0);
  const children: FakeChild[] = [];
  const failures: string[] = [];
  const fork = () => {
    const child = new FakeChild();
    children.push(child);
    return child;
  };
  const node: NodeProcess<string> = watchNode({ fork, clock, onFailed: (sentence) => failures.push(sentence) });
  const last = (): FakeChild => children.at(-1) ?? new FakeChild();
  return { node, clock, children, failures, last };
}
const attached = (port: string) => ({ message: { kind: 'attach' }, ports: [port] });

test('ports wait until the node is ready, later ones do not', () => {
  const { node, last } = start();
  node.attach('first');
  expect(last().sent).toEqual([]);
  last().emit('message', { kind: 'ready' });
  node.attach('second');
  expect(last().sent).toEqual([attached('first'), attached('second')]);
});

test('a node that cannot start says why, once, and is not started again', () => {
  const { last, children, failures } = start();
  last().emit('message', { kind: 'failed', sentence: 'The data folder is in use.' });
  last().emit('message', { kind: 'failed', sentence: 'again' });
  last().emit('exit', 1);
  expect(failures).toEqual(['The data folder is in use.']);
  expect(children).toHaveLength(1);
});

test('what is no message of ours is passed over', () => {
  const { last, failures } = start();
  for (const message of [null, 7, {}, { kind: 'other' }, { kind: 'failed' }]) last().emit('message', message);
  expect(failures).toEqual([]);
});

test('a node that crashes is started anew, and pages that ask meanwhile are served by the next', () => {
  const { node, last, children } = start();
  last().emit('message', { kind: 'ready' });
  last().emit('exit', 139);
  node.attach('page');
  expect(children).toHaveLength(2);
  expect(last().sent).toEqual([]);
  last().emit('message', { kind: 'ready' });
  expect(last().sent).toEqual([attached('page')]);
});

test('a node that crashes again and again is given up', async () => {
  const { last, children, failures, clock } = start();
  last().emit('exit', 1);
  last().emit('exit', 1);
  await clock.advance(61_000);
  last().emit('exit', 1);
  expect(failures).toEqual([]);
  last().emit('exit', 1);
  last().emit('exit', 1);
  expect(failures).toEqual([expect.stringContaining('3 times')]);
  expect(children).toHaveLength(5);
});

test('a node is stopped in good order, and not started again', async () => {
  const { node, last, children } = start();
  const stopped = node.stop();
  expect(last().sent).toEqual([{ message: { kind: 'stop' }, ports: [] }]);
  last().emit('exit', 0);
  await stopped;
  await node.stop();
  expect(children).toHaveLength(1);
});

test('a node that does not stop is ended', async () => {
  const { node, last, clock } = start();
  const stopped = node.stop();
  await clock.advance(10_000);
  expect(last().isKilled).toBe(true);
  last().emit('exit', 15);
  await stopped;
});
