import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { openBreaker } from '../../../node-core/halt/breaker.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { testStorage } from '../../builders/models.ts';
import { createFakeClock } from '../../doubles/clock.ts';

async function open(storage: Pick<Storage, 'db' | 'onReplaced'>, startMs = 1_000) {
  const clock = createFakeClock(startMs);
  const breaker = await openBreaker({ storage, clock });
  const { 'agents.pause': pause, 'agents.resume': resume } = breaker.handlers.calls;
  return { breaker, clock, pause: async () => pause({}), resume: async () => resume({}) };
}

const refusalOf = (work: () => void): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return failureOf(error);
  }
};

const keptRows = (storage: Storage) => storage.db.selectFrom('settings').selectAll().execute();

/** A paused breaker on a database that could not keep the pause. */
async function openUnkept() {
  const storage = await testStorage();
  const opened = await open(storage);
  const rename = (from: string, to: string) => storage.db.schema.alterTable(from).renameTo(to).execute();
  await rename('settings', 'settings_away');
  await expect(opened.pause()).rejects.toThrow();
  return { ...opened, storage, mend: () => rename('settings_away', 'settings') };
}

describe('the breaker', () => {
  test('lets everything pass until the agents are paused, then nothing until they are resumed', async () => {
    const { breaker, pause, resume } = await open(await testStorage());
    const before = breaker.signal();
    const told: string[] = [];
    breaker.onTrip(() => told.push('trip'));
    breaker.onChange(() => told.push('change'));
    expect([refusalOf(() => breaker.pass()), before.aborted, breaker.pausedSince()]).toEqual([null, false, null]);

    const refusal = { kind: 'agents-paused', since: 1_000 };
    await pause();
    expect([refusalOf(() => breaker.pass()), breaker.pausedSince()]).toEqual([refusal, 1_000]);
    expect([before.aborted, failureOf(before.reason), breaker.signal().aborted]).toEqual([true, refusal, true]);
    await pause();

    await resume();
    await resume();
    expect([refusalOf(() => breaker.pass()), breaker.signal().aborted]).toEqual([null, false]);
    expect(told).toEqual(['trip', 'change', 'change']);
  });

  test('is tripped within the tick of the call, before anything is written', async () => {
    const { breaker, pause } = await open(await testStorage());
    const pausing = pause();
    expect(breaker.signal().aborted).toBe(true);
    await pausing;
  });

  test('stays tripped over a restart, and lifted too', async () => {
    const storage = await testStorage();
    const first = await open(storage);
    await first.pause();
    const second = await open(storage, 9_000);
    expect([second.breaker.pausedSince(), second.breaker.signal().aborted]).toEqual([1_000, true]);
    await second.resume();
    expect((await open(storage)).breaker.pausedSince()).toBeNull();
  });

  test('counts a pause that cannot be read as a pause', async () => {
    const storage = await testStorage();
    await (await open(storage)).pause();
    await storage.db.updateTable('settings').set({ value_json: '{"half' }).execute();
    expect((await open(storage, 9_000)).breaker.pausedSince()).toBe(9_000);
  });

  test('stops although it cannot be kept, says so, and does not go on when that cannot be kept', async () => {
    const storage = await testStorage();
    const { breaker, pause, resume } = await open(storage);
    await storage.db.schema.alterTable('settings').renameTo('settings_away').execute();
    await expect(pause()).rejects.toThrow();
    expect(breaker.pausedSince()).toBe(1_000);
    await expect(resume()).rejects.toThrow();
    expect([breaker.pausedSince(), breaker.signal().aborted]).toEqual([1_000, true]);
    await storage.db.schema.alterTable('settings_away').renameTo('settings').execute();
    await resume();
    expect(breaker.pausedSince()).toBeNull();
  });

  test('tries again to keep a pause, at longer and longer intervals', async () => {
    const { clock, storage, mend } = await openUnkept();
    await clock.advance(1_000);
    await mend();
    await clock.advance(1_999);
    expect(await keptRows(storage)).toHaveLength(0);
    await clock.advance(1);
    expect([(await keptRows(storage)).length, clock.pendingTimers()]).toEqual([1, 0]);
    expect((await open(storage, 9_000)).breaker.pausedSince()).toBe(1_000);
  });

  test('tries again to keep a pause at least every minute, however long it fails', async () => {
    const { clock, storage, mend } = await openUnkept();
    await clock.advance(3_600_000);
    await mend();
    await clock.advance(60_000);
    expect([(await keptRows(storage)).length, clock.pendingTimers()]).toEqual([1, 0]);
  });

  test('does not try to keep a pause that was lifted', async () => {
    const { clock, storage, mend, resume } = await openUnkept();
    await mend();
    await resume();
    expect(clock.pendingTimers()).toBe(0);
    await clock.advance(60_000);
    expect(await keptRows(storage)).toHaveLength(0);
  });

  test('tries no more to keep a pause once it has stopped, not even when an attempt fails later', async () => {
    const { breaker, clock, pause } = await openUnkept();
    breaker.stop();
    expect(clock.pendingTimers()).toBe(0);
    await expect(pause()).rejects.toThrow();
    expect(clock.pendingTimers()).toBe(0);
  });

  test('the last word counts when both come at once', async () => {
    const storage = await testStorage();
    const { breaker, pause, resume } = await open(storage);
    await Promise.all([pause(), resume(), pause()]);
    expect([breaker.pausedSince(), (await keptRows(storage)).length]).toEqual([1_000, 1]);
    await Promise.all([resume(), pause(), resume()]);
    expect([breaker.pausedSince(), (await keptRows(storage)).length]).toEqual([null, 0]);
  });

  test('a restored backup neither pauses nor resumes', async () => {
    const storage = await testStorage();
    const { breaker, pause, resume } = await open(storage);
    const free = await storage.backup();
    await pause();
    await storage.restore({ name: free.name, mode: 'replace', permit: () => undefined });
    expect([breaker.pausedSince(), (await keptRows(storage)).length]).toEqual([1_000, 1]);
    const paused = await storage.backup();
    await resume();
    await storage.restore({ name: paused.name, mode: 'replace', permit: () => undefined });
    expect([breaker.pausedSince(), (await keptRows(storage)).length]).toEqual([null, 0]);
  });
});
