import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import { createAboutHandlers } from '../../../node-core/health/about-node.ts';
import { createNodeStatus } from '../../../node-core/health/node-status.ts';
import type { ModelFact } from '../../../node-core/protocol/node-facts.ts';
import { nodeFacts } from '../../builders/node-facts.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const { database, disk, clock: byFiles, keys } = nodeFacts();
const computer = { database, disk, clock: byFiles };

test('a watcher hears the present value, then each change once, then nothing', async () => {
  const clock = createFakeClock(1_000);
  let turns = 0;
  let paused: number | null = null;
  const status = createNodeStatus({
    version: '1.2.3',
    dataFolder: '/data',
    clock,
    address: () => null,
    model: () => 'llama',
    modelFact: () => ({ model: { kind: 'not-asked', model: 'llama' }, answeredAt: null }),
    keys: () => keys,
    computer: () => computer,
    port: () => ({ kind: 'none' }),
    pausedSince: () => paused,
    check: async () => undefined,
    hive: () => ({
      tier: 'flat',
      fact: { kind: 'alone', reason: null },
      clock: null,
      view: null,
      port: { kind: 'none' },
    }),
    runningTurns: () => turns,
  });
  const seen: StatusView[] = [];
  const stop = await status.handlers.subscriptions['status.watch']({}, { next: (item) => seen.push(item) });
  expect(seen).toMatchObject([{ runningTurns: 0, startedAt: 1_000, at: 1_000, model: 'llama' }]);
  await clock.advance(10_000);
  expect(seen).toHaveLength(1);
  turns = 2;
  await clock.advance(1_000);
  await clock.advance(5_000);
  expect(seen.slice(1)).toMatchObject([{ runningTurns: 2, startedAt: 1_000, at: 12_000 }]);
  paused = clock.now();
  status.refresh();
  expect(seen.at(-1)).toMatchObject({ state: 'paused', reasons: [{ kind: 'paused-by-person', since: 17_000 }] });
  stop();
  expect(clock.pendingTimers()).toBe(0);
});

test('what others cause has to last before it is shown, but for who asks; and nothing is said right after the start', async () => {
  const clock = createFakeClock(100_000);
  const lost = { kind: 'unreachable', model: 'llama', host: 'lab', cause: 'refused' } as const;
  let model: ModelFact = { kind: 'answers', model: 'llama', lookedAt: 100_000 };
  const fail = (): void => {
    model = { ...lost, since: clock.now(), checkedAt: clock.now() };
  };
  const status = createNodeStatus({
    version: '1.2.3',
    dataFolder: '/data',
    clock,
    address: () => null,
    model: () => 'llama',
    modelFact: () => ({ model, answeredAt: null }),
    keys: () => keys,
    computer: () => computer,
    port: () => ({ kind: 'none' }),
    pausedSince: () => null,
    check: async () => fail(),
    hive: () => ({
      tier: 'flat',
      fact: { kind: 'alone', reason: null },
      clock: null,
      view: null,
      port: { kind: 'none' },
    }),
    runningTurns: () => 0,
  });
  const told: string[] = [];
  const stop = await status.handlers.subscriptions['status.watch']({}, { next: ({ state }) => told.push(state) });
  fail();
  await clock.advance(4_000);
  expect(told.at(-1)).toBe('flat');
  await clock.advance(2_000);
  expect(told.at(-1)).toBe('degraded');
  model = { kind: 'answers', model: 'llama', lookedAt: clock.now() };
  await clock.advance(1_000);
  expect(told.at(-1)).toBe('flat');
  fail();
  await clock.advance(4_000);
  expect(told.at(-1)).toBe('flat');
  const asked = await status.handlers.calls['status.check']({ code: null });
  expect([asked.state, told.at(-1)]).toEqual(['degraded', 'degraded']);
  stop();
});

test('licences come from what the build wrote, and a checkout that was not built has none', async () => {
  const file = path.join(tempFolder(), 'licences.json');
  const about = createAboutHandlers({ version: '1.2.3', dataFolder: '/data', licencesFile: file, contacts: () => [] });
  expect(await about.calls['about.get']({})).toMatchObject({ version: '1.2.3', licences: [], contacts: [] });
  const licence = { name: 'zod', version: '4.0.0', licence: 'MIT' };
  fs.writeFileSync(file, JSON.stringify([licence]));
  expect(await about.calls['about.get']({})).toMatchObject({ licences: [licence] });
});
