import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type NodeProcess, type UtilityChild, watchNode } from '../../../electron/node/node-process.ts';
import type { RuntimeView } from '../../../node-core/api/shell-views.ts';
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

class FakePort {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

function start(onWentBack: (wentBack: unknown) => void = () => undefined, clock = createFakeClock(0)) {
  const children: FakeChild[] = [];
  const views: RuntimeView[] = [];
  let readied = 0;
  const fork = () => {
    const child = new FakeChild();
    children.push(child);
    return child;
  };
  const node: NodeProcess<FakePort> = watchNode({
    fork,
    clock,
    onView: (view) => views.push(view),
    onReady: () => {
      readied += 1;
    },
    onWentBack,
  });
  const last = (): FakeChild => children.at(-1) ?? new FakeChild();
  return { node, clock, children, views, last, readied: () => readied, view: () => views.at(-1) };
}

const ready = { kind: 'ready' };
const alive = { kind: 'alive' };

test('ports go to a node that is ready, and are closed where there is none', () => {
  const { node, last, readied, view } = start();
  const early = new FakePort();
  node.attach(early);
  expect([early.isClosed, last().sent, view()]).toEqual([true, [], { kind: 'starting', since: 0 }]);
  last().emit('message', ready);
  const port = new FakePort();
  node.attach(port);
  expect(last().sent).toEqual([{ message: { kind: 'attach' }, ports: [port] }]);
  expect([readied(), port.isClosed, view()]).toEqual([1, false, { kind: 'running', since: 0 }]);
});

test('a first start of an update that was taken back is told, and is not tried again by itself', async () => {
  const wentBack = { failedVersion: '0.2.0', previousVersion: '0.1.0' };
  const told: unknown[] = [];
  const { last, children, clock } = start((failed) => told.push(failed));
  last().emit('message', { kind: 'failed', sentence: 'It was put back.', wentBack });
  last().emit('exit', 1);
  await clock.advance(3_600_000);
  expect([told, children.length]).toEqual([[wentBack], 1]);
});

test('a node that cannot start says why, once, is ended, and starts again only when asked', async () => {
  const { node, last, children, view, views, clock } = start();
  last().emit('message', { kind: 'failed', sentence: 'The data folder is in use.' });
  last().emit('message', { kind: 'failed', sentence: 'again' });
  last().emit('exit', 1);
  await clock.advance(3_600_000);
  expect(view()).toEqual({
    kind: 'attention',
    cause: 'cannot-start',
    since: 0,
    sentence: 'The data folder is in use.',
  });
  expect([views.length, children.length, last().isKilled]).toEqual([2, 1, true]);
  node.restart();
  expect([children.length, view()]).toEqual([2, { kind: 'starting', since: 3_600_000 }]);
});

test('what is no message of ours is passed over', () => {
  const { last, views } = start();
  for (const message of [null, 7, {}, { kind: 'other' }, { kind: 'failed' }]) last().emit('message', message);
  expect(views).toHaveLength(1);
});

test('a node that crashes is started anew after a while, each time a longer one', async () => {
  const { last, children, view, clock, readied } = start();
  last().emit('message', ready);
  last().emit('exit', 139);
  expect(view()).toEqual({ kind: 'restarting', cause: 'crashed', since: 0, nextAt: 500, attempt: 1 });
  await clock.advance(499);
  expect(children).toHaveLength(1);
  await clock.advance(1);
  expect(children).toHaveLength(2);
  last().emit('exit', 139);
  expect(view()).toMatchObject({ attempt: 2, nextAt: 1_500 });
  await clock.advance(1_000);
  last().emit('message', ready);
  expect([view(), readied()]).toEqual([{ kind: 'running', since: 1_500 }, 2]);
});

test('a node that crashes again and again is given up, and asked anew it has all its attempts again', async () => {
  const { node, last, children, view, clock } = start();
  for (let crash = 0; crash < 6; crash += 1) {
    last().emit('exit', 139);
    await clock.advance(8_000);
  }
  expect(view()).toMatchObject({ kind: 'attention', cause: 'keeps-crashing' });
  expect(JSON.stringify(view())).toContain('exit code 139');
  expect(children).toHaveLength(6);
  node.restart();
  last().emit('exit', 139);
  expect(view()).toMatchObject({ kind: 'restarting', attempt: 1 });
});

test('crashes that lie far apart are no reason to give up', async () => {
  const { node, last, children, clock, view } = start();
  for (let crash = 0; crash < 20; crash += 1) {
    last().emit('message', ready);
    node.sleeps('suspend');
    await clock.advance(10 * 60_000);
    last().emit('exit', 139);
    await clock.advance(500);
  }
  expect([children.length, view()]).toMatchObject([21, { kind: 'restarting', attempt: 1 }]);
});

test('a node that is silent for 10 s is ended and started anew when it has gone; one that beats is left alone', async () => {
  const { last, children, clock, view } = start();
  last().emit('message', ready);
  for (let second = 0; second < 60; second += 2) {
    last().emit('message', alive);
    await clock.advance(2_000);
  }
  expect(last().isKilled).toBe(false);
  await clock.advance(8_000);
  expect([last().isKilled, children.length]).toEqual([true, 1]);
  last().emit('exit', 9);
  expect(view()).toMatchObject({ kind: 'restarting', cause: 'hung', attempt: 1 });
});

test('a node may be silent while the computer sleeps, and for 30 s after that', async () => {
  const { node, last, clock } = start();
  last().emit('message', ready);
  node.sleeps('suspend');
  await clock.advance(60_000);
  node.sleeps('resume');
  await clock.advance(29_000);
  expect(last().isKilled).toBe(false);
  await clock.advance(1_000);
  expect(last().isKilled).toBe(true);
});

test('a node that neither starts nor says why is ended and started anew', async () => {
  const { last, clock, view } = start();
  await clock.advance(119_999);
  expect(last().isKilled).toBe(false);
  await clock.advance(1);
  expect(last().isKilled).toBe(true);
  last().emit('exit', 9);
  expect(view()).toMatchObject({ kind: 'restarting', cause: 'hung' });
});

test('six starts that hang in a row are enough, although they take longer than the window', async () => {
  const { node, last, children, clock, view } = start();
  for (let hang = 0; hang < 6; hang += 1) {
    await clock.advance(120_000);
    last().emit('exit', 9);
    if (hang < 5) await clock.advance(view()?.kind === 'restarting' ? 500 * 2 ** hang : 0);
  }
  expect([children.length, view()]).toMatchObject([6, { kind: 'attention', cause: 'keeps-crashing' }]);
  expect(JSON.stringify(view())).toContain('was started again 5 times and did not get ready once');
  expect(clock.pendingTimers()).toBe(0);
  node.restart();
  last().emit('exit', 9);
  expect(view()).toMatchObject({ kind: 'restarting', attempt: 1 });
});

test('a start that gets ready begins the count of those that hang anew', async () => {
  const { last, clock, view } = start();
  for (let round = 0; round < 4; round += 1) {
    for (let hang = 0; hang < 3; hang += 1) {
      await clock.advance(120_000);
      last().emit('exit', 9);
      await clock.advance(60_000);
    }
    last().emit('message', ready);
    last().emit('exit', 139);
    await clock.advance(10 * 60_000);
  }
  expect(view()?.kind).toBe('restarting');
});

test('a sleep that only the wall clock shows does not count while it starts either', async () => {
  const awake = createFakeClock(0);
  let asleepMs = 0;
  const { last, clock } = start(undefined, { ...awake, now: () => awake.now() + asleepMs });
  await clock.advance(119_000);
  asleepMs = 3_600_000;
  await clock.advance(120_000);
  expect(last().isKilled).toBe(false);
  await clock.advance(1_000);
  expect(last().isKilled).toBe(true);
});

test('time asleep does not count while it starts', async () => {
  const { node, last, clock } = start();
  await clock.advance(119_000);
  node.sleeps('suspend');
  await clock.advance(3_600_000);
  expect(last().isKilled).toBe(false);
  node.sleeps('resume');
  await clock.advance(119_000);
  expect(last().isKilled).toBe(false);
  await clock.advance(1_000);
  expect(last().isKilled).toBe(true);
});

test('the next start can be asked for before its time', () => {
  const { node, last, children } = start();
  last().emit('exit', 1);
  node.restart();
  expect(children).toHaveLength(2);
  node.restart();
  expect(children).toHaveLength(2);
});

test('a node is stopped in good order, and not started again', async () => {
  const { node, last, children, view, clock } = start();
  last().emit('message', ready);
  const stopped = node.stop();
  expect(last().sent).toEqual([{ message: { kind: 'stop' }, ports: [] }]);
  expect(view()).toEqual({ kind: 'stopping', since: 0 });
  last().emit('exit', 0);
  await stopped;
  await node.stop();
  expect([children.length, clock.pendingTimers()]).toEqual([1, 0]);
});

test('a node that does not stop within 5 s is ended', async () => {
  const { node, last, clock } = start();
  const stopped = node.stop();
  await clock.advance(4_999);
  expect(last().isKilled).toBe(false);
  await clock.advance(1);
  expect(last().isKilled).toBe(true);
  last().emit('exit', 15);
  await stopped;
});

test('a node that is waited for or was given up is stopped at once, without a timer left', async () => {
  const { node, last, clock, children } = start();
  last().emit('exit', 1);
  await node.stop();
  await clock.advance(60_000);
  expect([children.length, clock.pendingTimers()]).toEqual([1, 0]);
});
