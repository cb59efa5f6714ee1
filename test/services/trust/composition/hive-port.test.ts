import { expect, test } from 'vitest';
import { FailureError } from '../../../../node-core/api/failures.ts';
import { createHivePort } from '../../../../node-core/composition/hive-port.ts';
import type { HiveListening } from '../../../../node-core/http/hive/hive-listener.ts';
import { createFakeClock } from '../../../doubles/clock.ts';

const failure = { kind: 'port-taken', port: 6776, heldBy: null, freePort: null } as const;
const taken = new Error('refused', { cause: new FailureError(failure) });

/** A port whose listener opens, or fails with `obstacle`. */
function port({ obstacle, publicUrl = null }: { obstacle: Error | null; publicUrl?: string | null }) {
  const clock = createFakeClock(1_000);
  const counts = { opened: 0, closed: 0, told: 0 };
  const count = (what: keyof typeof counts): void => {
    counts[what] += 1;
  };
  const now: { obstacle: Error | null } = { obstacle };
  const listening = { address: 'https://127.0.0.1:6776', close: async () => count('closed') };
  const hivePort = createHivePort({
    clock,
    async open() {
      count('opened');
      if (now.obstacle !== null) throw now.obstacle;
      return listening as HiveListening;
    },
    publicUrl,
    onChange: () => count('told'),
  });
  return { hivePort, clock, counts, now };
}

test('opens once, however often it is asked for, and closes', async () => {
  const { hivePort, counts } = port({ obstacle: null });
  expect([hivePort.address(), hivePort.fact()]).toEqual([null, { kind: 'none' }]);
  await Promise.all([hivePort.listen(), hivePort.listen()]);
  await hivePort.retry();
  expect(hivePort.fact()).toEqual({ kind: 'open', address: 'https://127.0.0.1:6776' });
  await hivePort.close();
  expect(hivePort.fact()).toEqual({ kind: 'none' });
  expect(counts).toEqual({ opened: 1, closed: 1, told: 1 });
});

test('is told of as others reach it', async () => {
  const { hivePort } = port({ obstacle: null, publicUrl: 'https://hive.test' });
  await hivePort.listen();
  expect(hivePort.address()).toBe('https://hive.test');
});

test('names the port that is taken, knows since when, and is mended by another try', async () => {
  const { hivePort, clock, counts, now } = port({ obstacle: taken });
  const since = clock.now();
  await expect(hivePort.listen()).rejects.toBe(taken);
  expect(hivePort.fact()).toEqual({ kind: 'deaf', port: 6776, since, lookedAt: since });
  await clock.advance(5_000);
  await hivePort.retry();
  expect(hivePort.fact()).toEqual({ kind: 'deaf', port: 6776, since, lookedAt: since + 5_000 });
  now.obstacle = null;
  await hivePort.retry();
  expect(hivePort.fact()).toMatchObject({ kind: 'open' });
  expect(counts).toEqual({ opened: 3, closed: 0, told: 3 });
});

test('has no port to name for anything else, and nobody who did not ask for it gets it', async () => {
  const { hivePort, counts } = port({ obstacle: new Error('no certificate') });
  await hivePort.retry();
  expect(counts.opened).toBe(0);
  await expect(hivePort.listen()).rejects.toThrow('no certificate');
  expect(hivePort.fact()).toMatchObject({ kind: 'deaf', port: null });
});
