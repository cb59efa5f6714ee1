import { expect, test } from 'vitest';
import { alonePlace } from '../../../../node-core/composition/hive-place.ts';
import { createTrustGate, type Trust } from '../../../../node-core/composition/trust-gate.ts';

/** Trust that only notes how often its listener was asked to open. */
function notedTrust(listen: () => Promise<void> = async () => undefined) {
  const watchers: (() => void)[] = [];
  const told: unknown[] = [];
  let listens = 0;
  // The gate reaches for a handler only when it is called, which none of these tests does.
  const handlers = { calls: {}, subscriptions: {} } as Trust['handlers'];
  const trust: Trust = {
    handlers,
    place: () => alonePlace,
    onChange: (watcher) => void watchers.push(watcher),
    check: async () => undefined,
    listen() {
      listens += 1;
      return listen();
    },
  };
  const gate = createTrustGate(
    async () => trust,
    (error) => told.push(error),
  );
  const change = (): void => {
    for (const watcher of watchers) watcher();
  };
  return { gate, told, change, listens: () => listens };
}

test('a listener that was asked for before trust is open opens with it', async () => {
  const { gate, listens } = notedTrust();
  await gate.listen('refuse');
  expect(listens()).toBe(0);
  await gate.open();
  expect(listens()).toBe(1);
});

test('nobody asked: it stays closed', async () => {
  const { gate, listens } = notedTrust();
  await gate.open();
  expect(listens()).toBe(0);
  await gate.listen('refuse');
  expect(listens()).toBe(1);
});

test('a port that is taken is told, and trust is open all the same', async () => {
  const taken = new Error('taken');
  const { gate, told, listens } = notedTrust(() => Promise.reject(taken));
  await gate.listen('refuse');
  await gate.open();
  await gate.open();
  expect(told).toEqual([taken]);
  expect(listens()).toBe(1);
  await expect(gate.listen('refuse')).rejects.toBe(taken);
  await gate.listen('use-next');
  expect(told).toEqual([taken, taken]);
});

test('who watches the place hears of changes, whether they began before trust was open or after', async () => {
  const { gate, change } = notedTrust();
  const heard: string[] = [];
  gate.onChange(() => heard.push('before'));
  await gate.open();
  gate.onChange(() => heard.push('after'));
  change();
  expect(heard).toEqual(['before', 'after']);
});
