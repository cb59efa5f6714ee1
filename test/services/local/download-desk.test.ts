import { expect, test } from 'vitest';
import { DownloadDesk } from '../../../node-core/agents/local/download-desk.ts';

/** A desk whose work tells that it receives, and ends a moment after it was told to: when the test says so. */
function openDesk() {
  const begun: { readonly id: string; readonly leave: () => void }[] = [];
  const desk = new DownloadDesk({
    work: async (id, tell, signal) => {
      const left = Promise.withResolvers<void>();
      begun.push({ id, leave: left.resolve });
      tell({ kind: 'receiving', receivedBytes: 1, totalBytes: 10 });
      await left.promise;
      tell({ kind: 'receiving', receivedBytes: 2, totalBytes: 10 });
      signal.throwIfAborted();
    },
    elapsed: () => 0,
    onChange: () => undefined,
    reportBug: (error) => {
      throw error;
    },
  });
  return { desk, begun, ids: () => begun.map(({ id }) => id) };
}

test('a download that is asked for while its pause takes effect goes on', async () => {
  const { desk, begun, ids } = openDesk();
  desk.order('one');
  const paused = desk.end('one');
  desk.order('one');
  expect([ids(), desk.state('one')?.kind]).toEqual([['one'], 'queued']);
  begun[0]?.leave();
  await paused;
  expect([ids(), desk.state('one')?.kind]).toEqual([['one', 'one'], 'receiving']);
});

test('it waits behind what was asked for before, and says so', async () => {
  const { desk, begun, ids } = openDesk();
  desk.order('one');
  desk.order('two');
  const paused = desk.end('one');
  desk.order('one');
  begun[0]?.leave();
  await paused;
  expect([ids(), desk.state('one')?.kind]).toEqual([['one', 'two'], 'queued']);
  begun[1]?.leave();
  await expect.poll(ids, { timeout: 10_000 }).toEqual(['one', 'two', 'one']);
});

test('paused again before the first pause has taken effect, it stays paused', async () => {
  const { desk, begun, ids } = openDesk();
  desk.order('one');
  const pauses = [desk.end('one')];
  desk.order('one');
  pauses.push(desk.end('one'));
  begun[0]?.leave();
  await Promise.all(pauses);
  expect([ids(), desk.state('one')]).toEqual([['one'], null]);
});

test('it is not begun anew in the middle of what does away with it', async () => {
  const { desk, begun, ids } = openDesk();
  const removed = Promise.withResolvers<void>();
  desk.order('one');
  const paused = desk.end('one');
  const discarded = desk.discard('one', () => removed.promise);
  desk.order('one');
  begun[0]?.leave();
  await paused;
  desk.order('one');
  removed.resolve();
  await discarded;
  expect([ids(), desk.state('one')]).toEqual([['one'], null]);
  desk.order('one');
  expect(ids()).toEqual(['one', 'one']);
});
