import { expect, test } from 'vitest';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import type { LateEnd } from '../../../node-core/protocol/ports/deed-records.ts';
import { openTestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

const move = (number: number): Effect => ({ kind: 'move', from: `/in/${number}`, to: `/out/${number}` });

test('what does not end though it was told to is given up after a minute: not known, and it begins nothing more', async () => {
  const open = await openTestHands({ settle: () => 'not-done' });
  const told: LateEnd[] = [];
  open.hands.records.onEndedLate(async (late) => void told.push(late));
  const step = Promise.withResolvers<void>();
  const second = Promise.withResolvers<unknown>();
  const stop = new AbortController();
  const running = open.hands.gate.journal.perform(
    {
      ...{ callId: 'c1', conversationId: testId(1), messageId: testId(2), agentId: 'nunba' },
      ...{ toolName: 'move_files', arguments: {}, deed: { kind: 'change-files', folder: '/in', changes: [] } },
      approval: { kind: 'given', scope: 'once', by: 'person' },
    },
    async (notes) => {
      await notes.act(move(0), () => step.promise);
      await notes.act(move(1), async () => undefined).catch(second.resolve);
      return { outcome: { kind: 'done', value: 'moved' } };
    },
    stop.signal,
  );
  running.catch(() => undefined);
  await open.clock.advance(100_000);
  expect(open.hands.gate.isBusy(testId(1))).toBe(true);
  stop.abort();
  const asked = open.hands.records.endOf('c1');
  await open.clock.advance(5_000);
  expect((await asked)?.outcome.kind).toBe('failed');
  const isIdle = open.hands.records.whenIdle(testId(1));
  await open.clock.advance(15_000);
  expect(await isIdle).toBe(false);
  await open.clock.advance(40_000);
  await expect(running).rejects.toThrow();
  expect([open.hands.gate.isBusy(testId(1)), await open.hands.records.whenIdle(testId(1))]).toEqual([false, true]);
  expect(told).toMatchObject([
    { callId: 'c1', messageId: testId(2), end: { outcome: { message: expect.stringContaining('is not known') } } },
  ]);
  // The system's call comes back after all.
  step.resolve();
  expect(await second.promise).toBeInstanceOf(Error);
  expect((await open.storage.db.selectFrom('deed_steps').select('state').execute()).map(({ state }) => state)).toEqual([
    'done',
  ]);
});
