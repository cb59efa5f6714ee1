import { expect, onTestFinished, test } from 'vitest';
import type { DeskView } from '../../../../node-core/api/trust-views.ts';
import { watchDesk } from '../../../../node-core/composition/watch-desk.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';

type Request = DeskView['requests'][number];

const request = (id: string): Request => ({
  id: id.repeat(32),
  publicKey: id.repeat(64),
  words: null,
  nodeName: 'laptop',
  tier: 'regional',
  fqdn: null,
  address: '192.0.2.1',
  askedAt: 0,
  expiresAt: 1,
});

/** A desk whose requests the test decides; the answers can be held back. */
function openDesk() {
  const clock = createFakeClock(0);
  const log = createRecordedLog();
  const listeners = new Set<() => void>();
  const seen: DeskView[] = [];
  let requests: Request[] = [];
  let failure: Error | null = null;
  let held: Promise<void> = Promise.resolve();
  let looks = { all: 0, now: 0, mostAtOnce: 0 };
  const look = async () => {
    looks = { ...looks, all: looks.all + 1, now: looks.now + 1, mostAtOnce: Math.max(looks.mostAtOnce, looks.now + 1) };
    try {
      await held;
      if (failure) throw failure;
      return { requests };
    } finally {
      looks = { ...looks, now: looks.now - 1 };
    }
  };
  const watch = () =>
    watchDesk(
      {
        calls: {
          'authority.listInvites': () => ({ invites: [] }),
          'authority.listRequests': look,
          'authority.listMembers': () => ({ members: [] }),
        },
        clock,
        log,
        onChange(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      { next: (item) => seen.push(item) },
    );
  return {
    clock,
    log,
    listeners,
    seen,
    watch,
    looks: () => looks,
    /** What is told by whoever changes something here. */
    change: () => {
      for (const listener of listeners) listener();
    },
    ask: (...ids: readonly string[]) => {
      requests = ids.map(request);
    },
    fail: (error: Error | null) => {
      failure = error;
    },
    /** Answers wait for what this returns. */
    hold() {
      let release: () => void = () => undefined;
      held = new Promise((resolve) => {
        release = resolve;
      });
      onTestFinished(() => release());
      return () => release();
    },
  };
}

const ids = (seen: readonly DeskView[]): string[][] =>
  seen.map(({ requests }) => requests.map(({ id }) => id.slice(0, 1)));

test('the desk is told as it is, then what is new within two seconds, and nothing twice', async () => {
  const { watch, seen, ask, clock } = openDesk();
  ask('a');
  await watch();
  expect(seen).toEqual([{ invites: [], requests: [request('a')], members: [] }]);
  await clock.advance(1_000);
  ask('b', 'a');
  await clock.advance(1_000);
  expect(ids(seen)).toEqual([['a'], ['b', 'a']]);
  await clock.advance(60_000);
  expect(seen).toHaveLength(2);
});

test('what changed here is told without waiting', async () => {
  const { watch, seen, ask, clock, change } = openDesk();
  await watch();
  ask('a');
  change();
  await clock.advance(0);
  expect(ids(seen)).toEqual([[], ['a']]);
});

test('no look begins while another is under way', async () => {
  const { watch, hold, looks, clock, change, ask, seen } = openDesk();
  await watch();
  const release = hold();
  await clock.advance(10_000);
  change();
  expect(looks()).toMatchObject({ all: 2, mostAtOnce: 1 });
  ask('a');
  release();
  await clock.advance(2_000);
  expect(looks()).toMatchObject({ all: 3, mostAtOnce: 1 });
  expect(ids(seen)).toEqual([[], ['a']]);
});

test('after the end nothing is looked at, not even what was under way is told, and no timer is left', async () => {
  const { watch, hold, seen, clock, listeners, ask, looks } = openDesk();
  const end = await watch();
  const release = hold();
  ask('a');
  await clock.advance(2_000);
  end();
  release();
  await clock.advance(60_000);
  expect(seen).toHaveLength(1);
  expect(looks().all).toBe(2);
  expect([clock.pendingTimers(), listeners.size]).toEqual([0, 0]);
});

test('a desk that could not be read is told with the next look; one that never could be rejects, and is not watched', async () => {
  const { watch, fail, seen, ask, clock, log, listeners } = openDesk();
  fail(new Error('no database'));
  await expect(watch()).rejects.toThrow('no database');
  expect([clock.pendingTimers(), listeners.size]).toEqual([0, 0]);
  fail(null);
  await watch();
  ask('a');
  fail(new Error('no database'));
  await clock.advance(20_000);
  expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  fail(null);
  await clock.advance(2_000);
  expect(ids(seen)).toEqual([[], ['a']]);
});
